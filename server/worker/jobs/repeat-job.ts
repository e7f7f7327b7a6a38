import { repeatCall } from "../../service/repeat/repeat-call.ts";
import type { JobResult, RepeatJob } from "../channel/messages.ts";
import { callUncaught } from "../debug/call-uncaught.ts";
import type { JobContext } from "../job-context.ts";
import { loadForJob } from "./load-for-job.ts";

/** @throws InputError; StoreError if the built task files cannot be saved */
export async function repeat(job: RepeatJob, context: JobContext): Promise<JobResult> {
  const { classes, problems } = await loadForJob(job, context);
  const call = await repeatCall(job, {
    classes,
    loadProblems: problems.map(({ message }) => message),
    budget: job.maxExecutionTime,
    clock: { now: Date.now },
    signal: context.signal,
    callAuthor: callUncaught,
    captureError: context.captureError,
  });
  return { kind: "repeated", call };
}
