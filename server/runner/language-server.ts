import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { type RunnerOptions, serverCommands } from "../protocol/runner-protocol.ts";
import { CONFIG_FILE_NAME, DEFAULT_INCLUDE } from "../workspace/index.ts";
import { answerCommands } from "./answer-commands.ts";
import { answerRequests } from "./answer-requests.ts";
import { OpenDocuments } from "./documents/open-documents.ts";
import { fileOf } from "./file-uri.ts";
import type { FolderPlace } from "./folder/folder-host.ts";
import { FolderRunner } from "./folder/folder-runner.ts";
import { Folders } from "./folders.ts";
import { handOver } from "./hand-over.ts";
import { LANGUAGE_CAPABILITIES, LanguageFeatures } from "./language/language-features.ts";
import { DEFAULT_SETTINGS, type FolderSettings, readSettings } from "./model/folder-settings.ts";
import { searchNode } from "./node/node-search.ts";
import { notify } from "./notify.ts";
import { Places } from "./problems/places.ts";
import { ProblemBoard } from "./problems/problem-board.ts";
import type { NoticedRename } from "./renames/class-renames.ts";
import { offerByMessage } from "./renames/offer-by-message.ts";
import type { RunnerContext } from "./runner-context.ts";
import { RunnerLog } from "./runner-log.ts";
import { Trust } from "./trust.ts";

const SETTINGS_SECTION = "backgroundTasks";
/** Milliseconds for the running action to pause on its own when its window closes. */
const CLOSING_GRACE = 1_000;

/** The runner of one window, as a language server. */
export class LanguageServer {
  readonly #connection: Connection;
  readonly #documents: OpenDocuments;
  readonly #places: Places;
  readonly #board: ProblemBoard;
  #capabilities: ClientCapabilities = {};
  #context: RunnerContext | undefined;
  #features: LanguageFeatures | undefined;
  /** The folders that were open at initialization. */
  #opened: readonly { readonly uri: string; readonly name?: string }[] = [];
  /** Only a client that has requested the state is notified of changes. */
  #isFollowed = false;
  #stopped: Promise<void> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#documents = new OpenDocuments(connection);
    this.#places = new Places(this.#documents);
    this.#board = new ProblemBoard(
      this.#places,
      (uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }).catch(() => {}),
    );
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#initialized());
    connection.onShutdown(() => this.stop());
  }

  /** Ends everything running, gracefully at first, and releases all folders. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    await this.#features?.stop();
    const folders = (await this.#context?.folders.all()) ?? [];
    await Promise.all(folders.map((folder) => folder.stop(CLOSING_GRACE)));
  }

  #initialize({ capabilities, initializationOptions, workspaceFolders, rootUri, locale = "en" }: InitializeParams): InitializeResult {
    const options: RunnerOptions = initializationOptions ?? {};
    this.#capabilities = capabilities;
    const trust = new Trust(options.trusted !== false);
    const isOwnClient = options.isOwnClient === true;
    const log = new RunnerLog(this.#connection, isOwnClient);
    const folders = new Folders({
      make: (place) => this.#makeFolder(place, { trust, log, options }),
      dropped: ({ place }) => {
        this.#board.set(place.uri, []);
        this.#features?.foldersChanged();
      },
    });
    this.#features = new LanguageFeatures({
      connection: this.#connection,
      folders,
      documents: this.#documents,
      places: this.#places,
      board: this.#board,
      capabilities,
      isOwnClient,
      locale,
      onDefect: (error, file) => {
        const where = file === undefined ? "" : ` that showed in ${file}`;
        this.#connection.console.error(`This is a bug in Background Tasks${where}: ${(error as Error).stack ?? error}`);
      },
    });
    const showsProgress = !isOwnClient && capabilities.window?.workDoneProgress === true;
    this.#context = { connection: this.#connection, trust, folders, showsProgress };
    answerRequests(this.#context, () => {
      this.#isFollowed = true;
    });
    answerCommands(this.#context);
    this.#followFiles(this.#context);
    this.#opened = workspaceFolders ?? (rootUri ? [{ uri: rootUri }] : []);
    return {
      serverInfo: { name: "background-tasks" },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        ...LANGUAGE_CAPABILITIES,
        executeCommandProvider: { commands: [...serverCommands], workDoneProgress: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  async #initialized(): Promise<void> {
    const context = this.#context;
    if (!context) return;
    const { workspace } = this.#capabilities;
    for (const folder of this.#opened) context.folders.add(folder);
    if (workspace?.workspaceFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) void context.folders.remove(uri, CLOSING_GRACE);
        for (const folder of added) context.folders.add(folder);
      });
    }
    this.#connection.onDidChangeConfiguration(() => void this.#settingsChanged(context));
    if (workspace?.didChangeConfiguration?.dynamicRegistration) {
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: SETTINGS_SECTION });
    }
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [...DEFAULT_INCLUDE, `**/${CONFIG_FILE_NAME}`].map((globPattern) => ({ globPattern }));
      await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
  }

  async #makeFolder(
    place: FolderPlace,
    { trust, log, options }: { readonly trust: Trust; readonly log: RunnerLog; readonly options: RunnerOptions },
  ): Promise<FolderRunner> {
    const folder = new FolderRunner(place, await this.#settingsOf(place.uri), {
      trust,
      places: this.#places,
      board: this.#board,
      log,
      searchNode: (setting) =>
        searchNode({
          env: process.env,
          platform: process.platform,
          ...(setting !== undefined && { setting }),
          ...(options.editorNode && { editorNode: options.editorNode }),
        }),
    });
    folder.onDidPublish((change) => {
      if (this.#isFollowed) void notify(this.#connection, "changed", change).catch(() => {});
    });
    folder.onDidNoticeRename((rename) => void this.#offerRename(folder, rename, options).catch(() => {}));
    this.#features?.follow(folder);
    await folder.start();
    return folder;
  }

  /** Our own client asks in the language of its editor; other clients get a message. */
  async #offerRename(folder: FolderRunner, rename: NoticedRename, { isOwnClient }: RunnerOptions): Promise<void> {
    const { of, ...names } = rename;
    if (isOwnClient) return notify(this.#connection, "classRenamed", { folder: folder.place.uri, kind: of, ...names });
    if (!(await offerByMessage(this.#connection, rename)) || !this.#context) return;
    await handOver(folder, this.#context.trust, rename).catch((error: Error) => this.#connection.window.showErrorMessage(error.message));
  }

  async #settingsOf(uri: string): Promise<FolderSettings> {
    if (!this.#capabilities.workspace?.configuration) return DEFAULT_SETTINGS;
    try {
      return readSettings(await this.#connection.workspace.getConfiguration({ scopeUri: uri, section: SETTINGS_SECTION }));
    } catch {
      return DEFAULT_SETTINGS;
    }
  }

  async #settingsChanged({ folders }: RunnerContext): Promise<void> {
    for (const folder of await folders.all()) folder.settingsChanged(await this.#settingsOf(folder.place.uri));
  }

  /** Our own watchers do not see directories without task files; clients see everything. */
  #followFiles({ folders }: RunnerContext): void {
    const changed = async (files: readonly string[]): Promise<void> => {
      const concerned = await Promise.all(files.map((file) => folders.containing(file)));
      for (const folder of new Set(concerned)) folder?.filesChanged();
    };
    this.#documents.onDidSave((file) => void folders.containing(file).then((folder) => folder?.fileSaved()));
    this.#connection.onDidChangeWatchedFiles(({ changes }) => void changed(changes.map(({ uri }) => fileOf(uri))));
  }
}
