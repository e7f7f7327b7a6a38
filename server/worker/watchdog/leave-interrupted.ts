/** Records that the action this tick was executing did not fail: the next tick continues it as if it had paused. @throws StoreError */
export async function leaveInterrupted(storeDirectory: string, fence: number, durability?: "power" | "process"): Promise<void> {
  // Loaded on demand: before there is user code it would only delay that.
  const { JsonTaskStore } = await import("../../store/json-task-store.ts");
  const store = await JsonTaskStore.open(storeDirectory, durability ? { durability } : {});
  try {
    await store.submit({ kind: "interrupted", fence });
  } finally {
    await store.close();
  }
}
