import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import type { OutputEvent } from "../../server/protocol/tick-event.ts";
import { OUTPUT_ALLOWANCE_BYTES } from "../../server/supervisor/output/output-allowance.ts";
import { WorkerOutput } from "../../server/supervisor/output/worker-output.ts";
import { outputMarker } from "../../server/worker/channel/output-marker.ts";
import { assertProperty } from "../support/thoroughness.ts";

const KEY = "3f1c";

function marker(ordinal: number): string {
  const task = { id: "t", name: "Täsk", class: "T", type: "cron" } as const;
  return outputMarker(KEY, { ordinal, task, action: { id: `a${ordinal}`, name: "A", class: "A", rank: ordinal, attempt: 1 } });
}

/** What comes out for bytes that arrive in these chunks, by the rank of the action; 0 for none. */
function attributed(chunks: readonly Buffer[]): string[] {
  const texts: string[] = [];
  const onOutput = ({ action, text }: OutputEvent) => {
    texts[action?.rank ?? 0] = (texts[action?.rank ?? 0] ?? "") + text;
  };
  const output = new WorkerOutput({ markerKey: KEY, mapText: (text) => text, onOutput });
  for (const chunk of chunks) output.write("stdout", chunk);
  output.end();
  return Array.from(texts, (text) => text ?? "");
}

describe("The output of a worker", () => {
  it("is attributed by its markers, wherever the chunks are cut", () => {
    const part = fc.string({ unit: fc.constantFrom("a", "\n", "\x1e", "\x1e3f1", "é", "😀", " ", "3") });
    assertProperty(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), fc.array(fc.nat(40), { minLength: 1 }), (parts, cuts) => {
        const bytes = Buffer.from(parts.map((text, index) => (index === 0 ? text : marker(index) + text)).join(""));
        const chunks: Buffer[] = [];
        for (let start = 0, i = 0; start < bytes.length; i++) {
          const size = (cuts[i % cuts.length] ?? 0) + 1;
          chunks.push(bytes.subarray(start, start + size));
          start += size;
        }
        const expected = parts.slice(0, parts.findLastIndex((text) => text !== "") + 1);
        assert.deepEqual(attributed(chunks), expected);
      }),
      2_000,
    );
  });

  it("is passed on line by line, what has no end yet a moment later", async () => {
    const texts: string[] = [];
    const output = new WorkerOutput({ markerKey: KEY, mapText: (text) => text, onOutput: ({ text }) => void texts.push(text) });
    output.write("stdout", Buffer.from("one\ntwo\nand a prompt> "));
    assert.deepEqual(texts, ["one\ntwo\n"]);
    await delay(500);
    assert.deepEqual(texts, ["one\ntwo\n", "and a prompt> "]);
    output.end();
  });

  it("of a call is passed on once the listener knows that the call has begun, and then in its order", () => {
    const texts: string[] = [];
    const output = new WorkerOutput({ markerKey: KEY, mapText: (text) => text, onOutput: ({ text }) => void texts.push(text) });
    output.write("stdout", Buffer.from(`before\n${marker(1)}one\n${marker(2)}two\n`));
    assert.deepEqual(texts, ["before\n"]);
    output.callBegun();
    assert.deepEqual(texts, ["before\n", "one\n"]);
    output.write("stdout", Buffer.from("two again\n"));
    output.callBegun();
    assert.deepEqual(texts, ["before\n", "one\n", "two\n", "two again\n"]);
    output.end();
  });

  it("has one allowance for both streams of a call, and a new one for each call", () => {
    const kept = new Map<string, number>();
    const onOutput = ({ action, stream, text }: OutputEvent) => {
      const key = `${action?.rank} ${stream}`;
      if (!text.startsWith("[…")) kept.set(key, (kept.get(key) ?? 0) + text.length);
    };
    const output = new WorkerOutput({ markerKey: KEY, mapText: (text) => text, onOutput });
    const half = Buffer.from(`${"x".repeat(OUTPUT_ALLOWANCE_BYTES / 2 - 1)}\n`);
    for (const ordinal of [1, 2]) {
      for (const stream of ["stdout", "stderr"] as const) output.write(stream, Buffer.from(marker(ordinal)));
      for (const stream of ["stdout", "stdout", "stderr"] as const) output.write(stream, half);
    }
    output.end();
    assert.deepEqual(
      [...kept],
      [
        ["1 stdout", OUTPUT_ALLOWANCE_BYTES],
        ["2 stdout", OUTPUT_ALLOWANCE_BYTES],
      ],
    );
  });
});
