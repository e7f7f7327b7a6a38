/** How a debugger comes to a tick worker. */
export type DebugTarget = LaunchTarget | AttachTarget;

/** The debugger starts the worker, which then connects to the runner. */
export interface LaunchTarget {
  readonly request: "launch";
  /** Absolute paths. */
  readonly program: string;
  readonly runtimeExecutable: string;
  readonly runtimeArgs: readonly string[];
  readonly args: readonly string[];
  readonly cwd: string;
  /** What the environment of the editor lacks. */
  readonly env: Readonly<Record<string, string>>;
}

/** The worker is there, at its beginning, and waits for the debugger. */
export interface AttachTarget {
  readonly request: "attach";
  /** On 127.0.0.1. */
  readonly port: number;
}
