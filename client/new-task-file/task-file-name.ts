/** Ending of the files that are written. */
export const TASK_FILE_ENDING = ".task.ts";

const NAME = /^\p{L}[\p{L}\p{N}]*(?:[-_][\p{L}\p{N}]+)*$/u;

export interface TaskFileName {
  /** With its ending. */
  readonly file: string;
  readonly className: string;
}

/** "compress-files" and "compress-files.task.ts" are the file of the class CompressFiles; `undefined`: no name for a file and a class. */
export function taskFileName(typed: string): TaskFileName | undefined {
  const name = typed.trim().replace(/(?:\.task)?\.[mc]?[tj]s$/, "");
  if (!NAME.test(name)) return undefined;
  const words = name.split(/[-_]/);
  return {
    file: name + TASK_FILE_ENDING,
    className: words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(""),
  };
}

/** The name, or the first of name-2, name-3 … that is free. */
export function freeName(name: string, isFree: (file: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (isFree(candidate + TASK_FILE_ENDING)) return candidate;
  }
}
