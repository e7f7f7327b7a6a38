/** Of what kind the runner says that an error is: `input`, `store` and so on; `undefined` for errors that are not the runner's. */
export function errorCode(error: unknown): string | undefined {
  const data: unknown = error instanceof Error && "data" in error ? error.data : undefined;
  return typeof data === "object" && data !== null && "code" in data ? String(data.code) : undefined;
}
