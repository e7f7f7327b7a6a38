/**
 * The lines of a stack that name positions, without the message before them, which may span lines and look like such lines.
 */
export function frameLines(stack: string, heading: string): string {
  const start = heading === "" ? -1 : stack.indexOf(heading);
  const lines = (start < 0 ? stack : stack.slice(start + heading.length)).split("\n").filter((line) => /^\s+at /.test(line));
  return [...placeOfLinkError(stack), ...lines].join("\n");
}

/**
 * Node reports an import that the imported module does not satisfy before the error's name: `<url>:<line>`, the text of the line, and a
 * row of carets under the name at fault.
 */
function placeOfLinkError(stack: string): string[] {
  const match = /^(file:\S+:\d+)\n.*\n( *)\^+\n/.exec(stack);
  return match ? [`    at ${match[1]}:${(match[2]?.length ?? 0) + 1}`] : [];
}
