import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { digest } from "../facts.ts";
import { type Manifest, manifestPath, touch } from "../manifest.ts";
import type { Output } from "./build-modules.ts";

const TEMPORARY = "new-";
/** Bundles in use are younger (see `touch`), and a worker may import from its bundle at any time. */
const KEPT_FOR_MS = 24 * 60 * 60 * 1_000;
/** Regardless of their age. */
const KEPT_AT_LEAST = 3;

/**
 * Writes a bundle into the cache. Returns the name of its directory: a digest of all contents, so an existing directory of that name, or
 * one written by another process in the meantime, is the same bundle.
 */
export async function writeBundle(cacheDirectory: string, outputs: readonly Output[]): Promise<string> {
  const name = digest(outputs.map(({ path, contents }) => `${path}\0${digest(contents)}\0`).join(""))
    .replace(/\W/g, "")
    .slice(0, 16);
  const directory = join(cacheDirectory, name);
  if (touch(directory)) return name;
  const temporary = join(cacheDirectory, `${TEMPORARY}${randomUUID()}`);
  await mkdir(temporary);
  for (const folder of new Set(outputs.map(({ path }) => dirname(join(temporary, path))))) await mkdir(folder, { recursive: true });
  await Promise.all(outputs.map(({ path, contents }) => writeFile(join(temporary, path), contents)));
  try {
    await rename(temporary, directory);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
  return name;
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
