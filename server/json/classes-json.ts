import type { ClassDescription } from "../service/classes/class-description.ts";

/** The output of `classes --json`. */
export interface ClassesJson {
  readonly classes: readonly ClassJson[];
}

export interface ClassJson {
  readonly name: string;
  readonly kind: "task" | "action" | "process";
  /** Absolute path of the task file. */
  readonly file: string | null;
  /** 1-based; of the declaration, or of the file's start if that was not found. */
  readonly line: number | null;
  /** Of a task class: the names of its `static actions`. */
  readonly actions?: readonly string[];
  /** As text. */
  readonly schedule?: string;
  /** IANA name, if the schedule has a time zone. */
  readonly timeZone?: string;
  /** The next times, in order; inside an open window, without its start. */
  readonly next?: readonly string[];
  /** The occurrence has come, or a window is open. */
  readonly isDue?: true;
  readonly problem?: string;
}

/** The output of `schedules --json`. */
export interface SchedulesJson {
  readonly schedules: readonly ClassJson[];
}

/** A class with the line of its declaration. */
export interface LocatedClass extends ClassDescription {
  readonly line?: number;
}

export function toClassJson(described: LocatedClass, now: number): ClassJson {
  const { name, kind, file, line, actions, schedule, timeZone, nextOccurrence, nextOccurrences, problem } = described;
  return {
    name,
    kind,
    file: file ?? null,
    line: line ?? null,
    ...(actions && { actions }),
    ...(schedule !== undefined && { schedule }),
    ...(timeZone !== undefined && { timeZone }),
    ...(nextOccurrences && { next: nextOccurrences }),
    ...(nextOccurrence && Date.parse(nextOccurrence) <= now && { isDue: true as const }),
    ...(problem !== undefined && { problem }),
  };
}
