import type { GlobProgram, Instruction } from "./glob-program.ts";

/** More of them are made again whenever they are reached: there can be very many for one program. */
const KEPT_MATCHES = 1_000;

/**
 * How far a path has been matched. All globs, and all the ways in which each of them may go on, are followed at once, so the time is
 * proportional to the length of the path times that of the globs, whatever they are: there is no backtracking (docs/decisions.md).
 */
export class PathMatch {
  readonly #program: GlobProgram;
  /** The instructions that the next character is for. */
  readonly #reached: readonly number[];
  /** By what is reached; shared by all matches of the program. */
  readonly #kept: Map<string, PathMatch>;
  readonly #next = new Map<string, PathMatch>();

  private constructor(program: GlobProgram, reached: readonly number[], kept: Map<string, PathMatch>) {
    this.#program = program;
    this.#reached = reached;
    this.#kept = kept;
  }

  static start(program: GlobProgram): PathMatch {
    return new PathMatch(program, settled(program, program.starts), new Map());
  }

  /** True if nothing that begins like this can match. */
  get isHopeless(): boolean {
    return this.#reached.length === 0;
  }

  /** True if what has been read so far matches. */
  get isComplete(): boolean {
    return this.#reached.some((index) => this.#program.instructions[index]?.kind === "match");
  }

  /** Goes on with a name: all that is between two slashes. */
  name(name: string): PathMatch {
    let match: PathMatch = this;
    for (let at = 0; at < name.length && !match.isHopeless; at += 1) match = match.#character(name.charAt(at), at === 0);
    return match;
  }

  /** Goes on with several names. */
  path(names: readonly string[]): PathMatch {
    return names.reduce<PathMatch>((match, name, index) => (index === 0 ? match : match.inside()).name(name), this);
  }

  /** Goes on with a slash: what was read so far is a directory. */
  inside(): PathMatch {
    return this.#character("/", false);
  }

  #character(character: string, isFirst: boolean): PathMatch {
    const key = isFirst && character === "." ? "first ." : character;
    const known = this.#next.get(key);
    if (known) return known;
    const { instructions } = this.#program;
    const following = this.#reached.filter((index) => accepts(instructions[index], character, isFirst)).map((index) => index + 1);
    const next = this.#keep(settled(this.#program, following));
    if (this.#kept.size < KEPT_MATCHES) this.#next.set(key, next);
    return next;
  }

  #keep(reached: readonly number[]): PathMatch {
    const key = reached.join();
    const known = this.#kept.get(key);
    if (known) return known;
    const match = new PathMatch(this.#program, reached, this.#kept);
    if (this.#kept.size < KEPT_MATCHES) this.#kept.set(key, match);
    return match;
  }
}

function accepts(instruction: Instruction | undefined, character: string, isFirst: boolean): boolean {
  // A name that begins with a dot is only matched by what begins with a dot.
  const isHidden = isFirst && character === ".";
  if (instruction?.kind === "character") return instruction.character === character && (instruction.isLeading || !isHidden);
  if (character === "/" || isHidden) return false;
  if (instruction?.kind === "any") return true;
  if (instruction?.kind !== "set") return false;
  return instruction.ranges.some(([from, to]) => from <= character && character <= to) !== instruction.isNegated;
}

/** Follows the forks, each once. */
function settled({ instructions }: GlobProgram, indexes: readonly number[]): readonly number[] {
  const found = new Set(indexes);
  for (const index of found) {
    const instruction = instructions[index];
    if (instruction?.kind === "fork") for (const target of instruction.targets) found.add(target);
  }
  return [...found].filter((index) => instructions[index]?.kind !== "fork");
}
