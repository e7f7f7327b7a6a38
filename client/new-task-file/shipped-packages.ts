import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { ENGINE_PACKAGE, NODE_TYPES, type PackageVersions } from "./package-names.ts";

/** `@types/node` imports from it. */
const UNDICI_TYPES = "undici-types";

/** Keys that the copy of our own package takes from package.json. */
const MANIFEST_KEYS = ["name", "description", "license", "type", "sideEffects", "engines", "bin", "exports", "types", "dependencies"];

/**
 * The packages that a task file needs, as shipped with this extension, for folders without them: no network is needed. The copies have a
 * version that no package.json asks for, so that the next install by a package manager replaces them.
 */
export class ShippedPackages {
  /** @param extensionPath directory of the installed extension, or of a checkout of it. */
  constructor(readonly extensionPath: string) {}

  async versions(): Promise<PackageVersions> {
    const [engine, types] = await Promise.all([this.#manifest(this.extensionPath), this.#manifest(this.#directory(NODE_TYPES))]);
    return { [ENGINE_PACKAGE]: String(engine.version), [NODE_TYPES]: String(types.version) };
  }

  /** Copies missing packages to `node_modules` of a directory; returns the paths of the copies. */
  async copyTo(directory: string): Promise<readonly string[]> {
    const nodeModules = join(directory, "node_modules");
    const written: string[] = [];
    for (const name of [ENGINE_PACKAGE, NODE_TYPES, UNDICI_TYPES]) {
      const target = join(nodeModules, name);
      if (existsSync(target)) continue;
      await mkdir(dirname(target), { recursive: true });
      await appear(target, (temporary) => (name === ENGINE_PACKAGE ? this.#copyEngine(temporary) : this.#copy(name, temporary)));
      written.push(target);
    }
    return written;
  }

  async #copyEngine(to: string): Promise<void> {
    const dist = join(this.extensionPath, "dist");
    await cp(dist, join(to, "dist"), { recursive: true, dereference: true, filter: (source) => isOfPackage(relative(dist, source)) });
    const manifest = await this.#manifest(this.extensionPath);
    const kept = Object.fromEntries(MANIFEST_KEYS.map((key) => [key, manifest[key]]));
    await writeManifest(to, { ...kept, version: offline(manifest.version) });
  }

  async #copy(name: string, to: string): Promise<void> {
    const from = this.#directory(name);
    await cp(from, to, { recursive: true, dereference: true });
    const manifest = await this.#manifest(from);
    await writeManifest(to, { ...manifest, version: offline(manifest.version) });
  }

  /** In the packed extension the packages lie beside the bundles; in a checkout they are in `node_modules`. */
  #directory(name: string): string {
    const packed = join(this.extensionPath, "dist/packages", name);
    return existsSync(packed) ? packed : join(this.extensionPath, "node_modules", name);
  }

  async #manifest(directory: string): Promise<Readonly<Record<string, unknown>>> {
    return JSON.parse(await readFile(join(directory, "package.json"), "utf8"));
  }
}

/** False for the extension's own files and for the packages that it ships. */
function isOfPackage(path: string): boolean {
  return !/^(?:client|packages)(?:[\\/]|$)/.test(path) && !basename(path).startsWith(".");
}

function offline(version: unknown): string {
  return `${version}-offline`;
}

function writeManifest(directory: string, manifest: object): Promise<void> {
  return writeFile(join(directory, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Creates a directory atomically, because an incomplete one would pass for the installed package. */
async function appear(target: string, make: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = await mkdtemp(join(dirname(target), ".background-tasks-"));
  try {
    await make(temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}
