/** A part of a glob: what paths it stands for. */
export type GlobPart =
  | {
      readonly kind: "character";
      readonly character: string;
      /** True if it is written at the start of a name: `*.ts` does not match `.ts`. */
      readonly isLeading: boolean;
    }
  /** Any one character of a name; not a dot that the name begins with. */
  | { readonly kind: "any" }
  /** One character of a name, in one of these ranges or in none of them. */
  | { readonly kind: "set"; readonly ranges: readonly (readonly [from: string, to: string])[]; readonly isNegated: boolean }
  | { readonly kind: "sequence"; readonly parts: readonly GlobPart[] }
  | { readonly kind: "choice"; readonly parts: readonly GlobPart[] }
  | { readonly kind: "repeat"; readonly part: GlobPart; readonly atLeast: 0 | 1 };

const ANY: GlobPart = { kind: "any" };
const SLASH: GlobPart = { kind: "character", character: "/", isLeading: false };
const NOTHING: GlobPart = { kind: "sequence", parts: [] };
const NAME: GlobPart = { kind: "repeat", part: ANY, atLeast: 1 };
const DIRECTORIES: GlobPart = { kind: "repeat", part: { kind: "sequence", parts: [NAME, SLASH] }, atLeast: 0 };

/**
 * Parses a glob: `*` and `?` in a name, `**` for any number of directories, `[a-z]`, `{a,b}`, `@(a|b)`, `?(a|b)`, `*(a|b)` and `+(a|b)`. A
 * backslash makes the next character stand for itself, and so does everything that is not closed.
 */
export function parseGlob(glob: string): GlobPart {
  return new Parser(glob).sequence("");
}

class Parser {
  readonly #glob: string;
  #at = 0;

  constructor(glob: string) {
    this.#glob = glob;
  }

  /** @param ends the characters that end it. */
  sequence(ends: string): GlobPart {
    const parts: GlobPart[] = [];
    while (this.#at < this.#glob.length && !ends.includes(this.#next)) parts.push(this.#part());
    return { kind: "sequence", parts };
  }

  get #next(): string {
    return this.#glob.charAt(this.#at);
  }

  #part(): GlobPart {
    const first = this.#next;
    const isLeading = "/{,(|".includes(this.#glob.charAt(this.#at - 1));
    if ("@?*+".includes(first) && this.#isList(this.#at + 1, "(", ")")) return this.#group(first);
    if (first === "*") return this.#stars();
    if (first === "{" && this.#isList(this.#at, "{", "}", ",")) return this.#choice("}", ",");
    if (first === "[") return this.#set() ?? this.#character(isLeading);
    if (first === "\\" && this.#at + 1 < this.#glob.length) this.#at += 1;
    else if (first === "?") {
      this.#at += 1;
      return ANY;
    }
    return this.#character(isLeading);
  }

  #character(isLeading: boolean): GlobPart {
    this.#at += 1;
    return { kind: "character", character: this.#glob.charAt(this.#at - 1), isLeading };
  }

  #group(kind: string): GlobPart {
    this.#at += 1;
    const choice = this.#choice(")", "|");
    if (kind === "@") return choice;
    if (kind === "?") return { kind: "choice", parts: [choice, NOTHING] };
    return { kind: "repeat", part: choice, atLeast: kind === "+" ? 1 : 0 };
  }

  /** Several stars count as one, except two that are all there is between slashes. */
  #stars(): GlobPart {
    const start = this.#at;
    while (this.#next === "*") this.#at += 1;
    const isWhole = this.#at - start === 2 && "/{,(|".includes(this.#glob.charAt(start - 1)) && "/},)|".includes(this.#next);
    if (!isWhole) return { kind: "repeat", part: ANY, atLeast: 0 };
    if (this.#next !== "/") return { kind: "sequence", parts: [DIRECTORIES, NAME] };
    this.#at += 1;
    return DIRECTORIES;
  }

  /** From the opening bracket to the closing one. */
  #choice(close: string, separator: string): GlobPart {
    const parts: GlobPart[] = [];
    do {
      this.#at += 1;
      parts.push(this.sequence(close + separator));
    } while (this.#next === separator);
    this.#at += 1;
    return { kind: "choice", parts };
  }

  /** True if a bracket opens here that is closed again, with a separator in it if one is given. */
  #isList(start: number, open: string, close: string, separator = ""): boolean {
    if (this.#glob.charAt(start) !== open) return false;
    let depth = 0;
    let isSeparated = separator === "";
    for (let at = start; at < this.#glob.length; at += 1) {
      const character = this.#glob.charAt(at);
      if (character === "\\") at += 1;
      else if (character === open) depth += 1;
      else if (character === separator && depth === 1) isSeparated = true;
      else if (character === close) depth -= 1;
      if (depth === 0) return isSeparated;
    }
    return false;
  }

  #set(): GlobPart | undefined {
    const [whole, negation = "", content = ""] = /^\[([!^]?)(\]?(?:\\.|[^\]\\/])*)\]/s.exec(this.#glob.slice(this.#at)) ?? [];
    if (whole === undefined || content === "") return undefined;
    this.#at += whole.length;
    const ranges = [...content.matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gs)].map(
      ([, from = "", to = from]) => [from.slice(-1), to.slice(-1)] as const,
    );
    return { kind: "set", ranges, isNegated: negation !== "" };
  }
}
