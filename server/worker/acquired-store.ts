import type { StoreWriter, TaskStore } from "../store/index.ts";

/** The store, with the mutex taken already: whoever asks for it first is given it. */
export function acquiredStore(store: TaskStore, writer: StoreWriter): TaskStore {
  let held: StoreWriter | null = writer;
  return {
    acquire: async () => {
      const given = held;
      held = null;
      return given;
    },
    read: () => store.read(),
    submit: (body) => store.submit(body),
    history: (options) => store.history(options),
    watch: (onChange) => store.watch(onChange),
    close: () => store.close(),
  };
}
