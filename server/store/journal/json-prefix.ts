type Expected = "value" | "first-value" | "key" | "first-key" | "colon" | "comma";

const LITERAL = /^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const LITERAL_PREFIX = /^(?:t|tr|tru|true|f|fa|fal|fals|false|n|nu|nul|null|-?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d*)?)?)$/;
const LITERAL_BYTES = /[-+.\w]/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/** True if an object or list, written as `JSON.stringify` does, may begin with `bytes` and is longer. */
export function isJsonPrefix(bytes: Uint8Array): boolean {
  const open: string[] = [];
  let expected: Expected = "value";
  for (let at = 0; at < bytes.length; ) {
    const character = String.fromCharCode(bytes[at] ?? 0);
    const isValue: boolean = expected === "value" || expected === "first-value";
    const isKey: boolean = expected === "key" || expected === "first-key";
    if (character === '"') {
      if (!isValue && !isKey) return false;
      at = endOfString(bytes, at);
      if (at < 0) return false;
      expected = isKey ? "colon" : "comma";
      continue;
    }
    if (character === "{" || character === "[") {
      if (!isValue) return false;
      open.push(character);
      expected = character === "{" ? "first-key" : "first-value";
    } else if (character === "}" || character === "]") {
      if (expected !== "comma" && expected !== (character === "}" ? "first-key" : "first-value")) return false;
      if (open.pop() !== (character === "}" ? "{" : "[")) return false;
      expected = "comma";
    } else if (character === "," && expected === "comma") {
      expected = open.at(-1) === "{" ? "key" : "value";
    } else if (character === ":" && expected === "colon") {
      expected = "value";
    } else {
      const end = endOfLiteral(bytes, at);
      const pattern = end === bytes.length ? LITERAL_PREFIX : LITERAL;
      if (!isValue || !pattern.test(Buffer.from(bytes.subarray(at, end)).toString("latin1"))) return false;
      expected = "comma";
      at = end;
      continue;
    }
    at++;
    if (open.length === 0) return false;
  }
  return true;
}

/** The position after the string that begins at `start`; the end of `bytes` where that comes first, -1 where it cannot be one. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte < FIRST_PRINTABLE) return -1;
    if (byte === BACKSLASH) at++;
  }
  return bytes.length;
}

function endOfLiteral(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && LITERAL_BYTES.test(String.fromCharCode(bytes[at] ?? 0))) at++;
  return at;
}
