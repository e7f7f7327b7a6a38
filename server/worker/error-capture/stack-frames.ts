import { fileURLToPath } from "node:url";
import { parse } from "stacktrace-parser";
import type { StackFrame } from "../../store/index.ts";

/** The frames of a stack trace that have a position in a file: absolute path, line and column 1-based. Innermost first. */
export function parseFrames(stack: string): StackFrame[] {
  return parse(stack).flatMap(({ file, lineNumber, column, methodName }) => {
    const path = file ? pathOf(file) : undefined;
    if (path === undefined || lineNumber === null) return [];
    const name = functionName(methodName);
    return [{ ...(name ? { function: name } : {}), file: path, line: lineNumber, column: column ?? 1 }];
  });
}

/** `undefined` if it is not a file: Node's own modules, evaluated text, WebAssembly. */
function pathOf(location: string): string | undefined {
  if (location.startsWith("file:")) {
    try {
      return fileURLToPath(location);
    } catch {
      return undefined;
    }
  }
  return /^(?:\/|\\\\|[A-Za-z]:[\\/])/.test(location) ? location : undefined;
}

/** An async frame of an anonymous function reads `at async file:///…`: its name is not "async". */
function functionName(name: string): string | undefined {
  const plain = name.replace(/^async(?: |$)/, "");
  return plain === "" || plain === "<unknown>" || plain === "<anonymous>" ? undefined : plain;
}
