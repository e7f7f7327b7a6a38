/** Progress of an action. `done` and `total` may use any unit. */
export interface Progress {
  readonly done?: number;
  readonly total?: number;
  readonly message?: string;
}
