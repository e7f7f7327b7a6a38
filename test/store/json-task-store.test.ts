import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Durability, JsonTaskStore } from "../../server/store/index.ts";
import { describeTaskStoreContract } from "./task-store-contract.ts";

for (const durability of ["power", "process"] satisfies Durability[]) {
  describe(`JsonTaskStore, durability "${durability}"`, () => {
    describeTaskStoreContract(async () => {
      const directory = await mkdtemp(join(tmpdir(), "background-tasks-store-"));
      return {
        open: () => JsonTaskStore.open(directory, { durability }),
        remove: () => rm(directory, { recursive: true, force: true, maxRetries: 5 }),
      };
    });
  });
}
