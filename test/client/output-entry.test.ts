import assert from "node:assert/strict";
import { outputEntry } from "../../client/output/output-entry.ts";
import type { OutputEvent } from "../../server/protocol/tick-event.ts";
import { FOLDER } from "./support/states.ts";

const task = { id: "t1", name: "nightly", class: "Nightly", type: "cron" } as const;
const action = { id: "a1", name: "CompressLogs", class: "CompressLogs", rank: 1, attempt: 1 };

function printed(text: string, event: Partial<OutputEvent> = { task, action }) {
  return outputEntry({ folder: FOLDER, level: "info", text, output: { kind: "output", stream: "stdout", text, ...event } });
}

describe("What is written to the output", () => {
  it("says on each line which task and action have printed it", () => {
    assert.deepEqual(printed("first\r\n  second\n"), {
      level: "info",
      text: "[nightly/CompressLogs] first\n[nightly/CompressLogs]   second",
    });
  });

  it("names the task alone outside of actions, and nobody while task files are loaded", () => {
    assert.equal(printed("text", { task })?.text, "[nightly] text");
    assert.equal(printed("text", {})?.text, "text");
  });

  it("is a warning when it came by stderr", () => {
    assert.equal(printed("text", { task, action, stream: "stderr" })?.level, "warn");
  });

  it("has no colours of a terminal, and of a line that was overwritten what was there last", () => {
    assert.equal(printed("\u001b[32mdone\u001b[0m\n")?.text, "[nightly/CompressLogs] done");
    assert.equal(printed("10%\r50%\r100%\n")?.text, "[nightly/CompressLogs] 100%");
  });

  it("is nothing when nothing was printed", () => {
    assert.equal(printed("\n"), undefined);
  });

  it("is at the level of the runner's own lines", () => {
    assert.deepEqual(outputEntry({ folder: FOLDER, level: "warning", text: "The worker ended.\nat line 7\n" }), {
      level: "warn",
      text: "The worker ended.\nat line 7",
    });
  });
});
