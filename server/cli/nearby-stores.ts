import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { currentTasks } from "../service/requests/request-effects.ts";
import { JsonTaskStore } from "../store/json-task-store.ts";
import { NEVER_SEARCHED, storeDirectory } from "../workspace/index.ts";
import { parentsOf } from "./parents-of.ts";
import { counted } from "./text/plain.ts";

/** How deep packages of a monorepo may be, and how many folders are looked at. */
const MOST_LEVELS = 3;
const MOST_FOLDERS = 2_000;
const MOST_NAMED = 3;

/** Names the stores of folders around and inside a workspace that a command may have been meant for, each with what to do. */
export async function describeNearbyStores(workspace: string): Promise<string[]> {
  const around = parentsOf(workspace).filter(hasStore);
  const found = (around.length > 0 ? around : foldersIn(workspace).filter(hasStore)).slice(0, MOST_NAMED);
  return Promise.all(found.map(async (folder) => `${folder} has a store${await contents(folder)}. To use it, add --workspace ${folder}.`));
}

function hasStore(folder: string): boolean {
  return existsSync(storeDirectory(folder));
}

/** Breadth first, without the folder itself. */
function foldersIn(root: string): string[] {
  const found: string[] = [];
  let level = [root];
  for (let depth = 0; depth < MOST_LEVELS && found.length < MOST_FOLDERS; depth++) {
    level = level.flatMap(subfolders);
    found.push(...level);
  }
  return found.slice(0, MOST_FOLDERS);
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !NEVER_SEARCHED.includes(entry.name))
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

/** Empty if the store cannot be read: another user's, for example. */
async function contents(folder: string): Promise<string> {
  try {
    const store = await JsonTaskStore.open(storeDirectory(folder));
    try {
      return ` with ${counted(currentTasks(await store.read()).tasks.length, "task")}`;
    } finally {
      await store.close();
    }
  } catch {
    return "";
  }
}
