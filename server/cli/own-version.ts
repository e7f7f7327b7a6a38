import { readFileSync } from "node:fs";

/** From the package this file was installed with. */
export function ownVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return version;
}
