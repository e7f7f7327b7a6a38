import assert from "node:assert/strict";
import type { ExtensionInternals } from "../../client/extension.ts";
import { extension } from "./support/extension.ts";

describe("A runner that is stopped", () => {
  it("refuses a request by a rejection, which says how to go on, and throws nothing", async () => {
    const { runner } = (await extension().activate()) as ExtensionInternals;
    await runner.settled();
    const refusals: Promise<unknown>[] = [];
    const listening = runner.onDidChangeState(({ kind }) => {
      if (kind === "stopped") refusals.push(runner.request("state", {}).catch((error: Error) => error));
    });
    await runner.restart().finally(() => listening.dispose());
    await runner.settled();
    assert.equal(refusals.length, 1);
    const [refusal] = await Promise.all(refusals);
    assert.ok(refusal instanceof Error);
    assert.match(refusal.message, /runner/);
  });
});
