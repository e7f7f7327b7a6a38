import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
} from "vscode-languageserver";
import { englishWording } from "../../words/wording.ts";
import type { OpenDocuments } from "../documents/open-documents.ts";
import { fileOf } from "../file-uri.ts";
import type { FolderRunner } from "../folder/folder-runner.ts";
import type { Folders } from "../folders.ts";
import type { FolderKey } from "../model/observed-folder.ts";
import { Findings } from "../problems/findings.ts";
import type { Places } from "../problems/places.ts";
import type { ProblemBoard } from "../problems/problem-board.ts";
import { type ReadFile, TaskFileReading } from "../task-file-reading.ts";
import { CODE_ACTION_OPTIONS, CodeActions } from "./actions/code-actions.ts";
import { CLIENT_COMMANDS, SERVER_COMMANDS } from "./editor-commands.ts";
import { answerHovers } from "./hovers/answer-hovers.ts";
import { classLenses } from "./lenses/class-lenses.ts";
import { LensRefresh } from "./lenses/lens-refresh.ts";
import type { Surroundings } from "./surroundings.ts";

export interface LanguageFeaturesParts {
  readonly connection: Connection;
  readonly folders: Folders;
  readonly documents: OpenDocuments;
  readonly places: Places;
  readonly board: ProblemBoard;
  readonly capabilities: ClientCapabilities;
  /** Whether the client has our own client's commands. */
  readonly isOwnClient: boolean;
  /** BCP 47. */
  readonly locale: string;
  /** @param file absolute path of the file that a request was about. */
  readonly onDefect: (error: unknown, file?: string) => void;
}

export const LANGUAGE_CAPABILITIES: ServerCapabilities = {
  codeLensProvider: { resolveProvider: false },
  codeActionProvider: CODE_ACTION_OPTIONS,
  hoverProvider: true,
};

/** What editors show in task files besides their text, from the text and the state of their tasks. */
export class LanguageFeatures {
  readonly #reading: TaskFileReading;
  readonly #findings: Findings;
  readonly #lensRefresh: LensRefresh;
  readonly #surroundings: () => Surroundings;
  readonly #onDefect: (error: unknown, file: string) => void;

  constructor({ connection, folders, documents, places, board, capabilities, isOwnClient, locale, onDefect }: LanguageFeaturesParts) {
    this.#onDefect = onDefect;
    this.#reading = new TaskFileReading(folders, documents);
    this.#findings = new Findings({ documents, reading: this.#reading, places, board, onDefect });
    // Times and numbers are formatted in the client's language.
    const wording = () => englishWording(locale);
    this.#surroundings = () => ({ commands: isOwnClient ? CLIENT_COMMANDS : SERVER_COMMANDS, wording: wording() });
    const links = isOwnClient ? CLIENT_COMMANDS : undefined;
    answerHovers({ connection, folders, documents, reading: this.#reading, capabilities, wording, links, onDefect });
    const actions = new CodeActions({
      folders,
      documents,
      reading: this.#reading,
      capabilities,
      surroundings: this.#surroundings,
    });
    connection.onCodeAction((params) => this.#orNothing(fileOf(params.textDocument.uri), () => actions.at(params)));
    const canRefresh = capabilities.workspace?.codeLens?.refreshSupport === true;
    this.#lensRefresh = new LensRefresh({
      lenses: async (file) => (documents.get(file) ? this.#lenses(file) : undefined),
      refresh: async () => canRefresh && connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {}),
      onDefect,
    });
    connection.onCodeLens(async ({ textDocument }, token) => {
      // While typing, all but the last request are cancelled before their turn.
      if (token.isCancellationRequested)
        return new ResponseError(LSPErrorCodes.RequestCancelled, "The request for code lenses was cancelled.");
      const file = fileOf(textDocument.uri);
      const { changes } = this.#lensRefresh;
      const lenses = await this.#lenses(file);
      if (canRefresh) this.#lensRefresh.given(file, lenses, changes);
      return lenses;
    });
  }

  follow(folder: FolderRunner): void {
    folder.onDidChange((keys) => {
      if (keys.has("taskFiles")) this.#reading.filesChanged();
      if (CHECKED.some((key) => keys.has(key))) this.#findings.changed();
      this.#lensRefresh.changed();
    });
  }

  /** A folder was added or removed: files may belong to another folder now, or to none. */
  foldersChanged(): void {
    this.#findings.changed();
    this.#lensRefresh.changed();
  }

  async stop(): Promise<void> {
    this.#lensRefresh.stop();
    await this.#findings.stop();
  }

  #lenses(file: string) {
    return this.#first(file, (read) => classLenses(read, this.#surroundings()));
  }

  /** For the folder that the file primarily belongs to. */
  #first<Result>(file: string, make: (read: ReadFile) => readonly Result[]): Promise<Result[]> {
    return this.#orNothing(file, async () => {
      for (const read of await this.#reading.read(file)) return [...make(read)];
      return [];
    });
  }

  /** Editors should not show an internal error at each keystroke. */
  async #orNothing<Result>(file: string, make: () => Promise<Result[]>): Promise<Result[]> {
    try {
      return await make();
    } catch (error) {
      this.#onDefect(error, file);
      return [];
    }
  }
}

/** What findings depend on besides the texts. */
const CHECKED = ["taskFiles", "classes", "loadProblems", "config", "settings"] as const satisfies readonly FolderKey[];
