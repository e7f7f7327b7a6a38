import { InputError } from "../service/index.ts";

/** The single argument that a command of the language server may be given. */
export interface CommandArguments {
  /** URI, path or name; optional if only one folder is open. */
  readonly folder?: string;
  /** Id or name. */
  readonly task?: string;
  readonly action?: string;
  readonly class?: string;
  readonly params?: unknown;
  /** The params to be replaced. */
  readonly before?: unknown;
  /** The kind of the renamed class; default `task`. */
  readonly kind?: "task" | "action";
  readonly from?: string;
  readonly to?: string;
  readonly name?: string;
  readonly type?: "interactive" | "cron";
  readonly limit?: number;
  /** Whether to run a tick of the task right away. */
  readonly tick?: boolean;
}

const TEXTS = ["folder", "task", "action", "class", "name", "from", "to"] as const;

/** @throws InputError naming the invalid argument. */
export function readArguments(command: string, given: readonly unknown[] | undefined): CommandArguments {
  const [value = {}, ...more] = given ?? [];
  // An empty Lua table becomes a list.
  const isNothing = value === null || (Array.isArray(value) && value.length === 0);
  if (!isNothing && (typeof value !== "object" || Array.isArray(value) || more.length > 0)) {
    throw new InputError(`${command} expects one object, such as { "task": "nightly" }, not ${JSON.stringify(given)}.`);
  }
  const args = (isNothing ? {} : value) as Record<string, unknown>;
  for (const key of TEXTS) check(args, key, (text) => typeof text === "string", "text");
  check(args, "type", (type) => type === "interactive" || type === "cron", '"interactive" or "cron"');
  check(args, "kind", (kind) => kind === "task" || kind === "action", '"task" or "action"');
  check(args, "tick", (isWanted) => typeof isWanted === "boolean", "true or false");
  check(args, "limit", (limit) => Number.isInteger(limit) && Number(limit) > 0, "a whole number greater than 0");
  return Object.fromEntries(Object.entries(args).filter(([, argument]) => argument !== null));

  function check(from: Record<string, unknown>, key: string, isFine: (argument: unknown) => boolean, expected: string): void {
    const argument = from[key];
    if (argument === undefined || argument === null || isFine(argument)) return;
    throw new InputError(`"${key}" of ${command} must be ${expected}, not ${JSON.stringify(argument)}.`);
  }
}

/** @throws InputError if it is missing. */
export function requiredText(args: CommandArguments, key: "task" | "class" | "from" | "to"): string {
  const value = args[key];
  if (value === undefined || value === "") throw new InputError(`Specify which ${key}: { "${key}": … } is missing.`);
  return value;
}
