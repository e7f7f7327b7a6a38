/**
 * Characters that a terminal or an editor obeys instead of showing them, or shows nothing for: controls (C0, C1, DEL), line separators,
 * bidirectional and other format characters, halves of surrogate pairs. Joiners and variation selectors are not among them: they are part
 * of ordinary words and emoji.
 */
const UNSAFE = /(?!\u200c|\u200d|\p{Variation_Selector})[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
/** Most texts: they cost only this test. */
const SAFE = /^[ -~]*$/;
const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Shows such characters as escapes, for example `\x1b` and `\u202e`. Those in `kept` stay as they are. */
export function visibleText(text: string, kept = ""): string {
  return SAFE.test(text) ? text : text.replace(UNSAFE, (character) => (kept.includes(character) ? character : escapeOf(character)));
}

/** Escape sequences that only set colours, which messages honestly contain: they are made for a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one.
export const COLORS = /\u001b\[[\d;:]*m/g;

/** Escapes them in the text of a JSON document, which keeps its value. */
export function visibleJson(json: string): string {
  if (SAFE.test(json)) return json;
  return json.replace(UNSAFE, (character) => (character === "\n" ? character : character.split("").map(unitEscape).join("")));
}

function escapeOf(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code <= 0xffff ? unitEscape(character) : `\\u{${code.toString(16)}}`;
}

function unitEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
