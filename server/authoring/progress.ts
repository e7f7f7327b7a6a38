/** How far an action is. `done` and `total` are in whatever unit the action counts in. */
export interface Progress {
  readonly done?: number;
  readonly total?: number;
  readonly message?: string;
}
