import { InputError } from "../service/input-error.ts";
import { StoreError } from "../store/contract/store-error.ts";
import type { CaptureError } from "./error-capture/index.ts";
import type { JobFailure } from "./messages.ts";

export function jobFailure(thrown: unknown, capture: CaptureError): JobFailure {
  if (thrown instanceof InputError) return { reason: "input", message: thrown.message };
  if (thrown instanceof StoreError) return { reason: "store", code: thrown.code, message: thrown.message };
  return { reason: "error", error: capture(thrown) };
}
