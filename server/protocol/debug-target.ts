/** How a debugger reaches a tick worker. */
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
  /** Additions to the editor's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** The worker has started and waits for the debugger. */
export interface AttachTarget {
  readonly request: "attach";
  /** On 127.0.0.1. */
  readonly port: number;
}
