import { HOST } from "../../authoring/brand.ts";
import type { AnyAction } from "../../authoring/index.ts";
import { changedTask, type ErrorRecord } from "../../store/index.ts";
import { ClassRegistry, isUnusable } from "../classes/class-registry.ts";
import { InputError } from "../input-error.ts";
import type { CallAuthor, Clock, ExportedClass } from "../service-options.ts";
import { ExecutionHost, type ExecutionServices, MethodHost } from "../tick/action-hosts.ts";
import { callExecute, callInit, callRecovery } from "../tick/author-calls.ts";
import { ProgressReport } from "../tick/progress-report.ts";
import type { TaskDeadline } from "../tick/task-deadline.ts";
import { SuspendedDeadline } from "../tick/task-deadline.ts";
import { TaskSession } from "../tick/task-session.ts";
import type { FailedAttempt, FailedCall } from "./failed-attempt.ts";

export interface RepeatOptions {
  readonly classes: readonly ExportedClass[];
  /** Messages about task files that failed to load. */
  readonly loadProblems: readonly string[];
  /** Milliseconds that the deadline always has left. */
  readonly budget: number;
  readonly clock: Clock;
  /** Aborts when the call should stop. */
  readonly signal: AbortSignal;
  readonly callAuthor: CallAuthor;
  readonly captureError: (thrown: unknown) => ErrorRecord;
}

/** The result of a repeated call. */
export type RepeatedCall =
  | { readonly outcome: "failed"; readonly error: ErrorRecord }
  /** `goes-on`: the next method would be called now. `gives-up`: the action would be dropped. */
  | { readonly outcome: "finished" | "paused" | "goes-on" | "gives-up" };

/**
 * Repeats one call of one of the author's methods, and no other. Stores nothing: whatever is saved is kept in memory.
 *
 * @throws InputError if a required class cannot be used.
 */
export async function repeatCall({ task, call }: Pick<FailedAttempt, "task" | "call">, options: RepeatOptions): Promise<RepeatedCall> {
  const { clock, signal, budget, callAuthor, captureError } = options;
  const session = openSession(task, call, options);
  const deadline = new SuspendedDeadline(budget, clock);
  const stop = () => deadline.stop("tick-cancelled");
  signal.addEventListener("abort", stop, { once: true });
  try {
    if (call.method === "getNextAction") {
      session.adopt(await callAuthor(() => session.instance.getNextAction()));
      session.takeUnsaved(null);
      return { outcome: "goes-on" };
    }
    const { instance } = session.action(call.action);
    const answer = await callAuthor(preparedCall(instance, call, { session, deadline, clock }));
    // Refuses params that JSON cannot represent, as at every save.
    session.takeUnsaved(call.action);
    if (call.method === "executeAction") return { outcome: answer ? "finished" : "paused" };
    return { outcome: answer ? "goes-on" : "gives-up" };
  } catch (thrown) {
    return { outcome: "failed", error: captureError(thrown) };
  } finally {
    signal.removeEventListener("abort", stop);
    deadline.dispose();
  }
}

/** Includes only those other actions whose classes still exist: nothing is asked of them. */
function openSession(task: FailedAttempt["task"], call: FailedCall, { classes, loadProblems }: RepeatOptions): TaskSession {
  const registry = new ClassRegistry(classes, loadProblems);
  const actions = task.actions.filter(
    ({ id, outcome, class: name }) =>
      (call.method !== "getNextAction" && id === call.action) || outcome !== undefined || !isUnusable(registry.action(name)),
  );
  const session = TaskSession.open({ ...task, actions }, registry);
  if (session instanceof TaskSession) return session;
  throw new InputError(session.problem);
}

interface CallScope {
  readonly session: TaskSession;
  readonly deadline: TaskDeadline;
  readonly clock: Clock;
}

function preparedCall(
  action: AnyAction,
  call: Exclude<FailedCall, { readonly method: "getNextAction" }>,
  { session, deadline, clock }: CallScope,
): () => boolean | Promise<boolean> {
  if (call.method === "executeAction") {
    const host = new ExecutionHost(call.action, session.instance, deadline, inMemory(session, clock));
    action[HOST] = host;
    return () => callExecute(action, deadline, host);
  }
  action[HOST] = new MethodHost(call.action, session.instance, deadline, call.method);
  return call.method === "changeActionParamsOnError" ? () => callRecovery(action, call.error) : () => callInit(action);
}

function inMemory(session: TaskSession, clock: Clock): ExecutionServices {
  const ignore = () => {};
  return {
    checkpoint: async (id) => session.follow(changedTask(session.record, session.takeUnsaved(id))),
    progressReport: () => new ProgressReport(clock, ignore, ignore),
  };
}
