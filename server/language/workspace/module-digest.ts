import * as ts from "typescript";
import type { ClassSyntax } from "../syntax/class-syntax.ts";
import { requiredModule } from "../syntax/imports.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare, hasModifier, nameText, nodesOf } from "../syntax/nodes.ts";
import type { Unanalysed } from "../syntax/unanalysed.ts";
import { superclassOf } from "./class-family.ts";
import { expressionMeaning } from "./expression-meaning.ts";
import { isRelative } from "./module-path.ts";
import type { Modules } from "./modules.ts";

/** Identifies a class across files: file and name. */
export type ClassKey = string;

export function classKey(file: string, name: string): ClassKey {
  return `${file}\0${name}`;
}

/** What other files need to know about a file, without its syntax tree. */
export interface ModuleDigest {
  /** The workspace files it imports. */
  readonly imports: readonly string[];
  /** The classes it exports, its own and re-exported ones, by their exported names. */
  readonly exportedClasses: ReadonlyMap<string, ClassKey>;
  /** Every name used as a value, whatever it refers to: a class that is never named is never used. */
  readonly mentionedNames: ReadonlySet<string>;
  /** The classes of other files that are used as values. */
  readonly mentionedClasses: ReadonlySet<ClassKey>;
  readonly extendedClasses: ReadonlySet<ClassKey>;
  /** Files whose exports may all be used: by `import()`, or a namespace that is passed on. */
  readonly usedAsWhole: readonly string[];
  /** True if it imports by a name that only the configuration of a bundler or compiler explains, or that is computed at run time. */
  readonly hasUnknownImports: boolean;
  /** If it is there, nothing is known of the file. */
  readonly unanalysed?: Unanalysed;
}

