import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * What a bundle was built from. As long as all of it still holds, building again would give the same bundle. Paths are absolute.
 */
export interface Facts {
  /** Digests of files' contents; `null`: there is no such file, and if there were, it would matter. */
  readonly files: Readonly<Record<string, string | null>>;
  /** Digests of the names of the source files in directories: one more may be what an import means from then on. */
  readonly sourceNames: Readonly<Record<string, string>>;
  /** What must not be there: a package that would be found before the one that was. */
  readonly absent: readonly string[];
  /** What must be there: what the bundle imports from outside. */
  readonly present: readonly string[];
}

/** Synchronous, because that is several times as fast for many small files, and nothing else can go on before the answer. */
export function factsHold({ files, sourceNames, absent, present }: Facts): boolean {
  for (const file in files) if (fileDigest(file) !== files[file]) return false;
  for (const directory in sourceNames) if (sourceNamesDigest(directory) !== sourceNames[directory]) return false;
  return !absent.some((path) => existsSync(path)) && present.every((path) => existsSync(path));
}

export function fileDigest(file: string): string | null {
  try {
    return digest(readFileSync(file));
  } catch {
    return null;
  }
}

export function sourceNamesDigest(directory: string): string {
  try {
    return digest(readdirSync(directory).filter(isSourceName).sort().join("\0"));
  } catch {
    return "";
  }
}

function isSourceName(name: string): boolean {
  return /\.(?:[mc]?[jt]s|[jt]sx)$/.test(name);
}

export function digest(contents: string | Uint8Array): string {
  return hash("sha256", contents, "base64url");
}
