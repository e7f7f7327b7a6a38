import { BackgroundTaskExService } from "../../service/background-task-ex-service.ts";
import { MemoryTaskStore } from "../../store/memory-task-store.ts";
import type { DescribeJob, JobResult } from "../channel/messages.ts";
import type { JobContext } from "../job-context.ts";
import { loadForJob } from "./load-for-job.ts";

/** Describes what the task files of the workspace export. Does not touch stored tasks. */
export async function describe(job: DescribeJob, context: JobContext): Promise<JobResult> {
  const { classes, imports, problems } = await loadForJob(job, context);
  const service = BackgroundTaskExService.forWorker({ store: new MemoryTaskStore(), classes });
  return { kind: "described", description: { classes: service.describeClasses(job.occurrences), imports, problems } };
}
