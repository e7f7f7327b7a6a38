import { readFile } from "node:fs/promises";
import { type ClientCapabilities, type Connection, type Hover, type MarkupContent, MarkupKind } from "vscode-languageserver";
import type { Wording } from "../../../words/wording.ts";
import type { OpenDocuments } from "../../documents/open-documents.ts";
import { fileOf } from "../../file-uri.ts";
import type { Folders } from "../../folders.ts";
import type { TaskFileReading } from "../../task-file-reading.ts";
import type { EditorCommands } from "../editor-commands.ts";
import type { Block } from "../markup/block.ts";
import { markdownOf } from "../markup/markdown.ts";
import { plainTextOf } from "../markup/plain-text.ts";
import { hoverOf } from "./hover-of.ts";

export interface HoversParts {
  readonly connection: Connection;
  readonly folders: Folders;
  readonly documents: OpenDocuments;
  readonly reading: TaskFileReading;
  readonly capabilities: ClientCapabilities;
  readonly wording: () => Wording;
  /** Only for a client that lets hovers execute these commands, and no others. */
  readonly links: EditorCommands | undefined;
  /** @param file absolute path of the file that was hovered over. */
  readonly onDefect: (error: unknown, file: string) => void;
}

/** Answers hover requests for open files. */
export function answerHovers({ connection, folders, documents, reading, capabilities, wording, links, onDefect }: HoversParts): void {
  const kind = capabilities.textDocument?.hover?.contentFormat?.[0] ?? MarkupKind.PlainText;
  const reader = () => ({ wording: wording(), links: kind === MarkupKind.Markdown ? links : undefined });

  connection.onHover(async ({ textDocument, position }): Promise<Hover | null> => {
    const file = fileOf(textDocument.uri);
    try {
      const saved = await readFile(file, "utf8").catch(() => undefined);
      const reads = await reading.read(file);
      const facts = (await folders.all()).map((folder) => folder.facts());
      const text = documents.get(file)?.getText();
      if (text === undefined) return null;
      const isUnsaved = !isSameText(text, saved);
      const content = hoverOf({ file, isUnsaved, position, reads, folders: facts }, reader());
      return content ? { contents: markup(kind, content.blocks), ...(content.range && { range: content.range }) } : null;
    } catch (error) {
      // Not an error to show every time the mouse rests.
      onDefect(error, file);
      return null;
    }
  });
}

function markup(kind: MarkupKind, blocks: readonly Block[]): MarkupContent {
  return { kind, value: kind === MarkupKind.Markdown ? markdownOf(blocks) : plainTextOf(blocks) };
}

/** Editors vary line endings and the byte order mark. */
function isSameText(text: string, saved: string | undefined): boolean {
  const plain = (some: string) => some.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  return saved !== undefined && plain(saved) === plain(text);
}
