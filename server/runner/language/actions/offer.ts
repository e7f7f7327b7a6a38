import type { CodeActionKind, Command, Diagnostic } from "vscode-languageserver";
import type { FileEdit } from "../../../language/index.ts";

/** An action offered to the user, before it is converted to the client's format. */
export interface Offer {
  readonly title: string;
  readonly kind: CodeActionKind;
  /** The problems it fixes. */
  readonly diagnostics?: readonly Diagnostic[];
  readonly isPreferred?: true;
  /** Exactly one of the two is set. */
  readonly changes?: readonly FileEdit[];
  readonly command?: Command;
}
