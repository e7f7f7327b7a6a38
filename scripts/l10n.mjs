// Writes l10n/bundle.l10n.json, what translators of the client start from: every text that it, or the words it shares with the runner, hand to `l10n.t`, or to a `t` that stands for it. `--check` only compares.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundle = join(root, "l10n/bundle.l10n.json");

const texts = new Set();
for (const path of ["client", "server/words"].flatMap(sourcesIn)) {
  visit(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true));
}
const sorted = [...texts].sort();
const content = `${JSON.stringify(Object.fromEntries(sorted.map((text) => [text, text])), null, 2)}\n`;

if (!process.argv.includes("--check")) writeFileSync(bundle, content);
else if (readFileSync(bundle, "utf8") !== content) {
  console.error("l10n/bundle.l10n.json is out of date. Update it with: npm run l10n");
  process.exit(1);
}

function sourcesIn(room) {
  const directory = join(root, room);
  return readdirSync(directory, { recursive: true }).flatMap((name) => (name.endsWith(".ts") ? [join(directory, name)] : []));
}

function visit(node) {
  if (ts.isCallExpression(node) && /(?:^|\.)t$/.test(node.expression.getText())) {
    for (const text of literals(node.arguments[0], node)) texts.add(text);
  }
  ts.forEachChild(node, visit);
}

/** One, or what a condition chooses between (singular and plural). */
function literals(text, call) {
  if (text && ts.isConditionalExpression(text)) return [...literals(text.whenTrue, call), ...literals(text.whenFalse, call)];
  if (!text || !ts.isStringLiteralLike(text)) throw new Error(`${place(call)}: the text must be a literal, or it cannot be translated.`);
  return [text.text];
}

function place(node) {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
