// Works on a store and kills itself at the n-th thing it does to the files, half done where that is possible. Says what it was promised.
import * as fs from "node:fs";
import { JsonTaskStore } from "../../../server/store/index.ts";
import { creation, ending, sampleTask } from "../sample-records.ts";

const [directory = "", lastStep = ""] = process.argv.slice(2);
let step = 0;

function say(text: string): void {
  fs.writeSync(1, `${text}\n`);
}

/** Dies when it is time; before that, does the first half of a write. */
function doStep(half: () => void = () => {}): void {
  if (++step !== Number(lastStep)) return;
  half();
  process.kill(process.pid, "SIGKILL");
  // The signal may take a moment to arrive; nothing more may happen meanwhile.
  for (;;);
}

const CHANGING = ["writeFile", "rename", "link", "rm", "mkdir", "ftruncateSync", "fdatasyncSync", "fdatasync", "renameSync", "unlink"];

function dangerous<Target extends object>(target: Target): Target {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property);
      if (property === "promises") return dangerous(value as object);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (property === "writeSync") {
          const [fd, data, start, length, position] = args as [number, Uint8Array, number, number, number | null];
          doStep(() => fs.writeSync(fd, data, start, typeof length === "number" ? length >> 1 : undefined, position));
        } else if (CHANGING.includes(String(property))) doStep();
        const result: unknown = value.apply(object, args);
        return property === "open" ? (result as Promise<fs.promises.FileHandle>).then(dangerousHandle) : result;
      };
    },
  });
}

function dangerousHandle(handle: fs.promises.FileHandle): fs.promises.FileHandle {
  for (const method of ["writeFile", "appendFile", "datasync", "sync"] as const) {
    const original = handle[method].bind(handle) as (...args: unknown[]) => Promise<void>;
    Object.assign(handle, {
      [method]: (...args: unknown[]) => {
        doStep(() => {
          if (typeof args[0] === "string" || args[0] instanceof Uint8Array)
            fs.writeSync(handle.fd, Buffer.from(args[0] as string).subarray(0, 40));
        });
        return original(...args);
      },
    });
  }
  return handle;
}

const store = await JsonTaskStore.open(directory, { nodeFs: dangerous(fs) });
const writer = await store.acquire();
if (!writer) throw new Error("The mutex is not free.");
for (const { id, body } of await writer.takeRequests()) {
  if (body.kind !== "create") continue;
  writer.append({ ...creation(...body.tasks), request: id });
  await writer.flush();
  say("requested");
}
writer.append(creation(sampleTask({ id: "new" })));
await writer.flush();
say("new");
writer.append(ending("t0"));
await writer.flush();
say("t0 ended");
for (let round = 0; round < 40; round++) {
  writer.append({ changes: [{ kind: "change", id: "t1", set: { message: "x".repeat(100_000) } }] });
  await writer.flush({ durable: false });
}
await writer.release();
say("released");
await store.close();
