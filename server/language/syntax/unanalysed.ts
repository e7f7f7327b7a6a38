/** Why a file is not analysed, although it exists. */
export interface Unanalysed {
  /** In brackets after "Not analysed". */
  readonly reason: string;
  /** The way out, as a sentence. */
  readonly advice: string;
}

/**
 * Characters. Parsing cannot be interrupted, and what it takes for this many is what a language server may be blocked for: 0.1 s.
 */
export const MAXIMUM_LENGTH = 256 * 1024;
/** Levels of syntax. The parser can do about twice as many with the stack of Node; the rest is for what recurses afterwards. */
export const MAXIMUM_DEPTH = 500;

export const TOO_LONG: Unanalysed = {
  reason: `larger than ${MAXIMUM_LENGTH / 1024} KB`,
  advice: "Split it, or move its data to a JSON file.",
};

export const TOO_DEEP: Unanalysed = {
  reason: `nested more than ${MAXIMUM_DEPTH} levels deep`,
  advice: "Use a loop, a list or several functions instead.",
};

/** What an error costs: the file that was read when it was thrown. */
export function unanalysedBy(error: unknown): Unanalysed {
  // The stack overflowed: nothing else throws this while a file is read.
  if (error instanceof RangeError && /call stack/i.test(error.message)) return TOO_DEEP;
  const [, place] = /^ +at (.+)$/m.exec((error as Error).stack ?? "") ?? [];
  const where = place?.replace(/(?:file:\/\/)?[^\s()]*[\\/]/, "");
  const reason = `${error}${where ? ` at ${where}` : ""}`.replace(/\s+/g, " ");
  return { reason, advice: "This is a bug in Background Tasks: please report it." };
}
