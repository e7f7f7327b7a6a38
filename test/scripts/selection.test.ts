import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { selectFiles } = await import(pathToFileURL(join(process.cwd(), "scripts/test/selection.mjs")).href);

const ROOT = process.cwd();
const FILES = [
  "test/runner/hover-attempts.test.ts",
  "test/runner/hovers.test.ts",
  "test/store/inbox.test.ts",
  "test/store/inbox-files.test.ts",
  "test/store/large.timing.test.ts",
  "test/worker/loading/bundle-cache.test.ts",
  "test/worker/jobs.test.ts",
];

describe("The tests that are named on the command line", () => {
  const named = (...names: string[]) => selectFiles(ROOT, names, FILES).map((file: string) => file.slice("test/".length));

  for (const [names, selected] of [
    [[], FILES.map((file) => file.slice("test/".length))],
    [["worker"], ["worker/loading/bundle-cache.test.ts", "worker/jobs.test.ts"]],
    [["worker/loading"], ["worker/loading/bundle-cache.test.ts"]],
    [["runner/hover"], ["runner/hover-attempts.test.ts", "runner/hovers.test.ts"]],
    [["store/inbox"], ["store/inbox.test.ts"]],
    [["store/inb"], ["store/inbox.test.ts", "store/inbox-files.test.ts"]],
    [["store/large"], ["store/large.timing.test.ts"]],
    [["test/store/inbox.test.ts"], ["store/inbox.test.ts"]],
    [["./test/store/"], ["store/inbox.test.ts", "store/inbox-files.test.ts", "store/large.timing.test.ts"]],
    [[join(ROOT, "test/store/inbox.test.ts")], ["store/inbox.test.ts"]],
    [
      ["worker/jobs", "runner/hovers"],
      ["runner/hovers.test.ts", "worker/jobs.test.ts"],
    ],
  ] as const) {
    it(`are those meant by ${names.join(" ") || "nothing"}`, () => assert.deepEqual(named(...names), selected));
  }

  for (const [name, message] of [
    ["store/inbx", "No test file is named test/store/inbx*.test.ts. Did you mean store/inbox?"],
    ["inbox", "No test file is named test/inbox*.test.ts. Did you mean store/inbox or store/inbox-files?"],
    ["wroker", "No test file is named test/wroker*.test.ts. Did you mean worker?"],
    ["test/store/inbxo.test.ts", "No test file is named test/store/inbxo.test.ts. Did you mean store/inbox?"],
    ["server/service/tick", "No test file is named test/server/service/tick*.test.ts. The suites are runner, store, worker."],
  ] as const) {
    it(`are none that ${name} could mean; what it is near to is suggested`, () => assert.throws(() => named(name), { message }));
  }
});
