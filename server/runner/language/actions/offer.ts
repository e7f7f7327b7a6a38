import type { CodeActionKind, Command, Diagnostic } from "vscode-languageserver";
import type { FileEdit } from "../../../language/index.ts";

/** What a person may choose, before it has the form that the client understands. */
export interface Offer {
  readonly title: string;
  readonly kind: CodeActionKind;
  /** What it is a remedy for. */
  readonly diagnostics?: readonly Diagnostic[];
  readonly isPreferred?: true;
  /** One of the two. */
  readonly changes?: readonly FileEdit[];
  readonly command?: Command;
}
