// A holder that is killed with much garbage in the journal and with ended tasks that the history does not have yet.
import { JsonTaskStore } from "../../../server/store/index.ts";
import { creation, ending, sampleTask } from "../sample-records.ts";

const store = await JsonTaskStore.open(process.argv[2] ?? "");
const writer = await store.acquire();
if (!writer) throw new Error("The mutex is not free.");
writer.append(creation(sampleTask({ id: "gone" }), ...Array.from({ length: 10 }, (_, index) => sampleTask({ id: `t${index}` }))));
for (let round = 0; round < 20; round++) {
  writer.append({ changes: [{ kind: "change", id: "t1", set: { message: "x".repeat(100_000) } }] });
}
writer.append(ending("gone"));
await store.submit({ kind: "create", tasks: [sampleTask({ id: "requested" })] });
// The history follows what is durable, so it does not have that task yet.
await writer.flush({ durable: false });
process.kill(process.pid, "SIGKILL");
