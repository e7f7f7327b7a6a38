import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parse } from "jsonc-parser";
import { digest, type Facts, fileDigest, sourceNamesDigest } from "../facts.ts";

/** Collects everything a bundle is built from during the build. */
export class Influences {
  readonly #files = new Map<string, string | null>();
  readonly #directories = new Set<string>();
  readonly #absent = new Set<string>();
  readonly #present = new Set<string>();
  readonly #configs = new Set<string>();
  /** Epoch milliseconds, with fractions like the times of files. */
  readonly #startedAt = performance.timeOrigin + performance.now();

  /** Adds a source, with its contents as they were bundled. */
  source(file: string, contents: Uint8Array): void {
    this.#files.set(file, digest(contents));
    this.#directories.add(dirname(file));
  }

  /** Adds an import by a relative path, which was resolved in this directory. */
  lookedIn(directory: string): void {
    this.#directories.add(directory);
  }

  /** Adds an import of a package by a source in `directory`, and the file it resolved to. */
  packageImport(directory: string, specifier: string, file: string): void {
    this.#present.add(file);
    const name = packageName(specifier);
    for (const ancestor of ancestors(directory)) {
      const candidate = join(ancestor, "node_modules", name);
      if (existsSync(candidate)) {
        this.#config(join(candidate, "package.json"));
        return;
      }
      const modules = join(ancestor, "node_modules");
      this.#absent.add(existsSync(modules) ? candidate : modules);
    }
  }

  /** `undefined` if a configuration file was changed during the build: it is unknown which state the bundle was built from. */
  facts(): Facts | undefined {
    for (const directory of this.#directories) this.#configsAbove(directory);
    if ([...this.#configs].some((file) => modifiedAt(file) >= this.#startedAt)) return undefined;
    return {
      files: Object.fromEntries(sorted(this.#files)),
      sourceNames: Object.fromEntries([...this.#directories].sort().map((directory) => [directory, sourceNamesDigest(directory)])),
      absent: [...this.#absent].sort(),
      present: [...this.#present].sort(),
    };
  }

  /** The nearest tsconfig.json and package.json count; nearer ones would, if they existed. */
  #configsAbove(directory: string): void {
    let hasPackage = false;
    let hasTypeScript = false;
    for (const ancestor of ancestors(directory)) {
      if (hasPackage && hasTypeScript) return;
      hasPackage = this.#config(join(ancestor, "package.json")) || hasPackage;
      for (const name of ["tsconfig.json", "jsconfig.json"]) hasTypeScript = this.#typeScriptConfig(join(ancestor, name)) || hasTypeScript;
    }
  }

  #typeScriptConfig(file: string, depth = 0): boolean {
    if (this.#files.has(file)) return this.#files.get(file) !== null;
    if (!this.#config(file)) return false;
    const bases: unknown = parse(readFileSync(file, "utf8"))?.extends;
    for (const base of [bases].flat()) {
      const path = typeof base === "string" && depth < 16 ? extendedConfig(file, base) : undefined;
      if (path) this.#typeScriptConfig(path, depth + 1);
    }
    return true;
  }

  #config(file: string): boolean {
    this.#configs.add(file);
    if (!this.#files.has(file)) this.#files.set(file, fileDigest(file));
    return this.#files.get(file) !== null;
  }
}

function extendedConfig(file: string, base: string): string | undefined {
  if (base.startsWith(".") || isAbsolute(base)) {
    const path = resolve(dirname(file), base);
    return path.endsWith(".json") || existsSync(path) ? path : `${path}.json`;
  }
  const require = createRequire(file);
  for (const specifier of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      const path = require.resolve(specifier);
      if (path.endsWith(".json")) return path;
    } catch {
      // The next form may match.
    }
  }
  return undefined;
}

export function packageName(specifier: string): string {
  const [first = "", second] = specifier.split("/");
  return first.startsWith("@") && second ? `${first}/${second}` : first;
}

function* ancestors(directory: string): Generator<string> {
  for (let current = directory; ; current = dirname(current)) {
    yield current;
    if (dirname(current) === current) return;
  }
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
