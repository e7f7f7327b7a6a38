import type { GlobPart } from "./glob-syntax.ts";

/** Indexes are those of the program's instructions. */
export type Instruction =
  | Extract<GlobPart, { readonly kind: "character" | "any" | "set" }>
  /** Goes on at each of these at once. */
  | { readonly kind: "fork"; readonly targets: readonly number[] }
  | { readonly kind: "match" };

/** Several globs, for `PathMatch`: a few instructions for each character. */
export interface GlobProgram {
  /** Where each of the globs starts. */
  readonly starts: readonly number[];
  readonly instructions: readonly Instruction[];
}

export function compileGlobs(globs: readonly GlobPart[]): GlobProgram {
  const instructions: Instruction[] = [];
  const starts = globs.map((glob) => {
    const start = instructions.length;
    emit(glob, instructions);
    instructions.push({ kind: "match" });
    return start;
  });
  return { starts, instructions };
}

function emit(part: GlobPart, program: Instruction[]): void {
  if (part.kind === "sequence") for (const inner of part.parts) emit(inner, program);
  else if (part.kind === "choice") emitChoice(part.parts, program);
  else if (part.kind === "repeat") {
    const start = program.length;
    // What may be left out begins with a fork that is completed when its end is known.
    if (part.atLeast === 0) fork(program);
    emit(part.part, program);
    if (part.atLeast === 0) {
      fork(program, start);
      program[start] = { kind: "fork", targets: [start + 1, program.length] };
    } else fork(program, start, program.length + 1);
  } else program.push(part);
}

function emitChoice(parts: readonly GlobPart[], program: Instruction[]): void {
  const start = fork(program);
  const ends: number[] = [];
  const targets = parts.map((part) => {
    const target = program.length;
    emit(part, program);
    ends.push(fork(program));
    return target;
  });
  program[start] = { kind: "fork", targets };
  for (const end of ends) program[end] = { kind: "fork", targets: [program.length] };
}

function fork(program: Instruction[], ...targets: readonly number[]): number {
  program.push({ kind: "fork", targets });
  return program.length - 1;
}
