import type { MarkerWriter } from "../channel/output-streams.ts";
import type { Reporter } from "../channel/reporter.ts";
import { directWriter } from "./direct-writer.ts";

type Written = (error?: Error | null) => void;

/**
 * Where stdout and stderr are a debugger's: what JavaScript prints goes there and, as messages, to the supervisor; markers go to the
 * supervisor alone. What native code and child processes print reaches the debugger only.
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
        // Not by the tick queue, see `avoidTickQueue`.
        if (callback) queueMicrotask(callback);
        return true;
      },
    });
    return tell;
  });
}
