/** What becomes of the process that reads and executes tasks. */
export type RunnerState =
  | { readonly kind: "starting" }
  | { readonly kind: "running" }
  /** It ended by itself and is started again. */
  | { readonly kind: "restarting" }
  /** `problem`: why it is not started again, as a message for the user; absent if it was stopped on request. */
  | { readonly kind: "stopped"; readonly problem?: string };
