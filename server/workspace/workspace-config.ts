import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { getNodeValue, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { ConfigError } from "./config-error.ts";
import { DEFAULT_INCLUDE } from "./task-file-patterns.ts";

export const CONFIG_FILE_NAME = "background-tasks.config.json";

/** What a workspace folder says of its tasks. Where it says nothing, whoever asks has a default of its own. */
export interface WorkspaceConfig {
  /** Glob patterns of task files, relative to the folder; those that begin with `!` take files away. */
  readonly include: readonly string[];
  /** Seconds a tick may take. */
  readonly maxExecutionTime?: number;
  /** Seconds a worker that is still busy after the deadline is left alone. */
  readonly grace?: number;
  readonly durability?: "power" | "process";
  /** How serious the findings of checks are, by the code of the check. */
  readonly checks?: Readonly<Record<string, CheckSeverity>>;
}

export const CHECK_SEVERITIES = ["error", "warning", "information", "off"] as const;
export type CheckSeverity = (typeof CHECK_SEVERITIES)[number];

type Check = (value: unknown) => string | undefined;

/** What each key must be, in words, when a value is not that. */
const CHECKS: { readonly [Key in keyof Required<WorkspaceConfig>]: Check } = {
  include: (value) => {
    const isPatterns = Array.isArray(value) && value.length > 0 && value.every((pattern) => typeof pattern === "string" && pattern !== "");
    if (!isPatterns) return `a list of glob patterns, such as ${JSON.stringify(DEFAULT_INCLUDE)}`;
    return value.every((pattern) => pattern.startsWith("!")) ? "a list with at least one pattern that does not begin with !" : undefined;
  },
  maxExecutionTime: (value) => (typeof value === "number" && value > 0 ? undefined : "a number of seconds greater than 0"),
  grace: (value) => (typeof value === "number" && value >= 0 ? undefined : "a number of seconds, 0 or more"),
  durability: (value) => (value === "power" || value === "process" ? undefined : '"power" or "process"'),
  checks: (value) => {
    const isSeverities =
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((severity) => CHECK_SEVERITIES.includes(severity));
    return isSeverities ? undefined : 'codes of checks with "error", "warning", "information" or "off", such as { "equal-ranks": "off" }';
  },
};

/**
 * Reads `background-tasks.config.json` of a workspace folder: JSON, comments and trailing commas allowed. Without the file everything
 * is as by default.
 *
 * @throws ConfigError when the file cannot be read or says something that has no meaning.
 */
export function readWorkspaceConfig(workspace: string): WorkspaceConfig {
  const file = join(workspace, CONFIG_FILE_NAME);
  const text = readText(file);
  return text === undefined ? { include: DEFAULT_INCLUDE } : parseConfig(text, file);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ConfigError(`${CONFIG_FILE_NAME} cannot be read: ${(error as Error).message}`, { file }, { cause: error });
  }
}

function parseConfig(text: string, file: string): WorkspaceConfig {
  const fail = (offset: number, problem: string): never => {
    const place = positionAt(text, offset);
    throw new ConfigError(`${CONFIG_FILE_NAME}:${place.line}:${place.column}: ${problem}`, { file, ...place });
  };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [syntaxError] = errors;
  if (syntaxError) fail(syntaxError.offset, `not valid JSON (${inWords(syntaxError)}).`);
  if (root?.type !== "object") return fail(root?.offset ?? 0, 'expected an object, such as { "maxExecutionTime": 30 }.');

  const config: Record<string, unknown> = { include: DEFAULT_INCLUDE };
  for (const [keyNode, valueNode] of (root.children ?? []).map((property) => property.children ?? [])) {
    if (!keyNode || !valueNode) continue;
    const key = String(keyNode.value);
    if (key === "$schema") continue;
    if (!Object.hasOwn(CHECKS, key)) fail(keyNode.offset, `unknown setting ${JSON.stringify(key)}.${suggestion(key)}`);
    const value: unknown = getNodeValue(valueNode);
    const expected = CHECKS[key as keyof typeof CHECKS](value);
    if (expected) fail(valueNode.offset, `${key} must be ${expected}, not ${JSON.stringify(value)}.`);
    config[key] = value;
  }
  return config as unknown as WorkspaceConfig;
}

function suggestion(key: string): string {
  const known = Object.keys(CHECKS);
  const nearest = closest(key, known);
  return distance(key.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, key.length / 3)
    ? ` Did you mean ${nearest}?`
    : ` Available settings: ${known.join(", ")}.`;
}

function inWords({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
}

function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
