import { dirname } from "node:path";
import type { DiskOperation } from "../injection/disk-operation.ts";

/** A number from 0 up to 1. */
export type Random = () => number;

/** `"lost"`: a sync of it failed, so the system has forgotten it, and no later sync writes it. */
type Durability = "pending" | "durable" | "lost";

interface Change {
  readonly order: number;
  durability: Durability;
}

interface ContentChange extends Change {
  readonly apply: (content: Buffer, random: Random | undefined) => Buffer;
}

/** The file's names may come and go; its content stays as long as one of them does. */
class FileNode {
  readonly changes: ContentChange[] = [];
}

class DirectoryNode {
  readonly changes: NameChange[] = [];
}

type Node = FileNode | DirectoryNode;

interface NameChange extends Change {
  readonly apply: (names: Map<DirectoryNode, Map<string, Node>>) => void;
}

const SECTOR = 512;
/** A change that a failed sync has dropped may have reached the disk nevertheless. */
const LOST_BUT_WRITTEN = 0.2;

/** What a disk may hold after the power went: everything that was durable, and any part of the rest. */
export class Disk {
  readonly #root = new DirectoryNode();
  /** The directory that exists from the beginning, durably. */
  readonly #top: string;
  readonly #names = new Map<DirectoryNode, Map<string, Node>>([[this.#root, new Map()]]);
  readonly #files = new Map<number, FileNode>();
  readonly #nameChanges: NameChange[] = [];
  /** By sync: how many operations there were when it started. */
  readonly #syncStarts = new Map<string, number>();
  #order = 0;

  constructor(top: string) {
    this.#top = top;
  }

