import type { ErrorRecord } from "../../store/index.ts";
import type { CaptureError } from "../error-capture/index.ts";
import type { LoadProblem } from "./load-problem.ts";

interface Failure {
  readonly thrown: unknown;
  readonly error: ErrorRecord;
  readonly taskFiles: string[];
}

/** Collects the errors thrown while task files are imported. An error of a shared module is one problem of every file that imports it. */
export class ImportProblems {
  readonly #captureError: CaptureError;
  readonly #failures: Failure[] = [];

  constructor(captureError: CaptureError) {
    this.#captureError = captureError;
  }

  add(taskFile: string, thrown: unknown): void {
    const isObject = typeof thrown === "object" && thrown !== null;
    const known = isObject ? this.#failures.find((failure) => failure.thrown === thrown) : undefined;
    if (known) known.taskFiles.push(taskFile);
    else this.#failures.push({ thrown, error: this.#captureError(thrown), taskFiles: [taskFile] });
  }

  problems(): LoadProblem[] {
    return this.#failures.map(({ error, taskFiles }) => {
      const { name, message, stack, file = taskFiles[0] ?? "", line, column } = error;
      const place = line === undefined || column === undefined ? { file } : { file, line, column };
      return { ...place, name, message, stack, during: "import", taskFiles };
    });
  }
}
