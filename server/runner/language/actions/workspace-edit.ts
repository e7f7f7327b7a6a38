import type { ClientCapabilities, WorkspaceEdit } from "vscode-languageserver";
import type { FileEdit } from "../../../language/index.ts";
import type { OpenDocuments } from "../../documents/open-documents.ts";
import { uriOf } from "../../file-uri.ts";

/** Edits for the client to make. Where it can tell, they are refused for a text that has changed since. */
export function workspaceEdit(
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
