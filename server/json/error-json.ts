import type { ErrorRecord } from "../store/index.ts";

export interface ErrorJson {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** Absolute path of the source file; line and column are 1-based. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly cause?: ErrorJson;
}

export function toErrorJson(error: ErrorRecord): ErrorJson {
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...(error.file !== undefined && { file: error.file }),
    ...(error.line !== undefined && { line: error.line }),
    ...(error.column !== undefined && { column: error.column }),
    ...(error.cause && { cause: toErrorJson(error.cause) }),
  };
}
