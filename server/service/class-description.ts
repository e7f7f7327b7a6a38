import type { ClassRegistry } from "./class-registry.ts";

/** What people are told of a class: plain data, fit to cross a process boundary. */
export interface ClassDescription {
  readonly kind: "task" | "action" | "process";
  readonly name: string;
  /** Absolute path of the task file. */
  readonly file?: string;
  /** The schedule in words. */
  readonly schedule?: string;
  /** ISO 8601; `null`: never. */
  readonly nextOccurrence?: string | null;
  /** Of a task class: the names of its `static actions`. */
  readonly actions?: readonly string[];
  readonly maxAttempts?: number;
  /** Why it cannot be used as it is. */
  readonly problem?: string;
}

export function describeClasses(registry: ClassRegistry, now: Date): ClassDescription[] {
  const shared = new Map(registry.duplicates().map(({ name, problem }) => [name, problem]));
  return [...registry.all()].map(({ kind, class: described, file }) => {
    const common = { kind, name: described.name, ...(file ? { file } : {}), ...problemOf(shared.get(described.name)) };
    if ("maxAttempts" in described) return { ...common, maxAttempts: described.maxAttempts };
    if ("actions" in described) {
      const actions = described.actions.map((action) => (action as { readonly name: string }).name);
      return { ...common, actions, ...scheduleOf(described.schedule, now) };
    }
    return { ...common, ...occurrenceOfProcess(described as new () => { getNextOccurrence(now: Date): Date | null }, now) };
  });
}

function scheduleOf(
  schedule: { getNextOccurrence(now: Date): Date | null; describe?(): string } | undefined,
  now: Date,
): Partial<ClassDescription> {
  if (!schedule) return {};
  try {
    return {
      schedule: schedule.describe?.() ?? "its own schedule",
      nextOccurrence: schedule.getNextOccurrence(now)?.toISOString() ?? null,
    };
  } catch (error) {
    return problemOf(`Its schedule throws: ${String(error)}`);
  }
}

function occurrenceOfProcess(processClass: new () => { getNextOccurrence(now: Date): Date | null }, now: Date): Partial<ClassDescription> {
  try {
    return scheduleOf(new processClass(), now);
  } catch (error) {
    return problemOf(`It cannot be made without parameters: ${String(error)}`);
  }
}

function problemOf(problem: string | undefined): Partial<ClassDescription> {
  return problem === undefined ? {} : { problem };
}
