/** Ending of new task files. */
export const TASK_FILE_ENDING = ".task.ts";

const NAME = /^\p{L}[\p{L}\p{N}]*(?:[-_][\p{L}\p{N}]+)*$/u;

export interface TaskFileName {
  /** Includes the ending. */
  readonly file: string;
  readonly className: string;
}

/**
 * Returns for "compress-files" or "compress-files.task.ts" that file and the class CompressFiles; `undefined` if the text cannot name a
 * file and a class.
 */
export function taskFileName(typed: string): TaskFileName | undefined {
  const name = typed.trim().replace(/(?:\.task)?\.[mc]?[tj]s$/, "");
  if (!NAME.test(name)) return undefined;
  const words = name.split(/[-_]/);
  return {
    file: name + TASK_FILE_ENDING,
    className: words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(""),
  };
}

/** Returns the name, or the first free one of name-2, name-3 … */
export function freeName(name: string, isFree: (file: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (isFree(candidate + TASK_FILE_ENDING)) return candidate;
  }
}
