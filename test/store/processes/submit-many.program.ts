// Submits one request after the other until it is killed. Says each that was accepted.
import { JsonTaskStore } from "../../../server/store/index.ts";
import { sampleTask } from "../sample-records.ts";

const [directory = "", name = ""] = process.argv.slice(2);
const store = await JsonTaskStore.open(directory);
for (let index = 0; ; index++) {
  const id = `${name}${index}`;
  await store.submit({ kind: "create", tasks: [sampleTask({ id })] });
  console.log(id);
}
