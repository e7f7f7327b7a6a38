import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fc from "fast-check";
import { MessageFraming } from "../../server/runner/message-framing.ts";
import { assertProperty } from "../support/thoroughness.ts";
import type { OpenedFile } from "./support/opened-file.ts";
import { RunnerClient, runnerPath } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const TEXT = `
export class Wait extends BackgroundTaskExAction<{ names: string[] }> {
  static readonly maxAttempts = 3;
  async executeAction(deadline: Deadline) {
    for (const name of this.params.names) { if (deadline.isReached()) return false; await sleep(1); }
    return true;
  }
}
export class Waits extends BackgroundTaskEx<{ names: string[] }> {
  static readonly schedule = every(60_000);
  static readonly actions = [Wait];
}
`;

describe("A client that edits at random", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;
  let file: OpenedFile;
  let version = 1;
  before(async () => {
    workspace = await TaskWorkspace.create({ "waits.task.ts": TEXT });
    client = await RunnerClient.start([workspace.directory], { options: { trusted: false, isOwnClient: false } });
    file = await client.open(workspace.path("waits.task.ts"));
  });
  after(async () => {
    await client.stop();
    await workspace.remove();
  });

  const position = fc.record({ line: fc.integer({ min: 0, max: 20 }), character: fc.integer({ min: 0, max: 80 }) });
  const range = fc.tuple(position, position).map(([start, end]) => ({ start, end }));
  const words = fc.constantFrom(
    "class ",
    "{",
    "}",
    "(",
    ")",
    "[",
    "static ",
    "extends ",
    "`",
    '"',
    "/*",
    "<",
    "=>",
    "await ",
    "\r\n",
    "\n",
    "for (;;) ",
    "\0",
    "\u2028",
    "😀",
  );
  const text = fc.oneof(
    fc.array(words, { maxLength: 8 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 20 }),
  );
  const edit = fc.oneof(
    { weight: 8, arbitrary: fc.record({ range, text }) },
    { weight: 1, arbitrary: fc.record({ text: fc.constant(TEXT) }) },
  );

  it("gets an answer to whatever it asks of any text", async () => {
    await assertProperty(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), range, async (contentChanges, asked) => {
        version += 1;
        await client.connection.sendNotification("textDocument/didChange", { textDocument: { uri: file.uri, version }, contentChanges });
        const answers = await Promise.all([
          file.request("textDocument/codeLens"),
          file.request("textDocument/codeAction", { range: asked, context: { diagnostics: [] } }),
          file.request("textDocument/hover", { position: asked.start }),
        ]);
        assert.ok(Array.isArray(answers[0]) && Array.isArray(answers[1]));
        const problems = client.problemsOf(workspace.path("waits.task.ts"));
        assert.deepEqual(
          problems.filter(({ message }) => String(message).includes("bug in Background Tasks")),
          [],
        );
      }),
      300,
    );
  }).timeout(300_000);
});

describe("A client that does not keep to the protocol", () => {
  for (const [what, input] of [
    ["a negative length", "Content-Length: -5\r\n\r\n{}"],
    ["a length of minus one, which the reader takes for none", "Content-Length: -1\r\n\r\n{}"],
    ["a length that no message has", "Content-Length: 99999999999\r\n\r\n{}"],
    ["no length", "Content-Type: text/plain\r\n\r\n{}"],
    ["no header at all", "x".repeat(10_000)],
  ] as const) {
    it(`ends the server, with an error, by ${what}`, async () => {
      const server = spawn(process.execPath, [runnerPath, "--stdio"], { stdio: ["pipe", "ignore", "pipe"] });
      let printed = "";
      server.stderr.setEncoding("utf8").on("data", (part: string) => {
        printed += part;
      });
      server.stdin.on("error", () => {});
      // Without an end, which would end the server as well.
      server.stdin.write(input);
      assert.deepEqual(await once(server, "close"), [1, null]);
      assert.match(printed, /^Not a message of the Language Server Protocol: .+\.$/m);
    });
  }

  async function passed(chunks: readonly Buffer[]): Promise<Buffer | Error> {
    const framing = new MessageFraming();
    const read: Buffer[] = [];
    framing.on("data", (chunk: Buffer) => read.push(chunk));
    const ended = once(framing, "end").catch((error: Error) => error);
    for (const chunk of chunks) framing.write(chunk);
    framing.end();
    const end = await ended;
    return end instanceof Error ? end : Buffer.concat(read);
  }

  const message = fc.string({ unit: "binary" }).map((body) => `Content-Length: ${Buffer.byteLength(body)}\r\nX-More: 1\r\n\r\n${body}`);

  it("is told apart from one that sends messages in pieces of any size", async () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
    await assertProperty(
      fc.asyncProperty(fc.array(message), pieces, async (messages, sizes) => {
        const bytes = Buffer.from(messages.join(""));
        const chunks: Buffer[] = [];
        for (let at = 0, index = 0; at < bytes.length; index += 1) {
          const size = sizes[index % sizes.length] ?? 1;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        assert.deepEqual(await passed(chunks), bytes);
      }),
      500,
    );
  });

  it("is refused at its first header that has no length, whatever follows", async () => {
    const bad = fc.constantFrom("-1", "", "1e3", "0x10", "NaN", "1 2", "9".repeat(20)).map((length) => `Content-Length: ${length}\r\n\r\n`);
    await assertProperty(
      fc.asyncProperty(fc.array(message), bad, fc.uint8Array(), async (messages, header, rest) => {
        assert.ok((await passed([Buffer.from(messages.join("") + header), Buffer.from(rest)])) instanceof Error);
      }),
      500,
    );
  });
});
