import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../../authoring/index.ts";
import { pathStep } from "../../../authoring/value-path.ts";
import { shortText } from "../../../words/short-text.ts";
import type { Wording } from "../../../words/wording.ts";
import { code, type Inline } from "../markup/block.ts";

const MOST_CHANGES = 8;
const MOST_CHARACTERS = 60;

/** A changed value; `undefined`: missing. */
export interface ParamsChange {
  /** In JavaScript syntax, such as `files[0].name`; empty for the whole value. */
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** The differences, as deep as possible. Arrays of different lengths differ as a whole. */
export function paramsChanges(before: Json, after: Json): readonly ParamsChange[] {
  return changesAt("", before, after).map(({ path, ...change }) => ({ path: path.replace(/^\./, ""), ...change }));
}

/** Formats on one line, such as `size 64 → 32, names[3] added: "d"`; empty if nothing changed. */
export function changesInline(changes: readonly ParamsChange[], { t }: Wording): Inline[] {
  const told = changes.slice(0, MOST_CHANGES).flatMap((change, index) => [...(index > 0 ? [", "] : []), ...changeInline(change)]);
  const left = changes.length - MOST_CHANGES;
  return left > 0 ? [...told, t(" and {0} more", left)] : told;

  function changeInline({ path, before, after }: ParamsChange): Inline[] {
    const name: Inline[] = path === "" ? [] : [code(shortText(path, MOST_CHARACTERS)), " "];
    if (before === undefined) return [...name, t("added: "), value(after)];
    if (after === undefined) return [...name, t("removed, was "), value(before)];
    return [...name, value(before), " → ", value(after)];
  }
}

function value(json: Json | undefined): Inline {
  return code(shortText(JSON.stringify(json ?? null), MOST_CHARACTERS));
}

function changesAt(path: string, before: Json | undefined, after: Json | undefined): ParamsChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isArray(before) && isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => changesAt(`${path}${pathStep(index)}`, item, after[index]));
  }
  if (!isObject(before) || !isObject(after)) return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => changesAt(`${path}${pathStep(key)}`, own(before, key), own(after, key)));
}

type JsonObject = { readonly [key: string]: Json };

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isArray(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