  /** @param operation the next one of the recorded run. */
  follow(operation: DiskOperation): void {
    const order = ++this.#order;
    switch (operation.kind) {
      case "create": {
        const file = new FileNode();
        this.#files.set(operation.inode, file);
        this.#changeNames(order, [operation.path], (names) => this.#enter(names, operation.path, file));
        break;
      }
      case "make directory": {
        const directory = new DirectoryNode();
        this.#changeNames(order, [operation.path], (names) => {
          names.set(directory, names.get(directory) ?? new Map());
          this.#enter(names, operation.path, directory);
        });
        break;
      }
      case "write": {
        const data = Buffer.from(operation.data, "base64");
        this.#changeContent(order, operation.inode, operation.durability, (content, random) =>
          written(content, operation.position, data, random),
        );
        break;
      }
      case "truncate":
        this.#changeContent(order, operation.inode, "pending", (content) => resized(content, operation.length));
        break;
      case "rename": {
        const moved = this.#find(operation.from);
        if (!moved) break;
        this.#changeNames(order, [operation.from, operation.to], (names) => {
          this.#leave(names, operation.from, moved);
          this.#enter(names, operation.to, moved);
        });
        break;
      }
      case "link": {
        const linked = this.#find(operation.from);
        if (linked) this.#changeNames(order, [operation.to], (names) => this.#enter(names, operation.to, linked));
        break;
      }
      case "remove": {
        const removed = this.#find(operation.path);
        if (removed) this.#changeNames(order, [operation.path], (names) => this.#leave(names, operation.path, removed));
        break;
      }
      case "sync starts":
        this.#syncStarts.set(operation.sync, order);
        break;
      case "sync ends":
        this.#settle(this.#files.get(operation.inode)?.changes, operation.sync, "durable");
        break;
      case "sync fails":
        this.#settle(this.#files.get(operation.inode)?.changes, operation.sync, "lost");
        break;
      case "directory sync ends": {
        const directory = this.#find(operation.path);
        if (directory instanceof DirectoryNode) this.#settle(directory.changes, operation.sync, "durable");
        break;
      }
      case "ledger":
      case "command ends":
        break;
    }
  }

  /** One of the states in which the disk may be found now: the content of each file by its path below the top; `null` for directories. */
  image(random: Random): ReadonlyMap<string, Buffer | null> {
    const names = new Map<DirectoryNode, Map<string, Node>>([[this.#root, new Map()]]);
    const pending = this.#nameChanges.filter(({ durability }) => durability !== "durable").length;
    // A journal of the file system keeps the order of names; nothing promises that there is one.
    const keptInOrder = random() < 0.75 ? Math.floor(random() * (pending + 1)) : undefined;
    let met = 0;
    for (const change of this.#nameChanges) {
      const isKept = change.durability === "durable" || (keptInOrder === undefined ? random() < 0.5 : met++ < keptInOrder);
      if (isKept) change.apply(names);
    }
    const contents = new Map<FileNode, Buffer>();
    const image = new Map<string, Buffer | null>();
    const walk = (directory: DirectoryNode, path: string): void => {
      for (const [name, node] of names.get(directory) ?? []) {
        const below = path === "" ? name : `${path}/${name}`;
        if (node instanceof DirectoryNode) {
          image.set(below, null);
          walk(node, below);
        } else {
          const content = contents.get(node) ?? contentOf(node, random);
          contents.set(node, content);
          image.set(below, content);
        }
      }
    };
    walk(this.#root, "");
    return image;
  }

  #changeNames(order: number, paths: readonly string[], apply: (names: Map<DirectoryNode, Map<string, Node>>) => void): void {
    const change: NameChange = { order, durability: "pending", apply };
    for (const path of paths) {
      const directory = this.#find(dirname(path));
      if (directory instanceof DirectoryNode) directory.changes.push(change);
    }
    this.#nameChanges.push(change);
    apply(this.#names);
  }

  #changeContent(order: number, inode: number, durability: Durability, apply: ContentChange["apply"]): void {
    this.#files.get(inode)?.changes.push({ order, durability, apply });
  }

  #settle(changes: readonly Change[] | undefined, sync: string, durability: Durability): void {
    const start = this.#syncStarts.get(sync) ?? 0;
    for (const change of changes ?? []) if (change.durability === "pending" && change.order < start) change.durability = durability;
  }

  /** Below a directory that a power cut took away there is nothing to enter. */
  #enter(names: Map<DirectoryNode, Map<string, Node>>, path: string, node: Node): void {
    const directory = this.#find(dirname(path));
    if (directory instanceof DirectoryNode) names.get(directory)?.set(nameOf(path), node);
  }

  #leave(names: Map<DirectoryNode, Map<string, Node>>, path: string, node: Node): void {
    const directory = this.#find(dirname(path));
    const entries = directory instanceof DirectoryNode ? names.get(directory) : undefined;
    if (entries?.get(nameOf(path)) === node) entries.delete(nameOf(path));
  }

  #find(path: string): Node | undefined {
    if (path === this.#top) return this.#root;
    const directory = path.startsWith(this.#top) ? this.#find(dirname(path)) : undefined;
    return directory instanceof DirectoryNode ? this.#names.get(directory)?.get(nameOf(path)) : undefined;
  }
}

function nameOf(path: string): string {
  return path.slice(dirname(path).length + 1);
}

function contentOf(file: FileNode, random: Random): Buffer {
  let content: Buffer = Buffer.alloc(0);
  for (const change of file.changes) {
    if (change.durability === "durable") content = change.apply(content, undefined);
    else if (random() < (change.durability === "lost" ? LOST_BUT_WRITTEN : 0.6)) content = change.apply(content, random);
  }
  return content;
}

/** @param random if given, only some sectors need to have arrived. */
function written(content: Buffer, position: number, data: Buffer, random: Random | undefined): Buffer {
  const result = resized(content, Math.max(content.length, position + data.length));
  if (random === undefined || random() < 0.5) {
    data.copy(result, position);
    return result;
  }
  for (let start = 0; start < data.length; ) {
    const end = Math.min(data.length, start + SECTOR - ((position + start) % SECTOR));
    if (random() < 0.7) data.copy(result, position + start, start, end);
    start = end;
  }
  return result;
}

function resized(content: Buffer, length: number): Buffer {
  const result = Buffer.alloc(length);
  content.copy(result);
  return result;
}
