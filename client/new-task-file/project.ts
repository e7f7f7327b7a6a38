import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ENGINE_PACKAGE, NODE_TYPES, type PackageName } from "./package-names.ts";

/** The steps that make the imports and types of a new task file available. */
export type PackageNeeds =
  | { readonly kind: "nothing" }
  /** No package.json: one has to be written in the directory. */
  | { readonly kind: "starter"; readonly directory: string }
  /** A package.json that lacks packages, or whose packages are not installed (then `undeclared` is empty). */
  | { readonly kind: "packages"; readonly directory: string; readonly undeclared: readonly PackageName[] };

/**
 * @param folder directory of the task file; its nearest package.json counts.
 * @param root the workspace folder, or `folder` itself outside of any.
 */
export function packageNeeds(folder: string, root: string): PackageNeeds {
  const isInstalled = (name: PackageName) =>
    ancestors(folder).some((place) => existsSync(join(place, "node_modules", name, "package.json")));
  const directory = projectPlaces(folder, root).find((place) => existsSync(join(place, "package.json")));
  const wanted: readonly PackageName[] = [ENGINE_PACKAGE, NODE_TYPES];
  if (directory === undefined) return wanted.every(isInstalled) ? { kind: "nothing" } : { kind: "starter", directory: root };
  const declared = declaredPackages(join(directory, "package.json"));
  const undeclared = wanted.filter((name) => !declared.has(name) && !(name === NODE_TYPES && isInstalled(name)));
  if (undeclared.length === 0 && wanted.every(isInstalled)) return { kind: "nothing" };
  return { kind: "packages", directory, undeclared };
}

/** Nearest first, up to the workspace folder, or to the top of the repository if only a part of it is open. */
function projectPlaces(folder: string, root: string): readonly string[] {
  const places = ancestors(folder);
  const top = Math.max(
    places.indexOf(root),
    places.findIndex((place) => existsSync(join(place, ".git"))),
  );
  return places.slice(0, Math.max(0, top) + 1);
}

/** Starts with the directory itself. */
export function ancestors(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

/** @throws SyntaxError with the file's name if it is not valid JSON */
function declaredPackages(file: string): ReadonlySet<string> {
  let manifest: Readonly<Record<string, object | undefined>>;
  try {
    manifest = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new SyntaxError(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  const sections = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
  return new Set(sections.flatMap((section) => Object.keys(manifest[section] ?? {})));
}
