import assert from "node:assert/strict";
import { DEFAULT_SETTINGS } from "../../server/runner/model/folder-settings.ts";
import { type FolderKey, ObservedFolder } from "../../server/runner/model/observed-folder.ts";

describe("The model of a folder", () => {
  const emptyModel = () =>
    new ObservedFolder({ uri: "file:///tasks", name: "tasks", directory: "/tasks", settings: DEFAULT_SETTINGS, isTrusted: true });

  it("names the slices that were replaced in one event, and none that are the same as before", () => {
    const model = emptyModel();
    const events: FolderKey[][] = [];
    model.onDidChange((keys) => events.push([...keys]));
    const tasks = [...model.slices.tasks];
    model.set({ tasks, history: model.slices.history, storeProblem: "no space" });
    model.set({ tasks, storeProblem: "no space" });
    model.set({ storeProblem: undefined });
    assert.deepEqual(events, [["tasks", "storeProblem"], ["storeProblem"]]);
  });

  it("shows a follower everything that was set with the slice that it follows, before `set` returns", () => {
    const model = emptyModel();
    const seen: unknown[] = [];
    const following = model.follow(["tasks", "dismissals"], ({ isTrusted, storeProblem }) => seen.push([isTrusted, storeProblem]));
    model.set({ tasks: [], dismissals: {}, isTrusted: false, storeProblem: "damaged" });
    assert.deepEqual(seen, [[false, "damaged"]]);
    model.set({ isTrusted: true });
    following.dispose();
    model.set({ tasks: [] });
    assert.equal(seen.length, 1);
  });

  it("leaves a snapshot as it was", () => {
    const model = emptyModel();
    const { slices } = model;
    model.set({ isTrusted: false });
    assert.deepEqual([slices.isTrusted, model.slices.isTrusted], [true, false]);
  });
});
