import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { npm } from "../set-up.mjs";

/**
 * The directory of an installed package that brings esbuild's binary for some platform: the one installed here, else one that is fetched,
 * checked against the lockfile and kept for next time.
 */
export function esbuildBinaryPackage(root, name) {
  const installed = join(root, "node_modules", name);
  if (existsSync(installed)) return installed;
  const { version, integrity } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages[`node_modules/${name}`];
  const kept = join(root, "node_modules/.cache/background-tasks", `${basename(name)}-${version}`);
  if (!existsSync(kept)) fetchPackage(`${name}@${version}`, integrity, kept);
  return kept;
}

function fetchPackage(specifier, integrity, to) {
  const directory = mkdtempSync(join(tmpdir(), "background-tasks-esbuild-"));
  try {
    npm(["pack", specifier, "--silent", "--pack-destination", directory], { cwd: directory });
    const [tarball] = readdirSync(directory);
    const [algorithm] = integrity.split("-", 1);
    const digest = createHash(algorithm)
      .update(readFileSync(join(directory, tarball)))
      .digest("base64");
    if (integrity !== `${algorithm}-${digest}`) throw new Error(`${specifier} does not match package-lock.json: its digest is ${digest}.`);
    execFileSync("tar", ["-xzf", tarball], { cwd: directory });
    mkdirSync(join(to, ".."), { recursive: true });
    cpSync(join(directory, "package"), to, { recursive: true });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
