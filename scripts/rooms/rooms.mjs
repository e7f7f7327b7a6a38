// The rooms of the house and what each may import. `npm run check` proves it; docs/architecture.md has it as a table.

/**
 * @typedef {object} Room
 * @property {string} path a folder or a file.
 * @property {string} holds what is in it, for docs/architecture.md.
 * @property {readonly string[]} imports rooms it may import.
 * @property {readonly string[]} types rooms of which it may import types only: nothing of them is loaded with it.
 * @property {readonly string[]} [packages] packages that only this room may import.
 * @property {boolean} [isPure] knows nothing of Node either.
 */

/** @type {readonly Room[]} from the bottom up: a room imports only what stands above it here. */
export const ROOMS = [
  {
    path: "server/start",
    holds: "what an entry does before it loads the rest",
    imports: [],
    types: [],
    packages: [],
  },
  {
    path: "server/authoring",
    holds: "what a task file imports: the base classes, schedules, types",
    imports: [],
    types: [],
    packages: ["croner"],
    isPure: true,
  },
  {
    path: "server/workspace",
    holds: "the configuration file, where task files and the store are, which source imports which",
    imports: [],
    types: [],
    packages: ["jsonc-parser", "fastest-levenshtein"],
  },
  {
    path: "server/language",
    holds:
      "what can be read in a task file without executing it: classes across files, checks, edits. `index.ts` brings the parser and is imported dynamically",
    imports: ["server/authoring"],
    types: [],
    packages: ["typescript"],
  },
  {
    path: "server/store",
    holds: "`TaskStore`, the contract; `JsonTaskStore`: journal, history, inbox, mutex",
    imports: [],
    types: ["server/authoring"],
    packages: [],
  },
  {
    path: "server/service",
    holds: "the state machine (pure), the time budget, retries, schedules that are due",
    imports: ["server/authoring", "server/store"],
    types: [],
    packages: ["@standard-schema/spec", "fastest-levenshtein"],
  },
  {
    path: "server/index.ts",
    holds: "the entry of the npm package",
    imports: ["server/authoring", "server/store", "server/service"],
    types: [],
    packages: [],
  },
  {
    path: "server/worker",
    holds: "the tick worker: loads classes, captures errors and output",
    imports: ["server/start", "server/authoring", "server/store", "server/service", "server/workspace"],
    types: [],
    packages: [
      "@jridgewell/sourcemap-codec",
      "@jridgewell/trace-mapping",
      "acorn",
      "acorn-walk",
      "esbuild",
      "jsonc-parser",
      "package-manager-detector",
      "stacktrace-parser",
    ],
  },
  {
    path: "server/json",
    holds: "the JSON documents that the command line prints and clients are sent",
    imports: [],
    types: ["server/authoring", "server/store", "server/service"],
    packages: [],
    isPure: true,
  },
  {
    path: "server/protocol",
    holds: "messages between processes: plain types, names and codes",
    imports: [],
    types: ["server/authoring", "server/service", "server/worker", "server/json"],
    packages: [],
    isPure: true,
  },
  {
    path: "server/words",
    holds: "how moments, durations, states and outcomes are written, for the client, the runner and the command line alike",
    imports: [],
    types: ["server/protocol", "server/json"],
    packages: [],
  },
  {
    path: "server/supervisor",
    holds: "starts, watches and ends workers; waits for what is due",
    imports: ["server/store", "server/service", "server/worker", "server/workspace"],
    types: ["server/authoring", "server/protocol"],
    packages: [],
  },
  {
    path: "client",
    holds: "the extension: views, commands, notes, progress. No task logic",
    imports: ["server/protocol", "server/words"],
    types: ["server/json"],
    packages: ["vscode", "vscode-languageclient", "jsonc-parser", "package-manager-detector", "background-task-ex"],
  },
  {
    path: "server/runner",
    holds: "a language server: follows the folders of a window, executes their ticks, shows their failures where they happened",
    imports: [
      "server/start",
      "server/authoring",
      "server/store",
      "server/service",
      "server/workspace",
      "server/language",
      "server/json",
      "server/protocol",
      "server/words",
      "server/supervisor",
    ],
    types: ["server/worker"],
    packages: ["vscode-languageserver", "vscode-languageserver-protocol", "vscode-languageserver-textdocument", "vscode-uri"],
  },
  {
    path: "server/cli",
    holds: "the command line: arguments, progress, tables, exit codes",
    imports: [
      "server/start",
      "server/store",
      "server/service",
      "server/workspace",
      "server/language",
      "server/json",
      "server/words",
      "server/supervisor",
      "server/runner",
    ],
    types: ["server/authoring", "server/worker", "server/protocol"],
    packages: ["cli-truncate", "commander", "jsonc-parser", "log-update", "picocolors", "string-width"],
  },
];
