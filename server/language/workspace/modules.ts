import type { ClassSyntax } from "../syntax/class-syntax.ts";
import { type ExportedName, isImportable } from "../syntax/exports.ts";
import type { ImportedName } from "../syntax/imports.ts";
import { type Declaration, type ModuleSyntax, readModule } from "../syntax/module-syntax.ts";
import type { LocalDeclaration } from "../syntax/scope.ts";
import type { DerivedValues } from "./derived-values.ts";
import { candidates, isRelative } from "./module-path.ts";
import type { SourceHost } from "./source-host.ts";

/** What a name refers to, followed through imports. */
export type Meaning =
  | { readonly kind: "class"; readonly module: ModuleSyntax; readonly class: ClassSyntax }
  | { readonly kind: "declaration"; readonly module: ModuleSyntax; readonly declaration: Declaration | LocalDeclaration }
  /** An export of a package, or of a Node module. */
  | { readonly kind: "package"; readonly specifier: string; readonly name: string }
  /** All exports of a file. */
  | { readonly kind: "module"; readonly module: ModuleSyntax };

/** How many syntax trees are always kept; more of them as long as the memory is not needed. */
const KEPT_TREES = 24;

/** The parsed files of a workspace, each parsed on demand and again when it has changed. */
export class Modules {
  readonly #parsed = new Map<string, { readonly version: string; readonly module: WeakRef<ModuleSyntax> }>();
  /** Newest last. */
  readonly #recent = new Set<ModuleSyntax>();
  readonly #host: SourceHost;
  readonly #derived: DerivedValues;

  constructor(host: SourceHost, derived: DerivedValues) {
    this.#host = host;
    this.#derived = derived;
  }

  module(file: string): ModuleSyntax | undefined {
    const version = this.#derived.version(file);
    if (version === undefined) return undefined;
    const known = this.#parsed.get(file);
    const kept = known?.version === version ? known.module.deref() : undefined;
    const module = kept ?? this.#parse(file);
    if (!module) return undefined;
    if (!kept) this.#parsed.set(file, { version, module: new WeakRef(module) });
    this.#keep(module);
    return module;
  }

  /** The file an import refers to; `undefined` for packages and missing files. */
  importedFile(importingFile: string, specifier: string): string | undefined {
    if (!isRelative(specifier)) return undefined;
    return candidates(importingFile, specifier).find((file) => this.#derived.version(file) !== undefined);
  }

  /** What a top-level name of a file refers to; `undefined` if that is unknown. */
  meaningOf(module: ModuleSyntax, name: string): Meaning | undefined {
    return this.#meaning(module, name, new Set());
  }

  /** What importers get under this name. */
  exportOf(module: ModuleSyntax, name: string): Meaning | undefined {
    return this.#exported(module, name, new Set());
  }

  /** What an import in this file refers to. */
  importMeaning(module: ModuleSyntax, imported: ImportedName): Meaning | undefined {
    return this.#followed(module, imported, new Set());
  }

  /** The names a file exports, including those of `export *`. */
  exportNames(module: ModuleSyntax, seen: Set<ModuleSyntax> = new Set()): ReadonlySet<string> {
    if (seen.has(module)) return new Set();
    seen.add(module);
    const names = new Set(module.exports.keys());
    for (const specifier of module.starExports) {
      const starred = this.#imported(module, specifier);
      if (starred) for (const name of this.exportNames(starred, seen)) if (name !== "default" && isImportable(name)) names.add(name);
    }
    return names;
  }

  #meaning(module: ModuleSyntax, name: string, seen: Set<string>): Meaning | undefined {
    const found = module.classesByName.get(name);
    if (found) return { kind: "class", module, class: found };
    const imported = module.imports.get(name);
    if (imported) return this.#followed(module, imported, seen);
    const declaration = module.declarations.get(name);
    return declaration && { kind: "declaration", module, declaration };
  }

  #exported(module: ModuleSyntax, name: string, seen: Set<string>): Meaning | undefined {
    const key = `${module.file}\0${name}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    const exported = module.exports.get(name);
    if (exported) return this.#exportedName(module, exported, seen);
    if (name === "default") return undefined;
    for (const specifier of module.starExports) {
      const starred = this.#imported(module, specifier);
      const found = starred ? this.#exported(starred, name, seen) : this.#ofPackage(specifier, name);
      if (found) return found;
    }
    return undefined;
  }

  #exportedName(module: ModuleSyntax, exported: ExportedName, seen: Set<string>): Meaning | undefined {
    if ("local" in exported) return this.#meaning(module, exported.local, seen);
    if ("specifier" in exported) return this.#followed(module, exported, seen);
    const found = module.classes.find(({ node }) => node === exported.value);
    return found && { kind: "class", module, class: found };
  }

  #followed(module: ModuleSyntax, { specifier, name }: ImportedName, seen: Set<string>): Meaning | undefined {
    const imported = this.#imported(module, specifier);
    if (!imported) return isRelative(specifier) ? undefined : { kind: "package", specifier, name };
    return name === "*" ? { kind: "module", module: imported } : this.#exported(imported, name, seen);
  }

  /** What `export * from` a package re-exports is only known for our own package. */
  #ofPackage(specifier: string, name: string): Meaning | undefined {
    return specifier === "background-task-ex" ? { kind: "package", specifier, name } : undefined;
  }

  #imported(module: ModuleSyntax, specifier: string): ModuleSyntax | undefined {
    const file = this.importedFile(module.file, specifier);
    return file === undefined ? undefined : this.module(file);
  }

  #parse(file: string): ModuleSyntax | undefined {
    let isMissing = false;
    const module = readModule(file, () => {
      const text = this.#host.read(file);
      isMissing = text === undefined;
      return text ?? "";
    });
    return isMissing ? undefined : module;
  }

  #keep(module: ModuleSyntax): void {
    this.#recent.delete(module);
    this.#recent.add(module);
    if (this.#recent.size <= KEPT_TREES) return;
    for (const oldest of this.#recent) {
      this.#recent.delete(oldest);
      break;
    }
  }
}
