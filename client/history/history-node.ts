/** A row of the history view. Has the keys that commands read. */
export type HistoryNode = HistoryEntryNode | HistoryActionNode | HistoryMoreNode;

export interface HistoryEntryNode {
  readonly kind: "historyEntry";
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly class: string;
  /** Id of the task that has ended. */
  readonly task: string;
}

export interface HistoryActionNode {
  readonly kind: "historyAction";
  readonly folder: string;
  /** Name of the task's class. */
  readonly class: string;
  readonly task: string;
  /** Index in the entry. */
  readonly action: string;
  /** Place of its last error: absolute path, 1-based line and column. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The row for older entries. */
export interface HistoryMoreNode {
  readonly kind: "historyMore";
}
