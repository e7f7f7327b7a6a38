import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** What a bundle was built from. As long as all of it holds, another build would give the same bundle. Paths are absolute. */
export interface Facts {
  /** Digests of file contents; `null`: the file does not exist, and would matter if it did. */
  readonly files: Readonly<Record<string, string | null>>;
  /** Digests of the names of source files in directories: a new one may change what an import resolves to. */
  readonly sourceNames: Readonly<Record<string, string>>;
  /** Paths that must not exist: a package that would be found before the one used. */
  readonly absent: readonly string[];
  /** Paths that must exist: external imports of the bundle. */
  readonly present: readonly string[];
}

/** Synchronous because that is several times as fast for many small files, and nothing else can continue before the answer. */
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
