import assert from "node:assert/strict";
import fc from "fast-check";
import { StoreError, type Transaction } from "../../server/store/index.ts";
import {
  decodeHeader,
  decodeLine,
  encodeChecked,
  encodeHeader,
  encodeLine,
  type JournalLine,
  linesOf,
} from "../../server/store/journal/journal-codec.ts";
import { assertProperty } from "../support/thoroughness.ts";
import { creation, sampleTask } from "./sample-records.ts";

/** Transactions with any JSON in them; what they mean is of no concern to the codec. */
const transactions: fc.Arbitrary<Transaction> = fc
  .record({ params: fc.jsonValue(), text: fc.string({ unit: "binary" }), request: fc.option(fc.uuid(), { nil: undefined }) })
  .map(({ params, text, request }) => {
    const task = sampleTask({ id: text, params: JSON.parse(JSON.stringify(params)) });
    return { ...creation(task), ...(request !== undefined && { request }) };
  });
const journals = fc.array(transactions, { maxLength: 8 }).map((list) => {
  const lines = list.map((transaction, index): JournalLine => ({ seq: index + 1, ...transaction }));
  return { lines, encoded: lines.map((line) => Buffer.from(encodeLine(line.seq, line))) };
});

function decodeAll(bytes: Buffer): JournalLine[] {
  const good: JournalLine[] = [];
  for (const line of linesOf(bytes, true)) {
    const decoded = decodeLine(line.bytes);
    if (decoded.kind === "good") good.push(withoutChecksum(decoded.line));
  }
  return good;
}

function withoutChecksum(line: JournalLine): JournalLine {
  const { crc: _crc, ...rest } = line as JournalLine & { crc: string };
  return rest;
}

describe("The journal's lines", () => {
  it("are JSON, one line each, with the checksum first", () => {
    const text = encodeLine(7, { changes: [], request: "r" });
    assert.match(text, /^\{"crc":"[0-9a-f]{8}","seq":7,"changes":\[\],"request":"r"\}\n$/);
    assert.equal(JSON.parse(text).seq, 7);
  });

  it("come back as they were written", () => {
    assertProperty(fc.property(journals, ({ lines, encoded }) => assert.deepEqual(decodeAll(Buffer.concat(encoded)), lines)));
  });

  it("survive reserved space between and after them", () => {
    assertProperty(
      fc.property(journals, fc.integer({ min: 0, max: 100 }), ({ lines, encoded }, space) => {
        const padded = Buffer.concat(encoded.flatMap((line) => [line, Buffer.alloc(space, "\n")]));
        assert.deepEqual(decodeAll(padded), lines);
      }),
    );
  });

  it("survive a cut anywhere, up to the last whole one", () => {
    assertProperty(
      fc.property(journals, fc.double({ min: 0, max: 1, noNaN: true }), ({ lines, encoded }, where) => {
        const bytes = Buffer.concat(encoded);
        const cut = Math.floor(where * bytes.length);
        let end = 0;
        // The newline itself says nothing: a line is whole without it.
        const whole = encoded.filter((line) => {
          end += line.length;
          return end - 1 <= cut;
        }).length;
        assert.deepEqual(decodeAll(bytes.subarray(0, cut)), lines.slice(0, whole));
      }),
    );
  });

  it("never turn into others when a byte is damaged, and all untouched ones survive", () => {
    const damage = { where: fc.double({ min: 0, max: 1, noNaN: true }), flip: fc.integer({ min: 1, max: 255 }) };
    assertProperty(
      fc.property(journals, fc.record(damage), ({ lines, encoded }, { where, flip }) => {
        const bytes = Buffer.concat(encoded);
        if (bytes.length === 0) return;
        const position = Math.min(Math.floor(where * bytes.length), bytes.length - 1);
        bytes[position] = (bytes[position] ?? 0) ^ flip;
        let start = 0;
        const untouched = lines.filter((_line, index) => {
          const from = start;
          start += encoded[index]?.length ?? 0;
          const newlineBefore = from - 1;
          return (position < newlineBefore || position >= start) && position !== newlineBefore;
        });
        const decoded = decodeAll(bytes);
        for (const line of decoded) assert.deepEqual(line, lines[line.seq - 1]);
        const seqs = new Set(decoded.map((line) => line.seq));
        for (const line of untouched) assert(seqs.has(line.seq), `line ${line.seq} is lost`);
      }),
      2_000,
    );
  });

  it("are told apart: cut short, or whole and damaged", () => {
    const line = encodeLine(1, creation(sampleTask())).trimEnd();
    assert.equal(decodeLine(Buffer.from(line)).kind, "good");
    assert.equal(decodeLine(Buffer.from(line.slice(0, -1))).kind, "torn");
    assert.equal(decodeLine(Buffer.from(line.replace("created", "creaxed"))).kind, "damaged");
    assert.equal(decodeLine(Buffer.from("")).kind, "torn");
  });

  it("are torn wherever they are cut, and damaged when they go on after that", () => {
    assertProperty(
      fc.property(transactions, fc.double({ min: 0, max: 1, noNaN: true }), (transaction, where) => {
        const line = Buffer.from(encodeLine(1, transaction).trimEnd());
        const cut = line.subarray(0, Math.floor(where * line.length));
        assert.equal(decodeLine(cut.length === line.length ? cut.subarray(1) : cut).kind, cut.length === line.length ? "damaged" : "torn");
        assert.equal(decodeLine(Buffer.concat([line, Buffer.from("}")])).kind, "damaged");
      }),
      1_000,
    );
  });

  it("of a known checksum but an unknown form are damaged", () => {
    for (const change of [null, 1, {}, "x"]) {
      const line = encodeLine(1, { changes: change as never });
      assert.equal(decodeLine(Buffer.from(line.trimEnd())).kind, "damaged");
    }
  });
});

describe("The journal's header", () => {
  it("comes back as it was written", () => {
    for (const header of [
      { id: "x", seq: 12 },
      { id: "x", seq: 12, lines: 3 },
    ])
      assert.deepEqual(decodeHeader(encodeHeader(header), "tasks.jsonl"), header);
  });

  it("of a newer version is refused, with the file and the way out", () => {
    const newer = { format: "background-task-ex journal", version: 2, id: "x", seq: 12 };
    assert.throws(
      () => decodeHeader(encodeChecked(newer), "/w/.background-tasks/tasks.jsonl"),
      (error) =>
        error instanceof StoreError &&
        error.code === "newer-version" &&
        /\/w\/\.background-tasks\/tasks\.jsonl.*Update/s.test(error.message),
    );
    assert.equal(decodeHeader(JSON.stringify(newer), "tasks.jsonl"), undefined, "each newer version writes a checksum");
  });

  it("without a checksum is of an earlier version, and understood", () => {
    const earlier = JSON.stringify({ format: "background-task-ex journal", version: 1, id: "x", seq: 12 });
    assert.deepEqual(decodeHeader(earlier, "tasks.jsonl"), { id: "x", seq: 12 });
  });

  it("that its checksum shows to be damaged is no header, and not one of a newer version", () => {
    const header = encodeHeader({ id: "x", seq: 12 });
    for (const damaged of [header.replace('"version":1', '"version":3'), header.replace('"seq":12', '"seq":10')]) {
      assert.equal(decodeHeader(damaged, "tasks.jsonl"), undefined);
    }
  });

  it("may be unreadable", () => {
    for (const text of ["", "{", "null", "[]", "{}", '{"format":"other","version":9}', encodeLine(1, { changes: [] })]) {
      assert.equal(decodeHeader(text, "tasks.jsonl"), undefined);
    }
  });
});
