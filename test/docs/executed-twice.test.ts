import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { isAtLeast, NODES } from "../support/nodes.ts";
import { TaskFolder } from "../support/task-folder.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { Page, repository } from "./support/page.ts";

const cli = join(process.env.DIST ?? join(repository, "dist"), "cli.js");
const examples = new Page("docs/guarantees.md").blocks.map(({ text: code }) => code);

/** The example of docs/guarantees.md whose file has this name. */
function example(name: string): string {
  return examples.find((code) => code.startsWith(`// ${name}\n`)) ?? assert.fail(`There is no example ${name}.`);
}

/** node:sqlite as the package postgres, with a process that dies after the commits number 2, 5 and 6. */
const DATABASE = `
import { appendFileSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const database = new DatabaseSync("database.sqlite");
database.exec("create table if not exists balances (account text primary key, cents integer)");
database.exec("create table if not exists positions (task text, file text, line integer, primary key (task, file))");

const query = async (text, ...values) => database.prepare(text.join("?")).all(...values);
export const sql = {
  async begin(work) {
    database.exec("begin immediate");
    const result = await work(query);
    database.exec("commit");
    appendFileSync("commits.txt", "commit\\n");
    if ([2, 5, 6].includes(readFileSync("commits.txt", "utf8").split("\\n").length - 1)) process.kill(process.pid, "SIGKILL");
    return result;
  },
};
`;
/** Prints what is in the database. */
const BALANCES = `
import { DatabaseSync } from "node:sqlite";
console.log(JSON.stringify(new DatabaseSync("database.sqlite").prepare("select * from balances order by account").all()));
`;

describe("The examples of chunks that are executed twice", function () {
  this.timeout(120_000);
  let folder: TaskFolder;
  beforeEach(() => {
    folder = new TaskFolder(makeTemporaryDirectory());
  });
  afterEach(() => folder.remove());

  async function run(node: string, ...args: readonly string[]): Promise<string> {
    const child = spawn(node, args, { cwd: folder.directory, stdio: ["ignore", "pipe", "pipe"] });
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    // 1: an action failed, and is tried again.
    assert.ok(code === 0 || code === 1, `${args.join(" ")} ended with ${code}: ${stderr}`);
    return stdout;
  }
  const create = (node: string, name: string, params: object) => run(node, cli, "create", name, "--params", JSON.stringify(params));

  const withSqlite = NODES.find(({ version }) => isAtLeast(version, 22, 13))?.path;
  if (withSqlite !== undefined) {
    it("book each movement once, though processes die between commit and checkpoint and recovery halves the chunks", async () => {
      const movements = Array.from({ length: 100 }, (_, index) => ({ account: ["alice", "bob"][index % 2], cents: index + 1 }));
      await folder.writeAll({
        "book-movements.task.ts": example("book-movements.task.ts"),
        "database.ts": DATABASE,
        "balances.mjs": BALANCES,
        "movements.jsonl": movements.map((movement) => `${JSON.stringify(movement)}\n`).join(""),
      });
      await create(withSqlite, "BookMovements", { file: "movements.jsonl", chunkSize: 16 });
      await run(withSqlite, cli, "drain");
      assert.deepEqual(JSON.parse(await run(withSqlite, "--no-warnings", "balances.mjs")), [
        { account: "alice", cents: 2500 },
        { account: "bob", cents: 2550 },
      ]);
      const { entries } = JSON.parse(await run(withSqlite, cli, "history", "--json"));
      const [action] = entries[0].actions;
      assert.equal(entries[0].outcome, "finished");
      assert.equal(action.attempts.filter(({ error }: { readonly error?: object }) => error !== undefined).length, 3);
    });
  }

  it("charge each invoice once, though an answer is lost", async () => {
    const charged = new Map<string, string>();
    let requests = 0;
    const service = createServer(async (request, response) => {
      requests += 1;
      const { invoice } = JSON.parse(await text(request));
      charged.set(String(request.headers["idempotency-key"]), invoice);
      if (requests === 2) request.socket.destroy();
      else response.end();
    }).listen(0, "127.0.0.1");
    try {
      await once(service, "listening");
      const { port } = service.address() as AddressInfo;
      await folder.write("charge-invoices.task.ts", example("charge-invoices.task.ts"));
      await create(process.execPath, "ChargeInvoices", { url: `http://127.0.0.1:${port}/`, invoices: ["i1", "i2", "i3"] });
      await run(process.execPath, cli, "drain");
    } finally {
      service.close();
    }
    assert.equal(requests, 4);
    assert.deepEqual([...charged.values()], ["i1", "i2", "i3"]);
  });
});
