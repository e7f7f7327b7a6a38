import { dirname, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ErrorRecord, StackFrame } from "../../store/index.ts";
import { BundlePositions, type BundlePositionsOptions } from "./bundle-positions.ts";
import { mapPositions } from "./map-positions.ts";
import { parseFrames } from "./stack-frames.ts";
import { frameLines } from "./stack-text.ts";
import { takePlaceOfThrow } from "./thrown-places.ts";
import { readThrown, type ThrownValue } from "./thrown-value.ts";

/** Converts any thrown value to a record with positions in the user's sources. Never throws. */
export type CaptureError = (thrown: unknown) => ErrorRecord;

export interface ErrorCaptureOptions extends BundlePositionsOptions {
  /** The directory of the engine's own code, which is omitted. Default: that of the running code. */
  readonly engineDirectory?: string;
}

const LONGEST_MESSAGE = 8_192;
const LONGEST_STACK = 16_384;
const MOST_FRAMES = 10;
/** Maximum number of causes of an error to follow. */
const MOST_CAUSES = 8;

export function createErrorCapture(options: ErrorCaptureOptions): CaptureError {
  const positions = new BundlePositions(options);
  const engineDirectory = (options.engineDirectory ?? dirname(fileURLToPath(import.meta.url))) + sep;
  const engineUrl = pathToFileURL(engineDirectory).href;
  const isEngines = (line: string) => line.includes(engineUrl) || line.includes(engineDirectory);
  const isUsersOwn = ({ file }: StackFrame) =>
    !/[\\/]node_modules[\\/]/.test(file) && !file.startsWith(engineDirectory) && !positions.isBundle(file);

  return (thrown) => {
    try {
      return record(thrown, new Set());
    } catch {
      return { name: "NonError", message: "A value that cannot be read was thrown.", stack: "" };
    }
  };

  function record(thrown: unknown, seen: Set<unknown>): ErrorRecord {
    seen.add(thrown);
    const value = readThrown(thrown);
    const message = bounded(messageOf(value), LONGEST_MESSAGE);
    const lines = value.stack ? frameLines(value.stack, value.message) : frameLines(takePlaceOfThrow(thrown), "");
    const mapped = mapPositions(lines, positions);
    const frames = parseFrames(mapped).filter(isUsersOwn).slice(0, MOST_FRAMES);
    // Frames of the engine that lead to the user's code do not help the user.
    const frameText = frames.length > 0 ? linesWithout(mapped, isEngines) : mapped;
    const label = value.code && !message.includes(value.code) ? `${value.name} [${value.code}]` : value.name;
    const heading = message ? `${label}: ${message}` : label;
    const cause = causeOf(value, seen);
    // An error without a position (created by a library, or outside of any call) uses that of its cause.
    const place = frames[0] ?? cause;
    return {
      name: bounded(value.name, 200),
      message,
      stack: bounded(frameText ? `${heading}\n${frameText}` : heading, LONGEST_STACK),
      ...(place?.file === undefined || place.line === undefined || place.column === undefined
        ? {}
        : { file: place.file, line: place.line, column: place.column }),
      ...(frames.length > 0 ? { frames } : {}),
      ...(cause ? { cause } : {}),
    };
  }

  function causeOf({ cause, errors }: ThrownValue, seen: Set<unknown>): ErrorRecord | undefined {
    const inner = cause ?? errors?.[0];
    return inner === undefined || seen.has(inner) || seen.size > MOST_CAUSES ? undefined : record(inner, seen);
  }
}

/** An AggregateError's own message rarely says what went wrong: its errors do. */
function messageOf({ message, errors }: ThrownValue): string {
  if (!errors?.length) return message;
  const told = errors.map((error) => {
    const { name, message: inner } = readThrown(error);
    return bounded(`${name}: ${inner}`, 500);
  });
  return `${message || "Several errors"} (${told.join("; ")})`;
}

function linesWithout(text: string, isUnwanted: (line: string) => boolean): string {
  return text
    .split("\n")
    .filter((line) => !isUnwanted(line))
    .join("\n");
}

function bounded(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length.toLocaleString("en")} characters)`;
}
