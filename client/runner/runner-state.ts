/** State of the process that reads and executes tasks. */
export type RunnerState =
  | { readonly kind: "starting" }
  | { readonly kind: "running" }
  /** It crashed and is restarting. */
  | { readonly kind: "restarting" }
  /** `problem`: why it is not restarted, as a message for the user; absent if it was stopped on request. */
  | { readonly kind: "stopped"; readonly problem?: string };
