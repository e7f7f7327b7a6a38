import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import type { Json } from "../../authoring/index.ts";
import { InputError } from "../../service/input-error.ts";

/**
 * Reads params given as JSON, `@file`, or `-` for standard input.
 *
 * @throws InputError with the position if they are not valid JSON, or if the file cannot be read.
 */
export async function readParams(argument: string, stdin: NodeJS.ReadableStream = process.stdin): Promise<Json> {
  if (argument === "-") return parseParams(await text(stdin), "on standard input");
  if (!argument.startsWith("@")) return parseParams(argument, "in --params");
  const file = resolve(argument.slice(1));
  try {
    return await parseParams(await readFile(file, "utf8"), `in ${file}`);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`Cannot read the params file ${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function parseParams(text: string, where: string): Promise<Json> {
  // Some editors and shells prepend a byte order mark.
  const json = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(json);
  } catch (error) {
    const { locateJsonError } = await import("./json-position.ts");
    throw new InputError(`The params ${where} are not valid JSON: ${locateJsonError(json)}`, { cause: error });
  }
}
