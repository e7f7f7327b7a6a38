import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { ConfigError } from "./config-error.ts";
import { CONFIG_RULES, type Requirement, type WorkspaceConfig } from "./config-rules.ts";
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
    if (missed) {
      const { offset, value: at } = unmetAt(valueNode, value, missed);
      fail(offset, `${key} must be ${missed.expected}, not ${shortened(JSON.stringify(at))}.`);
    }
    config[key] = value;
  }
  return config as unknown as WorkspaceConfig;
}

/** The first item that does not meet a requirement of items, or else the whole value. */
function unmetAt(node: Node, value: unknown, { schema }: Requirement): { readonly offset: number; readonly value: unknown } {
  const { type, items } = schema;
  const index = Array.isArray(value) && type === undefined && items ? value.findIndex((item) => !isValid(item, items)) : -1;
  const item = node.children?.[index];
  return Array.isArray(value) && item ? { offset: item.offset, value: value[index] } : { offset: node.offset, value };
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
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
