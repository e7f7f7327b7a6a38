/** What becomes of the process that reads and executes tasks. */
export type RunnerState =
  | { readonly kind: "starting" }
  | { readonly kind: "running" }
  /** It ended by itself and is started again. */
  | { readonly kind: "restarting" }
  /** `problem`: why it is not started again, in words for people; absent when somebody stopped it. */
  | { readonly kind: "stopped"; readonly problem?: string };
