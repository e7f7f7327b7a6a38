import type { AttachTarget } from "../../protocol/debug-target.ts";
import type { JobWorker, WorkerListener, WorkerSettings } from "../process/job-worker.ts";
import { WorkerProcess } from "../process/worker-process.ts";

/** What Node prints when it can be inspected. */
const INSPECTOR_LINES =
  /^(?:Debugger (?:listening|ending) on ws:.*|For help, see: https:\/\/nodejs\.org\/.*|Debugger attached\.|Waiting for the debugger to disconnect\.\.\.)\r?\n/gm;
const PORT = /^Debugger listening on ws:\/\/127\.0\.0\.1:(\d+)\//m;

/**
 * Forks a tick worker that waits at its start for a debugger, for a Node that debuggers cannot start, such as the editor's own.
 *
 * @param onReady called once a debugger can attach.
 */
export function inspectedWorker(settings: WorkerSettings, listener: WorkerListener, onReady: (target: AttachTarget) => void): JobWorker {
  let isReady = false;
  return new WorkerProcess(
    { ...settings, execArgv: [...settings.execArgv, "--inspect-brk=127.0.0.1:0"] },
    {
      onMessage: (message) => listener.onMessage(message),
      onOutput: (stream, chunk) => {
        if (stream === "stdout") return listener.onOutput(stream, chunk);
        const text = chunk.toString("latin1");
        const port = isReady ? undefined : PORT.exec(text)?.[1];
        if (port !== undefined) {
          isReady = true;
          onReady({ request: "attach", port: Number(port) });
        }
        listener.onOutput(stream, Buffer.from(text.replace(INSPECTOR_LINES, ""), "latin1"));
      },
    },
  );
}
