import { TASK_STATUSES } from "./task-record.ts";

/** Why this version cannot use a stored value, as a message; `undefined` if it can. Unknown fields are kept unchanged. */
export function problemOfTask(task: unknown): string | undefined {
  if (!isObject(task)) return "it is not an object";
  for (const field of ["id", "name", "class", "message"]) {
    if (typeof task[field] !== "string") return `its ${field} is not a string`;
  }
  if (!isTimestamp(task.createdAt)) return "its createdAt is not a valid time";
  if (!Number.isInteger(task.ticks)) return "its number of ticks is not a number";
  if (task.params === undefined) return "it has no params";
  if (!Array.isArray(task.actions)) return "its actions are not a list";
  return problemOfTaskFields(task) ?? first(task.actions, problemOfAction);
}

/** Checks the fields that a change sets. */
export function problemOfTaskFields(fields: unknown): string | undefined {
  if (!isObject(fields)) return "it is not an object";
  const { status, type, currentAction } = fields;
  for (const field of ["name", "class"]) if (field in fields && typeof fields[field] !== "string") return `its ${field} is not a string`;
  if ("status" in fields && !(TASK_STATUSES as readonly unknown[]).includes(status)) return `its status ${shown(status)} is not known`;
  if ("type" in fields && type !== "interactive" && type !== "cron") return `its type ${shown(type)} is not known`;
  if (currentAction !== undefined && currentAction !== null && typeof currentAction !== "string") return "its currentAction is not an id";
  return undefined;
}

export function problemOfAction(action: unknown): string | undefined {
  if (!isObject(action)) return "an action is not an object";
  for (const field of ["id", "name", "class"]) {
    if (typeof action[field] !== "string") return `the ${field} of an action is not a string`;
  }
  if (!Number.isFinite(action.rank)) return "the rank of an action is not a number";
  if (action.params === undefined) return "an action has no params";
  return "attempts" in action ? problemOfActionFields(action) : "an action has no list of attempts";
}

const OUTCOMES: readonly unknown[] = [undefined, "finished", "failed", "dropped", "cancelled", "not-started"];

export function problemOfActionFields(fields: unknown): string | undefined {
  if (!isObject(fields)) return "an action is not an object";
  for (const field of ["name", "class"]) {
    if (field in fields && typeof fields[field] !== "string") return `the ${field} of an action is not a string`;
  }
  if ("attempts" in fields && !(Array.isArray(fields.attempts) && fields.attempts.every(isObject)))
    return "the attempts of an action are not a list";
  if ("edits" in fields && !(Array.isArray(fields.edits) && fields.edits.every(isObject))) return "the edits of an action are not a list";
  if ("attempt" in fields && !Number.isInteger(fields.attempt)) return "the attempt of an action is not a number";
  if ("idlePauses" in fields && !Number.isInteger(fields.idlePauses)) return "the number of idle pauses of an action is not a number";
  return OUTCOMES.includes(fields.outcome) ? undefined : `the outcome ${shown(fields.outcome)} of an action is not known`;
}

export function first<Item>(items: readonly Item[], problemOf: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem) return problem;
  }
  return undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isTimestamp(value: unknown): boolean {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? "undefined";
}
