import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";

/** A stack of the bundled tests with the positions of their sources. Node's own mapping is off in an extension host, which has another use for it. */
export function inSourcePositions(stack: string): string {
  // Mocha makes what is below the current directory relative to it.
  const bundle = [__filename, relative(process.cwd(), __filename)].find((name) => stack.includes(name));
  if (bundle === undefined) return stack;
  const map = new TraceMap(readFileSync(`${__filename}.map`, "utf8"));
  const [first, ...others] = stack.split(bundle);
  return first + others.map((text) => withSourcePosition(text, map) ?? bundle + text).join("");
}

/** Of text that begins after the file's name: `:12:34) …`. */
function withSourcePosition(text: string, map: TraceMap): string | undefined {
  const [place, line, column] = /^:(\d+):(\d+)/.exec(text) ?? [];
  if (place === undefined) return undefined;
  const original = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
  if (original.source === null) return undefined;
  const file = relative(process.env.TEST_REPOSITORY ?? "", resolve(dirname(__filename), original.source));
  return `${file}:${original.line}:${original.column + 1}${text.slice(place.length)}`;
}
