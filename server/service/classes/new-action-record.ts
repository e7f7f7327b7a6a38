import type { AnyAction } from "../../authoring/index.ts";
import { toJsonText } from "../../authoring/json-text.ts";
import type { ActionRecord } from "../../store/index.ts";
import { type ClassRegistry, isUnusable } from "./class-registry.ts";

/**
 * Returns the record of an action constructed by the author.
 *
 * @param said the beginning of error messages, for example `createActions of Reindex returned`.
 * @throws TypeError if it is not an action, its class is not exported, or JSON cannot represent its params.
 */
export function newActionRecord(made: unknown, siblings: readonly ActionRecord[], registry: ClassRegistry, said: string): ActionRecord {
  const actionClass = typeof made === "object" && made !== null ? made.constructor : undefined;
  const known = actionClass ? registry.action(actionClass.name) : undefined;
  if (!known || !isAction(made)) throw new TypeError(`${said} ${describe(made)}, which is not an action.`);
  if (isUnusable(known))
    throw new TypeError(
      `${said} a ${actionClass?.name}, but that class cannot be found again: ${known.problem} Export it from a task file.`,
    );
  if (known !== actionClass) throw new TypeError(`${said} a ${known.name} whose class is not the one its task file exports.`);
  const position = siblings.length + 1;
  const { name = known.name, rank = siblings.reduce((highest, sibling) => Math.max(highest, sibling.rank), 0) + 1 } = made.options;
  if (!Number.isFinite(rank)) throw new TypeError(`${said} a ${known.name} whose rank is ${String(rank)}: a rank must be a finite number.`);
  const params = JSON.parse(toJsonText(made.params, `${known.name}.params`));
  return { id: `a${position}`, name: String(name), class: known.name, rank, params, attempt: 0, attempts: [] };
}

function isAction(value: unknown): value is AnyAction {
  return typeof value === "object" && value !== null && "options" in value && "executeAction" in value;
}

function describe(value: unknown): string {
  if (typeof value === "object" && value !== null) return `an object of class ${value.constructor?.name ?? "none"}`;
  return value === undefined ? "undefined" : (JSON.stringify(value) ?? typeof value);
}
