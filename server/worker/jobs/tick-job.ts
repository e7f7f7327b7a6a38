import { BackgroundTaskExService } from "../../service/background-task-ex-service.ts";
import type { StoreWriter, TaskStore } from "../../store/index.ts";
import { JsonTaskStore } from "../../store/json-task-store.ts";
import type { JobResult, TickJob } from "../channel/messages.ts";
import { callUncaught } from "../debug/call-uncaught.ts";
import type { JobContext } from "../job-context.ts";
import { loadForJob } from "./load-for-job.ts";
import { observeTick } from "./tick-event-observer.ts";

/** @throws StoreError, InputError */
export async function tick(job: TickJob, context: JobContext): Promise<JobResult> {
  const startedAt = Date.now();
  const store = await JsonTaskStore.open(job.storeDirectory, { durability: job.durability });
  try {
    // In parallel: acquiring the mutex waits for the disk, loading is computation. Without the mutex there is no need to wait for the
    // classes.
    const loading = loadForJob(job, context);
    loading.catch(() => {});
    const openedFrom = Date.now();
    const writer = await store.acquire();
    const openingMs = Date.now() - openedFrom;
    if (!writer) return { kind: "ticked", report: { outcome: "locked", durationMs: Date.now() - startedAt, tasks: [] } };
    const loaded = await loading;
    const service = BackgroundTaskExService.forWorker({
      store: acquiredStore(store, writer),
      classes: loaded.classes,
      loadProblems: loaded.problems.map((problem) => problem.message),
      observer: observeTick(context, job.isDebugged === true),
      signal: context.signal,
      maxExecutionTime: job.maxExecutionTime,
      openingMs,
      lookedAt: new Set(job.lookedAt),
      captureError: context.captureError,
      ...(job.isDebugged && { callAuthor: callUncaught, isTimeSuspended: true }),
      ...(job.death && { death: job.death }),
      ...(job.interrupted !== undefined && { interrupted: job.interrupted }),
    });
    if (job.endTime !== undefined) service.setProcessEndTime(job.endTime);
    return { kind: "ticked", report: await service.processTasks(job.filter) };
  } finally {
    await store.close();
  }
}

/** The store with the mutex already acquired: the first caller of `acquire` gets it. */
function acquiredStore(store: TaskStore, writer: StoreWriter): TaskStore {
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
