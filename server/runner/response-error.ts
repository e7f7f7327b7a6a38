import { ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { InputError } from "../service/index.ts";
import { StoreError } from "../store/index.ts";
import { WorkerError } from "../supervisor/index.ts";
import { ConfigError } from "../workspace/index.ts";

/** Distinguishes errors for clients, in `data.code`. */
export type RunnerErrorCode = "input" | "configuration" | "store" | "author" | "internal";

/** Converts any error of a handler to a response with a message for users. */
export function toResponseError(error: unknown): ResponseError<{ readonly code: RunnerErrorCode }> {
  if (error instanceof ResponseError) return error;
  if (error instanceof InputError) return new ResponseError(ErrorCodes.InvalidParams, error.message, { code: "input" });
  if (error instanceof ConfigError) return new ResponseError(LSPErrorCodes.RequestFailed, error.message, { code: "configuration" });
  if (error instanceof StoreError) return new ResponseError(LSPErrorCodes.RequestFailed, error.message, { code: "store" });
  if (error instanceof WorkerError) {
    return new ResponseError(LSPErrorCodes.RequestFailed, `${error.name}: ${error.message}`, { code: "author" });
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ResponseError(ErrorCodes.InternalError, `This is a bug in Background Tasks: ${text}`, { code: "internal" });
}
