import { ACTION_BRAND, PROCESS_BRAND, TASK_BRAND } from "../../authoring/brand.ts";
import type { ExportedClass } from "../../service/service-options.ts";
import type { ClassDeclaration } from "./bundle.ts";

type NamedFunction = { readonly name: string };

/** Collects the classes exported by task files: each once, with the file that declares it rather than one that re-exports it. */
export class ExportedClasses {
  readonly #declarations: readonly ClassDeclaration[];
  readonly #files = new Map<NamedFunction, string>();

  constructor(declarations: readonly ClassDeclaration[]) {
    this.#declarations = declarations;
  }

  add(file: string, module: object): void {
    const { default: main } = module as { readonly default?: unknown };
    // The exports of a CommonJS module are the members of its default export.
    const values = typeof main === "object" && main !== null ? [...Object.values(module), ...Object.values(main)] : Object.values(module);
    for (const value of values) {
      if (!isBranded(value)) continue;
      if (!this.#files.has(value) || this.#isDeclaredIn(value, file)) this.#files.set(value, file);
    }
  }

  found(): ExportedClass[] {
    return [...this.#files].map(([found, file]) => ({ class: found, file }));
  }

  declarationOf(className: string): ClassDeclaration | undefined {
    const declarations = this.#declarations.filter(({ name }) => name === className);
    const exporters = new Set([...this.#files].flatMap(([{ name }, file]) => (name === className ? [file] : [])));
    return declarations.find(({ file }) => exporters.has(file)) ?? declarations[0];
  }

  #isDeclaredIn({ name }: NamedFunction, file: string): boolean {
    return this.#declarations.some((declaration) => declaration.name === name && declaration.file === file);
  }
}

/** By a symbol rather than `instanceof`: a task file may have loaded its own copy of the package. */
function isBranded(value: unknown): value is NamedFunction {
  if (typeof value !== "function") return false;
  const branded = value as unknown as Record<symbol, unknown>;
  return [TASK_BRAND, ACTION_BRAND, PROCESS_BRAND].some((brand) => branded[brand] === true);
}
