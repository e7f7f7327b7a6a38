import { BackgroundTaskExService } from "../../service/background-task-ex-service.ts";
import { JsonTaskStore } from "../../store/json-task-store.ts";
import type { CreateJob, JobResult } from "../channel/messages.ts";
import type { JobContext } from "../job-context.ts";
import { loadForJob } from "./load-for-job.ts";

/** Submits the task to the store's inbox, without the mutex. @throws InputError, StoreError, any error thrown by the author's methods */
export async function createTask(job: CreateJob, context: JobContext): Promise<JobResult> {
  const [store, { classes, problems }] = await Promise.all([
    JsonTaskStore.open(job.storeDirectory, { durability: job.durability }),
    loadForJob(job, context),
  ]);
  try {
    const service = BackgroundTaskExService.forWorker({ store, classes, loadProblems: problems.map((problem) => problem.message) });
    const { id } = await service.createTaskByName(job.class, job.params, {
      ...(job.name !== undefined && { name: job.name }),
      ...(job.type !== undefined && { type: job.type }),
    });
    return { kind: "created", id };
  } finally {
    await store.close();
  }
}
