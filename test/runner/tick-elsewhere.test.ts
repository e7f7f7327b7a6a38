import assert from "node:assert/strict";
import type { TickState } from "../../server/protocol/folder-state.ts";
import { TickElsewhere } from "../../server/runner/folder/sources/tick-elsewhere.ts";
import { DEFAULT_SETTINGS } from "../../server/runner/model/folder-settings.ts";
import { ObservedFolder } from "../../server/runner/model/observed-folder.ts";
import type { ActionRecord, FailureRecord, TaskRecord } from "../../server/store/index.ts";

const FENCE = 7;
const AT = "2026-11-24T10:00:00.000Z";

function task(id: string, error?: FailureRecord): TaskRecord {
  const action: ActionRecord = {
    id: "a1",
    name: "Act",
    class: "Act",
    rank: 1,
    params: {},
    attempt: 1,
    attempts: [],
    ...(error && { error }),
  };
  const kept = { id, name: id, class: "Acting", type: "cron", status: "running", message: "", params: {}, createdAt: AT } as const;
  return { ...kept, currentAction: "a1", actions: [action], ticks: 1, fence: FENCE };
}

describe("A tick of another process", () => {
  it("executes what is in flight, not what has failed in it and waits for its next attempt", async () => {
    const failure: FailureRecord = { name: "Error", message: "no", stack: "", kind: "thrown", attempt: 1, during: "executeAction", at: AT };
    const model = new ObservedFolder({ uri: "file:///a", name: "a", directory: "/a", settings: DEFAULT_SETTINGS, isTrusted: true });
    const elsewhere = new TickElsewhere(model, { mutexHolder: async () => ({ fence: FENCE, since: AT }) });
    const shown = await new Promise<TickState | null>((resolve) => {
      model.follow(["tick"], ({ tick }) => resolve(tick));
      model.set({ tasks: [task("failed", failure), task("executed")] });
    });
    elsewhere.stop();
    assert.deepEqual([shown?.current, shown?.done], [{ task: "executed", action: "a1" }, 1]);
  });
});
