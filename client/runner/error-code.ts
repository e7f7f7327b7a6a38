/** Returns the runner's code of an error, such as `input` or `store`; `undefined` for errors from elsewhere. */
export function errorCode(error: unknown): string | undefined {
  const data: unknown = error instanceof Error && "data" in error ? error.data : undefined;
  return typeof data === "object" && data !== null && "code" in data ? String(data.code) : undefined;
}
