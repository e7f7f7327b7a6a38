import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path/posix";
import ts from "typescript";

/**
 * @typedef {object} Import
 * @property {string} from the importing file; all paths are relative to the repository, with slashes.
 * @property {string} to the imported file, package or module of Node (`node:fs`).
 * @property {boolean} isType whether nothing of it is loaded at run time.
 * @property {number} line 1-based.
 */

/**
 * Every import, re-export and `import()` of the sources of the given folders.
 *
 * @returns {Import[]}
 */
export function importsOf(root, folders) {
  return folders.flatMap((folder) => sourcesIn(root, folder)).flatMap((file) => readImports(file, readFileSync(join(root, file), "utf8")));
}

/** @returns {Import[]} those of one file. */
export function readImports(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    const imported = importedBy(node);
    if (imported?.specifier && ts.isStringLiteralLike(imported.specifier)) {
      const { text: name } = imported.specifier;
      const to = name.startsWith(".") ? join(file, "..", name) : name;
      found.push({ from: file, to, isType: imported.isType, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function importedBy(node) {
  if (ts.isImportDeclaration(node)) return { specifier: node.moduleSpecifier, isType: isTypeOnly(node.importClause) };
  if (ts.isExportDeclaration(node)) return { specifier: node.moduleSpecifier, isType: node.isTypeOnly || hasTypesOnly(node.exportClause) };
  if (ts.isImportTypeNode(node)) return { specifier: node.argument.literal, isType: true };
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return { specifier: node.arguments[0], isType: ts.isTypeQueryNode(node.parent) };
  }
}

function isTypeOnly(clause) {
  return clause !== undefined && (clause.isTypeOnly || (clause.name === undefined && hasTypesOnly(clause.namedBindings)));
}

function hasTypesOnly(bindings) {
  return bindings?.elements?.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
}

function sourcesIn(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, name.replaceAll("\\", "/")))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));
}
