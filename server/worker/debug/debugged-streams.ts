import type { MarkerWriter } from "../channel/output-streams.ts";
import type { Reporter } from "../channel/reporter.ts";
import { directWriter } from "./direct-writer.ts";

type Written = (error?: Error | null) => void;

/**
 * Used if stdout and stderr belong to a debugger: output of JavaScript goes there and, as messages, to the supervisor; markers only go to
 * the supervisor. Output of native code and child processes only reaches the debugger.
 */
export function debuggedStreams(reporter: Reporter): readonly MarkerWriter[] {
  return (["stdout", "stderr"] as const).map((name) => {
    const tell = (text: string) => reporter.now({ kind: "printed", stream: name, text });
    const stream = process[name];
    const write = directWriter(stream);
    Object.assign(stream, {
      write(chunk: string | Uint8Array, encoding?: BufferEncoding | Written, written?: Written): boolean {
        const bytes = typeof chunk === "string" ? Buffer.from(chunk, typeof encoding === "string" ? encoding : "utf8") : chunk;
        tell(Buffer.from(bytes).toString("utf8"));
        write(bytes);
        const callback = typeof encoding === "function" ? encoding : written;
        // Not through the tick queue; see `avoidTickQueue`.
        if (callback) queueMicrotask(callback);
        return true;
      },
    });
    return tell;
  });
}
