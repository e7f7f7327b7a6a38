import { type Debugger, Session } from "node:inspector";

/** A position in the executed code, not yet mapped to a source: 1-based line and column. */
export interface RawFrame {
  readonly function: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** Maximum number of innermost frames. */
const MOST_FRAMES = 50;

/**
 * Finds out from another thread where the main thread is, by pausing it for a moment as a debugger would: the only way to look into an
 * endless loop. While the main thread waits for events, there is nothing to pause, and no answer.
 */
export function mainThreadFrames(answer: (frames: readonly RawFrame[]) => void): void {
  const urls = new Map<string, string>();
  const session = new Session();
  session.connectToMainThread();
  session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
  session.once("Debugger.paused", ({ params }) => {
    answer(params.callFrames.slice(0, MOST_FRAMES).map((frame) => rawFrame(frame, urls)));
    session.post("Debugger.resume");
    session.disconnect();
  });
  session.post("Debugger.enable", () => session.post("Debugger.pause"));
}

function rawFrame({ functionName, location }: Debugger.CallFrame, urls: ReadonlyMap<string, string>): RawFrame {
  const { scriptId, lineNumber, columnNumber = 0 } = location;
  return { function: functionName, url: urls.get(scriptId) ?? "", line: lineNumber + 1, column: columnNumber + 1 };
}
