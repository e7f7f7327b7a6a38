import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import type { NodeState } from "../../protocol/folder-state.ts";
import { nodeFromLoginShell } from "./login-shell.ts";
import { isNewEnough, LEAST_NODE_VERSION, nodeVersion } from "./node-version.ts";

/** Where to search for Node, and in which environment. */
export interface NodeSearch {
  /** The setting `backgroundTasks.nodePath`. */
  readonly setting?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** The editor's own Node, with the environment it needs. */
  readonly editorNode?: { readonly path: string; readonly env: Readonly<Record<string, string>> };
}

/** A Node that can execute user code. */
export interface FoundNode {
  readonly path: string;
  readonly version: string;
  readonly source: NonNullable<NodeState["source"]>;
  /** The environment it needs. */
  readonly env?: Readonly<Record<string, string>>;
}

export type NodeSearchResult =
  | { readonly found: FoundNode; readonly problem?: undefined }
  /** `problem`: why there is none, and the way out. */
  | { readonly found?: undefined; readonly problem: string };

/**
 * Finds the first suitable one of: the setting (exclusively, if set), `node` on the PATH, the one a login shell finds (version managers are
 * set up there), the editor's own.
 */
export async function searchNode(search: NodeSearch): Promise<NodeSearchResult> {
  if (search.setting !== undefined) return bySetting(search.setting, search.env);
  const misses: string[] = [];
  for await (const { path, source, env } of candidates(search)) {
    const probed = await nodeVersion(path, { ...withoutEditor(search.env), ...env });
    if (probed.version === undefined) misses.push(`${path} cannot be used (${probed.problem})`);
    else if (isNewEnough(probed.version)) return { found: { path, version: probed.version, source, ...(env && { env }) } };
    else misses.push(`${path} is version ${probed.version}`);
  }
  const looked = misses.length > 0 ? misses.join("; ") : "there is no node on the PATH or in a login shell";
  return {
    problem: `No Node ${LEAST_NODE_VERSION} or newer was found: ${looked}. Install one, or set backgroundTasks.nodePath.`,
  };
}

async function bySetting(setting: string, env: NodeJS.ProcessEnv): Promise<NodeSearchResult> {
  const path = setting.startsWith("~/") ? join(homedir(), setting.slice(2)) : setting;
  const wayOut = `Node ${LEAST_NODE_VERSION} or newer is required: select one, or clear the setting.`;
  if (!isAbsolute(path)) return { problem: `The setting backgroundTasks.nodePath is ${setting}, which is not an absolute path. ${wayOut}` };
  const probed = await nodeVersion(path, withoutEditor(env));
  if (probed.version === undefined) {
    return { problem: `The setting backgroundTasks.nodePath is ${path}, which cannot be used (${probed.problem}). ${wayOut}` };
  }
  if (isNewEnough(probed.version)) return { found: { path, version: probed.version, source: "setting" } };
  return { problem: `The setting backgroundTasks.nodePath is ${path}, which is version ${probed.version}. ${wayOut}` };
}

interface Candidate {
  readonly path: string;
  readonly source: FoundNode["source"];
  readonly env?: Readonly<Record<string, string>>;
}

/** Each is only searched for if the previous ones are unsuitable: starting a login shell takes a while. */
async function* candidates({ env, platform, editorNode }: NodeSearch): AsyncGenerator<Candidate> {
  const onPath = await findOnPath(env, platform);
  for (const path of onPath) yield { path, source: "path" };
  const inShell = await nodeFromLoginShell(withoutEditor(env), platform);
  if (inShell !== undefined && !onPath.includes(inShell)) yield { path: inShell, source: "login-shell" };
  if (editorNode) yield { ...editorNode, source: "editor" };
}

function withoutEditor({ ELECTRON_RUN_AS_NODE: _editors, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}

/** The Node executables on the PATH, in order. On Windows only real binaries: scripts cannot be started without a shell. */
async function findOnPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<string[]> {
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const directories = new Set((env[key] ?? "").split(delimiter).filter(isAbsolute));
  const files = [...directories].map((directory) => join(directory, platform === "win32" ? "node.exe" : "node"));
  const found = await Promise.all(files.map(isFile));
  return files.filter((_, index) => found[index]);
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
