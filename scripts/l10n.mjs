// Writes l10n/bundle.l10n.json, what translators of the client start from: every text that it hands to `l10n.t`. `--check` only compares.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundle = join(root, "l10n/bundle.l10n.json");

const texts = new Set();
for (const file of readdirSync(join(root, "client"), { recursive: true }).filter((name) => name.endsWith(".ts"))) {
  const path = join(root, "client", file);
  visit(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true));
}
const sorted = [...texts].sort();
const content = `${JSON.stringify(Object.fromEntries(sorted.map((text) => [text, text])), null, 2)}\n`;

if (!process.argv.includes("--check")) writeFileSync(bundle, content);
else if (readFileSync(bundle, "utf8") !== content) {
  console.error("l10n/bundle.l10n.json is not what the client says. Write it anew with: npm run l10n");
  process.exit(1);
}

function visit(node) {
  if (ts.isCallExpression(node) && /(?:^|\.)l10n\.t$/.test(node.expression.getText())) {
    const [text] = node.arguments;
    if (!text || !ts.isStringLiteralLike(text)) throw new Error(`${place(node)}: a text has to be a literal, or nobody can translate it.`);
    texts.add(text.text);
  }
  ts.forEachChild(node, visit);
}

function place(node) {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
