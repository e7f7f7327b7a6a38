// Finds the words that CONTRIBUTING.md ("English") replaces by others, in texts, messages, comments and test titles.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const WORDS = [
  [/\b(?:some|no|any)body(?:'s)?\b|\bwho(?:m)?ever\b/i, "name the user, the caller, the process or the author, or use the passive"],
  [/\banew\b/i, "again, or a verb with re-"],
  [/\bperhaps\b/i, "may, or possibly"],
  [/\b(?:is|are|was|were|be|been) told\b/i, "receives, is notified, or the name of the message"],
  [/\bany more\b/i, "no longer"],
  [/\bmend(?:s|ed|ing)?\b/i, "fix"],
  [/\bseldom\b/i, "rarely"],
  [/\bof (?:ours|theirs|yours)\b/i, "our, their, your"],
  [/\bthere (?:is|was) no such\b/i, "does not exist"],
  [/(?<!\bthere )\b(?:is|are|was|were) no(?: valid)? (?:JSON|Node|task file|error)\b/i, "is not"],
];

/** Texts in English, by folder or file. */
const COVERED = ["README.md", "client", "docs", "l10n", "package.json", "package.nls.json", "sample-tasks", "scripts", "server"];
/** Not written by us, except for this file, which quotes the words. */
const SKIPPED = new Set(["node_modules", "docs/api", "scripts/words.mjs"]);

const root = fileURLToPath(new URL("..", import.meta.url));
const files = COVERED.flatMap(filesIn).filter((file) => /\.(?:[cm]?[jt]s|json|md)$/.test(file));
let found = 0;
for (const file of files) {
  for (const [index, line] of readFileSync(join(root, file), "utf8").split("\n").entries()) {
    for (const [pattern, advice] of WORDS) {
      const [word] = pattern.exec(line) ?? [];
      if (word === undefined) continue;
      console.error(`${file}:${index + 1}: "${word}": ${advice}`);
      found++;
    }
  }
}
if (found > 0) {
  console.error(`${found} words to replace (CONTRIBUTING.md, English).`);
  process.exit(1);
}

/** Paths relative to the root, with slashes. */
function filesIn(path) {
  if (SKIPPED.has(path)) return [];
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => (SKIPPED.has(name) || name.startsWith(".") ? [] : filesIn(`${path}/${name}`)));
}
