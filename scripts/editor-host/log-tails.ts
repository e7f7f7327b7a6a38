import { readFile } from "node:fs/promises";
import type { DataDirectory } from "./data-directory.ts";

const LINES = 40;

/** The ends of what the extension, its host and the server have logged, as one text for a person. */
export async function logTails(data: DataDirectory): Promise<string> {
  const [channels, hosts] = await Promise.all([data.logs("Background Tasks"), data.logs("remoteexthost")]);
  const tails = [...channels, ...hosts, data.serverLog].map(async (file) => `── end of ${file}\n${await tail(file)}`);
  if (channels.length === 0) tails.unshift(Promise.resolve("── the extension has not logged anything"));
  return (await Promise.all(tails)).join("\n");
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((error) => String(error));
  return text.trimEnd().split("\n").slice(-LINES).join("\n");
}
