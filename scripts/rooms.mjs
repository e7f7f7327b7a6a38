// Writes the table of rooms into docs/architecture.md. `--check` compares instead, and looks for imports that the table does not allow.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { importsOf } from "./rooms/imports.mjs";
import { mistakesIn } from "./rooms/mistakes.mjs";
import { ROOMS } from "./rooms/rooms.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "docs/architecture.md");
const TABLE = /(<!-- rooms: written by `npm run rooms` -->\n)[\s\S]*?(<!-- end of rooms -->)/;

const text = readFileSync(page, "utf8");
if (!TABLE.test(text)) throw new Error(`${page} has no place for the table of rooms.`);
const current = text.replace(TABLE, (_, before, after) => `${before}${table()}\n${after}`);
if (!process.argv.includes("--check")) writeFileSync(page, current);
else {
  const mistakes = mistakesIn(importsOf(root, ["client", "server"]), ROOMS);
  if (current !== text) mistakes.push("docs/architecture.md does not show scripts/rooms/rooms.mjs: run `npm run rooms`.");
  for (const mistake of mistakes) console.error(mistake);
  if (mistakes.length > 0) {
    console.error("scripts/rooms/rooms.mjs says which room may import which (docs/architecture.md).");
    process.exit(1);
  }
}

function table() {
  const rows = ROOMS.map((room) => `| \`${room.path}\` | ${room.holds} | ${mayImport(room)} |`);
  return ["| room | what is in it | may import |", "|---|---|---|", ...rows].join("\n");
}

function mayImport({ imports, types }) {
  const names = [...imports.map(shortName), ...types.map((path) => `${shortName(path)} (types)`)];
  return names.length > 0 ? names.join(", ") : "none";
}

function shortName(path) {
  return `\`${path.replace(/^server\//, "")}\``;
}
