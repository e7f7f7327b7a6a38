/** Resolves after so many milliseconds, without keeping the process for it. */
export function passing(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, undefined).unref());
}
