import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "background-task-ex";

interface Folders {
  from: string;
  to: string;
  rejected: string;
}

interface Position extends Folders {
  lastName: string;
  chunkSize: number;
  orders: number;
  setAside: string[];
}

interface Order {
  id: string;
  item: string;
  quantity: number;
  /** Per item, in cents. */
  price: number;
}

const CHUNK_SIZE = 16;

/**
 * THE IDEA: recovery. A chunk is imported as a whole, like a bulk insert into a database: one bad file spoils it, and the error does not
 * say which one. `changeActionParamsOnError` halves the chunk after each failure; a file that fails alone is set aside, and the rest
 * continues in chunks of full size.
 */
export class ImportOrderFiles extends BackgroundTaskExAction<Position> {
  /** Isolating one file of sixteen takes five failures: this is enough for two such files. */
  static readonly maxAttempts = 11;

  async changeActionParamsOnError() {
    const { params } = this;
    if (params.chunkSize > 1) {
      params.chunkSize = Math.ceil(params.chunkSize / 2);
      return true;
    }
    const [poisoned] = await this.remainingFiles();
    if (poisoned === undefined) return false;
    await mkdir(params.rejected, { recursive: true });
    await rename(join(params.from, poisoned), join(params.rejected, poisoned));
    params.setAside.push(poisoned);
    params.chunkSize = CHUNK_SIZE;
    return true;
  }

  async executeAction(deadline: Deadline) {
    const { params } = this;
    await mkdir(params.to, { recursive: true });
    const files = await this.remainingFiles();
    while (files.length > 0) {
      if (deadline.isReached()) return false;
      const chunk = files.splice(0, params.chunkSize);
      const imported = await this.importChunk(chunk);
      params.orders += imported;
      params.lastName = chunk.at(-1) ?? params.lastName;
      await this.checkpoint();
      this.reportProgress({ done: params.orders, message: "orders imported" });
    }
    this.task.message = `${params.orders} orders imported, set aside: ${params.setAside.join(", ") || "none"}`;
    return true;
  }

  async remainingFiles() {
    const names = await readdir(this.params.from);
    return names.filter((name) => name.endsWith(".jsonl") && name > this.params.lastName).sort();
  }

  /** Imports all files of the chunk, or none if one of them is bad. Returns the number of orders. */
  async importChunk(names: string[]) {
    const { from, to } = this.params;
    const texts = await Promise.all(names.map((name) => readFile(join(from, name), "utf8")));
    const imports = texts.map(parseOrders);
    for (const [index, orders] of imports.entries()) {
      const target = join(to, `${names[index]}.imported`);
      await writeFile(`${target}.tmp`, orders.map((order) => `${JSON.stringify(order)}\n`).join(""), { flush: true });
      await rename(`${target}.tmp`, target);
    }
    return imports.flat().length;
  }
}

function parseOrders(text: string) {
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => {
    const order: Order = JSON.parse(line);
    if (!(order.quantity > 0 && order.price >= 0)) throw new RangeError(`Order ${order.id} has an impossible quantity or price.`);
    return { ...order, total: order.quantity * order.price };
  });
}

export class ImportOrders extends BackgroundTaskEx<Folders> {
  createActions() {
    return [new ImportOrderFiles({ ...this.params, lastName: "", chunkSize: CHUNK_SIZE, orders: 0, setAside: [] })];
  }
}
