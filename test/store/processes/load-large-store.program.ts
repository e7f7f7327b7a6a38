// Opens a store and says how long reading it took, and how much memory that needs.
import { JsonTaskStore } from "../../../server/store/index.ts";

const store = await JsonTaskStore.open(process.argv[2] ?? "");
const start = performance.now();
const { tasks } = await store.read();
const milliseconds = performance.now() - start;
globalThis.gc?.();
console.log(JSON.stringify({ tasks: tasks.length, milliseconds, megabytes: process.memoryUsage().rss / 1e6 }));
await store.close();
