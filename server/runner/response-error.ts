import { ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { InputError } from "../service/index.ts";
import { StoreError } from "../store/index.ts";
import { WorkerError } from "../supervisor/index.ts";
import { ConfigError } from "../workspace/index.ts";

/** What a client can tell apart, in `data.code` of the error. */
export type RunnerErrorCode = "input" | "configuration" | "store" | "author" | "internal";

/** Whatever a handler throws, as an answer whose message is for people. */
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
