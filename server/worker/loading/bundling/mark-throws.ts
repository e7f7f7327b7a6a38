import { decode, encode, type SourceMapMappings } from "@jridgewell/sourcemap-codec";
import { type Expression, type Program, parse } from "acorn";
import { simple } from "acorn-walk";
import { THROWN } from "../../error-capture/thrown-places.ts";

interface Insertion {
  readonly at: number;
  readonly text: string;
}

interface Module {
  readonly text: string;
  /** The text of its source map. */
  readonly map: string;
}

/**
 * Makes each `throw` of a value that may not be an error record its position (see `rememberThrownPlaces`), and keeps the source map exact.
 * Applied to the bundle, which is all JavaScript, rather than to the sources.
 */
export function markThrows(module: Module): Module {
  if (!/\bthrow\b(?! new\b)/.test(module.text)) return module;
  const insertions = insertionsFor(module.text);
  return insertions.length === 0 ? module : { text: inserted(module.text, insertions), map: shifted(module, insertions) };
}

function insertionsFor(text: string): Insertion[] {
  const program = parsed(text);
  if (!program) return [];
  const insertions: Insertion[] = [];
  simple(program, {
    ThrowStatement({ argument }) {
      if (argument.type === "NewExpression") return;
      insertions.push({ at: argument.start, text: `globalThis.${THROWN}((` });
      insertions.push({ at: argument.end, text: isAtHand(argument) ? "), true)" : "))" });
    },
  });
  return insertions.sort((a, b) => a.at - b.at);
}

/** `undefined` for syntax newer than the parser: the module is then used unchanged. */
function parsed(text: string): Program | undefined {
  try {
    return parse(text, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true });
  } catch {
    return undefined;
  }
}

function isAtHand(argument: Expression): boolean {
  if (argument.type === "SequenceExpression") return argument.expressions.slice(-1).every(isAtHand);
  return argument.type === "Identifier" || argument.type === "MemberExpression";
}

function inserted(text: string, insertions: readonly Insertion[]): string {
  let result = "";
  let copied = 0;
  for (const { at, text: added } of insertions) {
    result += text.slice(copied, at) + added;
    copied = at;
  }
  return result + text.slice(copied);
}

/** Insertions contain no line breaks: they only move what follows on the same line. */
function shifted({ text, map }: Module, insertions: readonly Insertion[]): string {
  const original: { readonly mappings: string } = JSON.parse(map);
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const mappings: SourceMapMappings = decode(original.mappings);
  let next = 0;
  for (const [line, segments] of mappings.entries()) {
    const start = lineStarts[line] ?? 0;
    const end = lineStarts[line + 1] ?? text.length + 1;
    const own: Insertion[] = [];
    for (let insertion = insertions[next]; insertion && insertion.at < end; insertion = insertions[++next]) own.push(insertion);
    if (own.length === 0) continue;
    for (const segment of segments) {
      const column = segment[0];
      for (const { at, text: added } of own) if (at - start <= column) segment[0] += added.length;
    }
  }
  return JSON.stringify({ ...original, mappings: encode(mappings) });
}
