import type { MarkerWriter } from "../output-streams.ts";
import type { Reporter } from "../reporter.ts";

/**
 * Where stdout and stderr are a debugger's: what JavaScript prints goes there and, as messages, to the supervisor; markers go to the
 * supervisor alone. What native code and child processes print reaches the debugger only.
 */
export function toldStreams(reporter: Reporter): readonly MarkerWriter[] {
  return (["stdout", "stderr"] as const).map((name) => {
    const tell = (text: string) => reporter.now({ kind: "printed", stream: name, text });
    const stream = process[name];
    const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
    Object.assign(stream, {
      write(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
        tell(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
        return write(chunk, ...rest);
      },
    });
    return tell;
  });
}
