import { isDeepStrictEqual } from "node:util";
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionOptions,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Command,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { FileEdit } from "../../../language/index.ts";
import type { OpenDocuments } from "../../documents/open-documents.ts";
import { fileOf, uriOf } from "../../file-uri.ts";
import type { Folders } from "../../folders.ts";
import { shownFindings } from "../../problems/shown-findings.ts";
import type { TaskFileReading } from "../../task-file-reading.ts";
import type { Surroundings } from "../surroundings.ts";
import { classActions } from "./class-actions.ts";
import { failureActions } from "./failure-actions.ts";
import { findingActions } from "./finding-actions.ts";
import type { Offer } from "./offer.ts";

/** Excludes actions on save: fixes change what an action does, so the user should look at them. */
export const CODE_ACTION_OPTIONS: CodeActionOptions = { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] };

export interface CodeActionsParts {
  readonly folders: Folders;
  readonly documents: OpenDocuments;
  readonly reading: TaskFileReading;
  readonly capabilities: ClientCapabilities;
  readonly surroundings: () => Surroundings;
}

/** The actions available at a position in a file: for the problems shown there, and for the class there. */
export class CodeActions {
  readonly #parts: CodeActionsParts;

  constructor(parts: CodeActionsParts) {
    this.#parts = parts;
  }

  async at({ textDocument, range, context }: CodeActionParams): Promise<(CodeAction | Command)[]> {
    const { folders, reading, surroundings } = this.#parts;
    const file = fileOf(textDocument.uri);
    const reads = await reading.read(file);
    const facts = (await folders.all()).map((folder) => folder.facts());
    const [own] = reads;
    const offers = [
      ...failureActions({ file, range, diagnostics: context.diagnostics }, facts, reads, surroundings()),
      ...findingActions(shownFindings(reads), range),
      ...(own ? classActions(own, range) : []),
    ];
    const wanted = offers.filter(({ kind }) => isWanted(kind, context));
    return wanted
      .filter((offer, index) => wanted.findIndex((other) => isSame(offer, other)) === index)
      .flatMap((offer) => this.#written(offer));
  }

  /** Clients from before 2018 only support commands. */
  #written({ title, kind, diagnostics, isPreferred, changes, command }: Offer): (CodeAction | Command)[] {
    const { documents, capabilities } = this.#parts;
    if (!capabilities.textDocument?.codeAction?.codeActionLiteralSupport) return command ? [command] : [];
    return [
      {
        title,
        kind,
        ...(diagnostics && { diagnostics: [...diagnostics] }),
        ...(isPreferred && { isPreferred }),
        ...(changes && { edit: workspaceEdit(changes, documents, capabilities) }),
        ...(command && { command }),
      },
    ];
  }
}

function isWanted(kind: string, { only, triggerKind }: CodeActionContext): boolean {
  if (only) return only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
  // Not requested explicitly: no light bulb if there is no problem.
  return triggerKind !== CodeActionTriggerKind.Automatic || kind === CodeActionKind.QuickFix;
}

function isSame(a: Offer, b: Offer): boolean {
  return a.title === b.title && isDeepStrictEqual([a.changes, a.command], [b.changes, b.command]);
}

/** Edits for the client to apply. If the client supports it, they are rejected for a text that has changed since. */
function workspaceEdit(
  changes: readonly FileEdit[],
  documents: Pick<OpenDocuments, "get">,
  { workspace }: Pick<ClientCapabilities, "workspace">,
): WorkspaceEdit {
  const files = changes.map(({ file, edits }) => {
    const open = documents.get(file);
    return { uri: open?.uri ?? uriOf(file), version: open?.version ?? null, edits: [...edits] };
  });
  if (workspace?.workspaceEdit?.documentChanges !== true)
    return { changes: Object.fromEntries(files.map(({ uri, edits }) => [uri, edits])) };
  return { documentChanges: files.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits })) };
}
