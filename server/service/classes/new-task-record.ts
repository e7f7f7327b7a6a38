import { randomBytes } from "node:crypto";
import type { TaskType } from "../../authoring/index.ts";
import { toJsonText } from "../../authoring/json-text.ts";
import type { ActionRecord, TaskRecord } from "../../store/index.ts";
import { InputError } from "../input-error.ts";
import { timestamp } from "../machine/timestamp.ts";
import { overridesCreateActions } from "./action-policy.ts";
import { type ClassRegistry, isActionClass, type TaskClass } from "./class-registry.ts";
import { newActionRecord } from "./new-action-record.ts";
import { type Validation, validateParams } from "./params-schema.ts";

export interface CreateTaskOptions {
  /** Display name, also usable instead of the id if it is unique. Default: the class name. */
  readonly name?: string;
  /** Default `cron`. */
  readonly type?: TaskType;
}

/** In characters. */
const MAXIMUM_NAME_LENGTH = 200;

/**
 * Returns the record of a new task: params validated by the class's schema, actions created by `createActions` or from `static actions`.
 *
 * @throws InputError if the params are invalid; any error thrown by the author's `createActions`.
 */
export async function newTaskRecord(
  taskClass: TaskClass,
  givenParams: unknown,
  { name = taskClass.name, type = "cron" }: CreateTaskOptions,
  registry: ClassRegistry,
  now: number,
): Promise<TaskRecord> {
  if (type !== "cron" && type !== "interactive")
    throw new InputError(`A task's type must be "interactive" or "cron", not ${JSON.stringify(type)}.`);
  if (typeof name !== "string" || name.trim() === "")
    throw new InputError(`A task's name must be a non-empty string, not ${JSON.stringify(name)}.`);
  if (name.length > MAXIMUM_NAME_LENGTH) {
    throw new InputError(
      `A task's name may have at most ${MAXIMUM_NAME_LENGTH} characters, and this one has ${name.length}. Put the rest into its params.`,
    );
  }
  const params = await acceptedParams(taskClass, givenParams);
  return {
    id: newTaskId(now),
    name,
    class: taskClass.name,
    type,
    status: "created",
    message: "",
    params: JSON.parse(params),
    createdAt: timestamp(now),
    currentAction: null,
    actions: await newActions(taskClass, params, registry),
    ticks: 0,
  };
}

/**
 * Returns the JSON text of the params, after the schema if there is one; a promise only if that one is asynchronous.
 *
 * @throws InputError; any error thrown by the schema.
 */
export function acceptedParams(taskClass: TaskClass, given: unknown): string | Promise<string> {
  const accepted = taskClass.params === undefined ? { value: given } : validateParams(taskClass.params, given);
  return "then" in accepted ? accepted.then((settled) => textOf(settled, taskClass)) : textOf(accepted, taskClass);
}

function textOf(accepted: Validation, taskClass: TaskClass): string {
  if ("issues" in accepted) {
    throw new InputError(
      `The params of ${taskClass.name} do not match its schema:\n${accepted.issues.map((issue) => `  - ${issue}`).join("\n")}`,
    );
  }
  if (typeof accepted.value !== "object" || accepted.value === null || Array.isArray(accepted.value)) {
    throw new InputError(`The params of ${taskClass.name} must be a JSON object, not ${JSON.stringify(accepted.value)}.`);
  }
  try {
    return toJsonText(accepted.value, "params");
  } catch (error) {
    throw new InputError(`The params of ${taskClass.name} cannot be stored: ${(error as Error).message}`, { cause: error });
  }
}

async function newActions(taskClass: TaskClass, params: string, registry: ClassRegistry): Promise<readonly ActionRecord[]> {
  const task = new taskClass(JSON.parse(params));
  const isOverridden = overridesCreateActions(task);
  const made: readonly unknown[] = isOverridden ? await task.createActions() : instancesOf(taskClass, params);
  const said = isOverridden ? `createActions of ${taskClass.name} returned` : `static actions of ${taskClass.name} contains`;
  if (!Array.isArray(made)) throw new TypeError(`${said} something that is not a list of actions.`);
  const records: ActionRecord[] = [];
  for (const action of made) records.push(newActionRecord(action, records, registry, said));
  return records;
}

function instancesOf(taskClass: TaskClass, params: string): unknown[] {
  if (!Array.isArray(taskClass.actions)) throw new TypeError(`static actions of ${taskClass.name} must be a list of action classes.`);
  return taskClass.actions.map((actionClass: unknown) => {
    if (!isActionClass(actionClass))
      throw new TypeError(`static actions of ${taskClass.name} contains something that is not an action class.`);
    return new actionClass(JSON.parse(params));
  });
}

const ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Generates an id: short enough to type, and later ids sort after earlier ones. Nine characters of time, six random ones. */
function newTaskId(now: number): string {
  let time = "";
  for (let rest = now, i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = ID_ALPHABET.charAt(rest % 32) + time;
  let chance = "";
  for (const byte of randomBytes(6)) chance += ID_ALPHABET.charAt(byte % 32);
  return `${time}-${chance}`;
}
