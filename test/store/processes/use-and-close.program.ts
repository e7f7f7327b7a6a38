// Does everything that opens handles, closes the store, and must then end by itself. With "leave open" it does not even close.
import { JsonTaskStore } from "../../../server/store/index.ts";
import { creation, sampleTask } from "../sample-records.ts";

const [directory = "", leaveOpen] = process.argv.slice(2);
const store = await JsonTaskStore.open(directory);
store.watch(() => {});
const writer = await store.acquire();
writer?.onRequest(() => {});
writer?.append(creation(sampleTask()));
await writer?.flush();
await store.submit({ kind: "pause", task: "a" });
await store.read();
await store.history();
if (leaveOpen === undefined) await store.close();
console.log("end of the program");
