import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { getNodeValue, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { ConfigError } from "./config-error.ts";
import { CONFIG_RULES, type WorkspaceConfig } from "./config-rules.ts";
import { DEFAULT_INCLUDE } from "./task-file-patterns.ts";
import { isValid } from "./value-schema.ts";

export const CONFIG_FILE_NAME = "background-tasks.config.json";

/**
 * Reads `background-tasks.config.json` of a workspace folder: JSON with comments and trailing commas. Without the file, the defaults apply.
 *
 * @throws ConfigError if the file cannot be read or is invalid.
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
    if (!Object.hasOwn(CONFIG_RULES, key)) fail(keyNode.offset, `unknown setting ${JSON.stringify(key)}.${suggestion(key)}`);
    const value: unknown = getNodeValue(valueNode);
    const missed = CONFIG_RULES[key as keyof typeof CONFIG_RULES].requirements.find(({ schema }) => !isValid(value, schema));
    if (missed) fail(valueNode.offset, `${key} must be ${missed.expected}, not ${JSON.stringify(value)}.`);
    config[key] = value;
  }
  return config as unknown as WorkspaceConfig;
}

function suggestion(key: string): string {
  const known = Object.keys(CONFIG_RULES);
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
