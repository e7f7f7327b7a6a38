import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { digest } from "../facts.ts";
import { type FileSizes, isWhole, type Manifest, manifestPath, touch } from "../manifest.ts";
import type { Output } from "./build-modules.ts";

const TEMPORARY = "new-";
/** Bundles in use are younger (see `touch`), and a worker may import from its bundle at any time. */
const KEPT_FOR_MS = 24 * 60 * 60 * 1_000;
/** Regardless of their age. */
const KEPT_AT_LEAST = 3;

export interface WrittenBundle {
  /** The name of its directory: a digest of all contents. */
  readonly directory: string;
  readonly sizes: FileSizes;
}

/**
 * Writes a bundle into the cache. An existing directory of its name, or one written by another process in the meantime, is the same bundle,
 * unless a power cut has taken a part of it.
 */
export async function writeBundle(cacheDirectory: string, outputs: readonly Output[]): Promise<WrittenBundle> {
  const name = digest(outputs.map(({ path, contents }) => `${path}\0${digest(contents)}\0`).join(""))
    .replace(/\W/g, "")
    .slice(0, 16);
  const directory = join(cacheDirectory, name);
  const sizes = Object.fromEntries(outputs.map(({ path, contents }) => [path, contents.byteLength]));
  if (touch(directory)) {
    if (isWhole(directory, sizes)) return { directory: name, sizes };
    await rm(directory, { recursive: true, force: true });
  }
  const temporary = join(cacheDirectory, `${TEMPORARY}${randomUUID()}`);
  await mkdir(temporary);
  for (const folder of new Set(outputs.map(({ path }) => dirname(join(temporary, path))))) await mkdir(folder, { recursive: true });
  await Promise.all(outputs.map(({ path, contents }) => writeDurably(join(temporary, path), contents)));
  try {
    await rename(temporary, directory);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
  return { directory: name, sizes };
}

/** After a power cut, a file that was not made durable may have its size without its contents, which nothing would notice. */
async function writeDurably(path: string, contents: Output["contents"]): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(contents);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Makes a bundle the one that later processes find. */
export async function writeManifest(manifest: Manifest): Promise<void> {
  const { cacheDirectory } = manifest.request;
  const temporary = join(cacheDirectory, `${TEMPORARY}${randomUUID()}.json`);
  try {
    await writeFile(temporary, JSON.stringify(manifest));
    await rename(temporary, manifestPath(cacheDirectory));
  } catch {
    // Without the manifest, the next process builds again. On Windows, a file that is being read cannot be replaced.
    await rm(temporary, { force: true });
  }
}

/** Removes unused bundles. */
export async function removeOldBundles(cacheDirectory: string, now = Date.now()): Promise<void> {
  const names = (await readdir(cacheDirectory, { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() || entry.name.startsWith(TEMPORARY),
  );
  const aged = await Promise.all(names.map(async ({ name }) => ({ name, usedAt: await modifiedAt(join(cacheDirectory, name)) })));
  const old = aged
    .sort((a, b) => b.usedAt - a.usedAt)
    .slice(KEPT_AT_LEAST)
    .filter(({ usedAt }) => usedAt < now - KEPT_FOR_MS);
  await Promise.all(old.map(({ name }) => rm(join(cacheDirectory, name), { recursive: true, force: true }).catch(() => {})));
}

async function modifiedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );
}
