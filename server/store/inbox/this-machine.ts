import { createHash } from "node:crypto";
import { currentProcess } from "../mutex/process-identity.ts";

let machine: string | undefined;

/**
 * Identifies the running system, in a few letters for names of files. Only processes of one system append to one file in turn: over a
 * network, a seal and a request might overwrite each other.
 */
export function thisMachine(): string {
  if (machine !== undefined) return machine;
  const { platform, host, bootId } = currentProcess();
  machine = createHash("sha256")
    .update(`${platform} ${bootId ?? host}`)
    .digest("hex")
    .slice(0, 12);
  return machine;
}
