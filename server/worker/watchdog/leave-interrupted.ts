/** Leaves word that what this tick was executing did not fail: the next tick goes on with it as if it had paused. @throws StoreError */
export async function leaveInterrupted(storeDirectory: string, fence: number, durability?: "power" | "process"): Promise<void> {
  // Loaded when it is needed: before there is user code it would only hold that up.
  const { JsonTaskStore } = await import("../../store/json-task-store.ts");
  const store = await JsonTaskStore.open(storeDirectory, durability ? { durability } : {});
  try {
    await store.submit({ kind: "interrupted", fence });
  } finally {
    await store.close();
  }
}