export function digestModule(modules: Modules, module: ModuleSyntax): ModuleDigest {
  const mentions = mentionsIn(module);
  const specifiers = [...importedSpecifiers(module), ...mentions.dynamicImports];
  const fileOf = (specifier: string) => modules.importedFile(module.file, specifier) ?? [];
  return {
    imports: [...new Set(specifiers.flatMap(fileOf))],
    exportedClasses: exportedClasses(modules, module),
    mentionedNames: mentions.names,
    mentionedClasses: classesNamed(modules, module, mentions.names),
    extendedClasses: extendedClasses(modules, module),
    usedAsWhole: [...mentions.dynamicImports.flatMap(fileOf), ...wholeModules(modules, module, mentions.names)],
    hasUnknownImports:
      mentions.importsByValue || specifiers.some((specifier) => !isRelative(specifier) && /^(?:[@~]\/|~|#|src\/)/.test(specifier)),
  };
}

interface Mentions {
  readonly names: ReadonlySet<string>;
  readonly dynamicImports: readonly string[];
  /** `import(name)` */
  readonly importsByValue: boolean;
}

function mentionsIn({ source, classes }: ModuleSyntax): Mentions {
  const names = new Set<string>();
  const dynamicImports: string[] = [];
  let importsByValue = false;
  const byName = new Map(classes.map((found) => [found.localName, found]));
  // A class may register itself.
  for (const { node, localName } of classes) if (localName !== undefined && registersItself(node)) names.add(localName);
  for (const node of nodesOf(source, standsForValues)) {
    if (ts.isIdentifier(node) && !isName(node) && !isWithinItself(node, byName)) names.add(ts.idText(node));
    if (!ts.isCallExpression(node)) continue;
    const imported = dynamicImport(node) ?? requiredModule(node);
    if (imported !== undefined) dynamicImports.push(imported);
    else if (node.expression.kind === ts.SyntaxKind.ImportKeyword) importsByValue = true;
  }
  return { names, dynamicImports, importsByValue };
}

/** By a decorator, in a static block, or by `static readonly registered = register(this)`. */
function registersItself(node: ts.ClassLikeDeclaration): boolean {
  if (ts.canHaveDecorators(node) && ts.getDecorators(node)) return true;
  return node.members.some((member) => {
    if (ts.isClassStaticBlockDeclaration(member)) return true;
    const isStatic = ts.isPropertyDeclaration(member) && hasModifier(member, ts.SyntaxKind.StaticKeyword);
    return isStatic && member.initializer !== undefined && [...nodesOf(member.initializer)].some((inner) => isItself(inner, node));
  });
}

function isItself(node: ts.Node, { name }: ts.ClassLikeDeclaration): boolean {
  return node.kind === ts.SyntaxKind.ThisKeyword || (name !== undefined && ts.isIdentifier(node) && nameText(node) === nameText(name));
}

/** True if a class refers to itself there. */
function isWithinItself(name: ts.Identifier, classes: ReadonlyMap<string | undefined, ClassSyntax>): boolean {
  const itself = classes.get(ts.idText(name));
  return itself !== undefined && itself.node.pos <= name.pos && name.end <= itself.node.end;
}

function standsForValues(node: ts.Node): boolean {
  return !(
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isHeritageClause(node) ||
    (ts.isExportAssignment(node) && ts.isIdentifier(node.expression))
  );
}

/** True if it names a declaration, a member or a property instead of being a value. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAccessExpression(parent)) return false;
  return (parent as { readonly name?: ts.Node }).name === node || ts.isModuleDeclaration(parent);
}

function dynamicImport({ expression, arguments: [specifier] }: ts.CallExpression): string | undefined {
  return expression.kind === ts.SyntaxKind.ImportKeyword && specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
}

function importedSpecifiers({ source }: ModuleSyntax): string[] {
  return source.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return nameText(statement.moduleSpecifier) ?? [];
    if (!ts.isImportEqualsDeclaration(statement) || !ts.isExternalModuleReference(statement.moduleReference)) return [];
    return nameText(statement.moduleReference.expression) ?? [];
  });
}

function exportedClasses(modules: Modules, module: ModuleSyntax): ReadonlyMap<string, ClassKey> {
  const found = new Map<string, ClassKey>();
  for (const name of modules.exportNames(module)) {
    const meaning = modules.exportOf(module, name);
    if (meaning?.kind === "class") found.set(name, classKey(meaning.module.file, meaning.class.name));
  }
  return found;
}

function classesNamed(modules: Modules, module: ModuleSyntax, names: ReadonlySet<string>): ReadonlySet<ClassKey> {
  const found = new Set<ClassKey>();
  for (const name of names) {
    const meaning = module.imports.has(name) ? modules.meaningOf(module, name) : undefined;
    if (meaning?.kind === "class") found.add(classKey(meaning.module.file, meaning.class.name));
  }
  return found;
}

function extendedClasses(modules: Modules, module: ModuleSyntax): ReadonlySet<ClassKey> {
  const found = new Set<ClassKey>();
  for (const extending of module.classes) {
    const superclass = superclassOf(extending);
    const meaning = superclass && expressionMeaning(modules, module, superclass.expression);
    if (meaning?.kind === "class") found.add(classKey(meaning.module.file, meaning.class.name));
  }
  return found;
}

/** Files whose namespace is used as a value: `Object.values(actions)`. */
function wholeModules(modules: Modules, module: ModuleSyntax, names: ReadonlySet<string>): string[] {
  const namespaces = new Set([...module.imports].flatMap(([local, { name }]) => (name === "*" && names.has(local) ? [local] : [])));
  if (namespaces.size === 0) return [];
  const alone = [...nodesOf(module.source, standsForValues)].filter(
    (node): node is ts.Identifier => ts.isIdentifier(node) && namespaces.has(ts.idText(node)) && !isName(node) && !isOwnerOfName(node),
  );
  return alone.flatMap((node) => {
    const meaning = modules.meaningOf(module, ts.idText(node));
    return meaning?.kind === "module" ? [meaning.module.file] : [];
  });
}

function isOwnerOfName(node: ts.Identifier): boolean {
  const { parent } = node;
  return ts.isPropertyAccessExpression(parent) && bare(parent.expression) === node;
}
