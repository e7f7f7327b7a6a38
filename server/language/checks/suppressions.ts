import type { Range } from "../text/position.ts";

const COMMENT = /^\s*(?:\/\/|\/\*)\s*background-tasks-ignore-next-line\b([^\n\r]*)/;

/** Parses `// background-tasks-ignore-next-line <code>`: the codes, or all of them if none is given. A reason may follow after `--`. */
export class Suppressions {
  /** By the 0-based line they apply to. */
  readonly #lines = new Map<number, ReadonlySet<string> | "all">();

  constructor(text: string) {
    if (!text.includes("background-tasks-ignore-next-line")) return;
    const lines = text.split(/\r\n|\n|\r/);
    for (const [line, content] of lines.entries()) {
      const [, said] = COMMENT.exec(content) ?? [];
      if (said === undefined) continue;
      // Other comments may come in between.
      let target = line + 1;
      while (/^\s*(?:\/\/|\/\*.*\*\/\s*$)/.test(lines[target] ?? "")) target += 1;
      this.#add(target, said);
    }
  }

  includes(code: string, { start }: Range): boolean {
    const suppressed = this.#lines.get(start.line);
    return suppressed === "all" || (suppressed?.has(code) ?? false);
  }

  #add(line: number, said: string): void {
    const codes = (said.split(/--|\*\//)[0] ?? "").match(/[a-z]+(?:-[a-z]+)*/g) ?? [];
    const known = this.#lines.get(line);
    if (codes.length === 0 || known === "all") this.#lines.set(line, "all");
    else this.#lines.set(line, new Set([...(known ?? []), ...codes]));
  }
}
