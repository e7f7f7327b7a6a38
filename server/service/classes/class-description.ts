import type { Schedule } from "../../authoring/index.ts";
import type { ClassRegistry, ProcessClass } from "./class-registry.ts";
import { type RetryPlan, retryPlanOf } from "./retry-plan.ts";
import { scheduledParamsProblem } from "./scheduled-params.ts";
import { askOccurrence, upcomingOccurrences } from "./upcoming-occurrences.ts";

/** A class described for users: plain data that can cross a process boundary. */
export interface ClassDescription extends Partial<RetryPlan> {
  readonly kind: "task" | "action" | "process";
  readonly name: string;
  /** Absolute path of the task file. */
  readonly file?: string;
  /** The schedule as text. */
  readonly schedule?: string;
  /** ISO 8601; `null`: never. Inside an open window, the time of the description. */
  readonly nextOccurrence?: string | null;
  /** ISO 8601: up to five future times, or as many as were asked for, in order. For a schedule with windows, when they open. */
  readonly nextOccurrences?: readonly string[];
  /** IANA name of the time zone the schedule uses, if it has one. */
  readonly timeZone?: string;
  /** For a task class: the names of its `static actions`. */
  readonly actions?: readonly string[];
  /** Why it cannot be used. */
  readonly problem?: string;
}

export function describeClasses(registry: ClassRegistry, now: number, occurrences?: number): ClassDescription[] {
  const shared = new Map(registry.duplicates().map(({ name, problem }) => [name, problem]));
  return [...registry.all()].map(({ kind, class: described, file }) => {
    const common = { kind, name: described.name, ...(file ? { file } : {}), ...problemOf(shared.get(described.name)) };
    if ("maxAttempts" in described) return { ...common, ...retryPlanOf(described) };
    if ("actions" in described) {
      const actions = described.actions.map((action) => (action as { readonly name: string }).name);
      const scheduled = described.schedule && {
        ...problemOf(scheduledParamsProblem(described)),
        ...scheduleOf(described.schedule, now, occurrences),
      };
      return { ...common, actions, ...scheduled };
    }
    return { ...common, ...scheduleOfProcess(described, now, occurrences) };
  });
}

function scheduleOf(schedule: Schedule, now: number, occurrences?: number): Partial<ClassDescription> {
  try {
    const next = askOccurrence(schedule, now);
    const { timeZone } = schedule;
    return {
      schedule: schedule.describe?.() ?? "custom schedule",
      nextOccurrence: next === null ? null : iso(next),
      nextOccurrences: upcomingOccurrences(schedule, now, occurrences).map(iso),
      ...(isTimeZone(timeZone) && { timeZone }),
    };
  } catch (error) {
    return problemOf(`Its schedule throws: ${String(error)}`);
  }
}

function scheduleOfProcess(processClass: ProcessClass, now: number, occurrences?: number): Partial<ClassDescription> {
  try {
    return scheduleOf(new processClass(), now, occurrences);
  } catch (error) {
    return problemOf(`It cannot be constructed without parameters: ${String(error)}`);
  }
}

/** Consumers format times in this zone, but a user-defined schedule may return anything. */
function isTimeZone(name: unknown): name is string {
  if (typeof name !== "string") return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}

function problemOf(problem: string | undefined): Partial<ClassDescription> {
  return problem === undefined ? {} : { problem };
}
