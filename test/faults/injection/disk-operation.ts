/** A change of the disk, or a promise about it, as recorded in the order in which it happened. Inodes are those of the recorded run. */
export type DiskOperation =
  | { readonly kind: "create"; readonly path: string; readonly inode: number }
  | { readonly kind: "make directory"; readonly path: string }
  /** @property data base64. @property durability `"durable"`: when the call returned (`O_DSYNC`); `"lost"`: such a call failed after readers could see its data. */
  | {
      readonly kind: "write";
      readonly inode: number;
      readonly position: number;
      readonly data: string;
      readonly durability: "pending" | "durable" | "lost";
    }
  | { readonly kind: "truncate"; readonly inode: number; readonly length: number }
  | { readonly kind: "rename"; readonly from: string; readonly to: string }
  | { readonly kind: "link"; readonly from: string; readonly to: string }
  | { readonly kind: "remove"; readonly path: string }
  /** What was written before a sync started is durable when it has ended. */
  | { readonly kind: "sync starts"; readonly sync: string }
  | { readonly kind: "sync ends"; readonly sync: string; readonly inode: number }
  | { readonly kind: "directory sync ends"; readonly sync: string; readonly path: string }
  /** The system may forget what it could not write, and will not report it again. */
  | { readonly kind: "sync fails"; readonly sync: string; readonly inode: number }
  /** A line of the ledger, which is outside of the disk that fails. */
  | { readonly kind: "ledger"; readonly line: string }
  /** A command has ended. */
  | { readonly kind: "command ends"; readonly command: number; readonly code: number | null; readonly stdout: string };
