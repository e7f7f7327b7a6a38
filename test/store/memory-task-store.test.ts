import { MemoryTaskStore } from "../../server/store/index.ts";
import { describeTaskStoreContract } from "./task-store-contract.ts";

describe("MemoryTaskStore", () => {
  describeTaskStoreContract(async () => {
    const store = new MemoryTaskStore();
    return { open: async () => store, remove: async () => {} };
  });
});
