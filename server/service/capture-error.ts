import type { ErrorRecord } from "../store/index.ts";

/** How many causes of an error are followed. */
const CAUSES = 5;

/** An error as it is stored, where no sources are known to map it to: the default of an embedded service. */
export function captureError(thrown: unknown, depth = CAUSES): ErrorRecord {
  if (!(thrown instanceof Error)) {
    const message = `Something that is no error was thrown: ${String(thrown)}`;
    return { name: "NonError", message, stack: `NonError: ${message}` };
  }
  const { name, message, stack = `${name}: ${message}`, cause } = thrown;
  return { name, message, stack, ...(cause !== undefined && depth > 0 ? { cause: captureError(cause, depth - 1) } : {}) };
}
