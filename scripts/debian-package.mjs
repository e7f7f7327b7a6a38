import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * Installs a program that tests need, if possible without asking: as root on Debian or a derivative.
 *
 * @returns why it was not installed, with the way out, or `undefined`.
 */
export function installDebianPackage(name) {
  const byHand = `\`apt-get install ${name}\`, \`brew install ${name}\` or similar does it`;
  if (!existsSync("/etc/debian_version") || process.getuid?.() !== 0) return `${name} is not installed: ${byHand}.`;
  console.error(`Installing the Debian package ${name} …`);
  // Tries existing package lists first: fetching them takes longer than installing the package.
  if (apt("install", "-y", "--no-install-recommends", name).status === 0) return undefined;
  apt("update");
  const { status, stderr } = apt("install", "-y", "--no-install-recommends", name);
  return status === 0 ? undefined : `Could not install ${name}. To see why, run: apt-get update && apt-get install ${name}\n${stderr}`;
}

function apt(...args) {
  return spawnSync("apt-get", args, {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}
