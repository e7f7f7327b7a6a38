import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Event } from "vscode-languageserver";
import type { FolderChange, FolderSnapshot } from "../../protocol/folder-state.ts";
import {
  type ClassDescription,
  currentTasks,
  type Edit,
  type PersonsRequest,
  submitEdit,
  submitRequest,
  type TickReport,
} from "../../service/index.ts";
import type { RequestBody, TaskRecord } from "../../store/index.ts";
import type { NewTask } from "../../supervisor/index.ts";
import { SourceTexts } from "../documents/source-texts.ts";
import type { FolderFacts } from "../model/folder-facts.ts";
import type { FolderSettings } from "../model/folder-settings.ts";
import { type FolderKey, ObservedFolder } from "../model/observed-folder.ts";
import { Dismissals } from "../problems/dismissals.ts";
import type { NoticedRename } from "../renames/class-renames.ts";
import type { Trust } from "../trust.ts";
import { DebuggedFailures } from "./debug/debugged-failures.ts";
import { DebuggedTicks } from "./debug/debugged-ticks.ts";
import type { FolderHost, FolderPlace } from "./folder-host.ts";
import { FolderLog } from "./folder-log.ts";
import { FolderStore } from "./folder-store.ts";
import { FolderSupervisor } from "./folder-supervisor.ts";
import { FolderClasses } from "./sources/folder-classes.ts";
import { FolderNode } from "./sources/folder-node.ts";
import { FolderTicks, type TickRequest } from "./sources/folder-ticks.ts";
import { StoredTasks } from "./sources/stored-tasks.ts";
import { TickElsewhere } from "./sources/tick-elsewhere.ts";
import { AutoTick } from "./views/auto-tick.ts";
import { FolderProblems } from "./views/folder-problems.ts";
import { FolderRenames } from "./views/folder-renames.ts";
import { PublishedState } from "./views/published-state.ts";
import { logTicks } from "./views/tick-log.ts";

/**
 * The verbs of one workspace folder. Its parts meet in the model: sources follow the store and the task files, whichever process changes
 * them, and views show the changes. Following alone creates nothing on disk.
 */
export class FolderRunner {
  readonly place: FolderPlace;
  readonly store: FolderStore;
  readonly ticks: FolderTicks;
  readonly debugged: DebuggedTicks;
  readonly debuggedFailures: DebuggedFailures;
  readonly #trust: Trust;
  readonly #model: ObservedFolder;
  readonly #published: PublishedState;
  readonly #supervisor: FolderSupervisor;
  readonly #stored: StoredTasks;
  readonly #classes: FolderClasses;
  readonly #problems: FolderProblems;
  readonly #elsewhere: TickElsewhere;
  readonly #renames: FolderRenames;
  readonly #autoTick: AutoTick;
  readonly #stopListening: () => void;

  constructor(place: FolderPlace, settings: FolderSettings, { trust, places, board, log: runnerLog, searchNode }: FolderHost) {
    const { uri, directory, name = basename(directory) } = place;
    const model = new ObservedFolder({ uri, name, directory, settings, isTrusted: trust.isGranted });
    const log = new FolderLog(runnerLog, uri);
    const { defect: onDefect } = log;
    const texts = new SourceTexts();
    this.place = place;
    this.#trust = trust;
    this.#model = model;
    // The first to follow the model, so that later followers find the states of tasks up to date.
    this.#published = new PublishedState(model);
    const store = new FolderStore(directory);
    const node = new FolderNode(model, searchNode, log);
    const supervisor = new FolderSupervisor(model, node, log);
    const ticks = new FolderTicks(model, supervisor);
    const dismissals = new Dismissals(store.directory);
    this.store = store;
    this.ticks = ticks;
    this.#supervisor = supervisor;
    this.#stored = new StoredTasks({ model, store, dismissals, ticks, onDefect });
    this.#classes = new FolderClasses({ model, store, supervisor, ticks, texts, onDefect });
    this.#elsewhere = new TickElsewhere(model, store);
    this.#problems = new FolderProblems({ model, dismissals, texts, places, board, onDefect });
    this.#renames = new FolderRenames(model, this.#stored);
    this.#autoTick = new AutoTick({ model, store, ticks, classes: this.#classes, log });
    logTicks(ticks, store, log);
    this.debugged = new DebuggedTicks(this, node, log);
    this.debuggedFailures = new DebuggedFailures({ directory, store, node, supervisor });
    this.#stopListening = trust.onChange(() => model.set({ isTrusted: trust.isGranted }));
  }

  get directory(): string {
    return this.place.directory;
  }

  /** Fires with the keys of the slices that have changed. */
  get onDidChange(): Event<ReadonlySet<FolderKey>> {
    return this.#model.onDidChange;
  }

  /** Fires with changes for clients. */
  get onDidPublish(): Event<FolderChange> {
    return this.#published.onDidPublish;
  }

  /** Fires when stored tasks can be reassigned to a renamed class, if the user agrees. */
  get onDidNoticeRename(): Event<NoticedRename> {
    return this.#renames.onDidNotice;
  }

  /** Resolves once everything except the classes is known. */
  async start(): Promise<void> {
    this.#classes.changed();
    await this.#stored.settled();
    this.#autoTick.start();
    this.#published.announce();
  }

  settingsChanged(settings: FolderSettings): void {
    if (!isDeepStrictEqual(settings, this.#model.slices.settings)) this.#model.set({ settings });
  }

  /** Call when task files, the configuration or related files may have changed. */
  filesChanged(): void {
    this.#classes.changed();
  }

  /** Call when the user has saved a file of the folder. */
  fileSaved(): void {
    this.#classes.saved();
  }

  snapshot(): FolderSnapshot {
    return this.#published.snapshot();
  }

  /** Input for lenses, hovers and the like. */
  facts(): FolderFacts {
    const { slices } = this.#model;
    const severities = { ...slices.config?.checks, ...slices.settings.checks };
    return { ...slices, severities, state: (task) => this.#published.task(task) };
  }

  /** @throws InputError, ConfigError, StoreError, WorkerError */
  async runTick(request: TickRequest): Promise<TickReport> {
    this.#trust.require("run a tick");
    const report = await this.ticks.run(request);
    await this.#shown();
    return report;
  }

  /** @throws InputError, ConfigError, StoreError, WorkerError */
  async createTask(task: NewTask): Promise<{ readonly id: string }> {
    this.#trust.require("create a task");
    const { id } = await this.#supervisor.createTask(task);
    await this.#shown();
    return { id };
  }

  /** Exports of the task files, after reading all changes so far. */
  async classes(): Promise<readonly ClassDescription[]> {
    return (await this.#classes.settled()).classes;
  }

  /** The stored tasks. @throws StoreError */
  async tasks(): Promise<readonly TaskRecord[]> {
    return currentTasks(await this.store.read()).tasks;
  }

  /** Submits a user's request to the current or next tick. @throws InputError, StoreError */
  async request(kind: PersonsRequest, task: string): Promise<void> {
    this.#trust.require("change a task");
    await submitRequest(this.store, kind, task);
    await this.#shown();
  }

  /** Replaces the params of an action that is not being executed. @throws InputError, StoreError */
  async editParams(task: string, edit: Edit): Promise<void> {
    this.#trust.require("change a task");
    await submitEdit(this.store, task, edit);
    await this.#shown();
  }

  async submit(body: RequestBody): Promise<void> {
    await this.store.submit(body);
    await this.#shown();
  }

  /** Hides the failures of a task, or of one of its actions. Returns their number. */
  async dismiss(task: string, action: string | undefined): Promise<number> {
    await this.#stored.settled();
    const dismissed = await this.#problems.dismiss(task, action);
    this.#published.flush();
    return dismissed;
  }

  /** Scans the task files now, by loading them in a worker. */
  async refreshClasses(): Promise<void> {
    await this.#classes.refresh();
    await this.#renames.settled();
    this.#published.flush();
  }

  /** @param graceMs milliseconds for the running action to pause on its own. */
  async stop(graceMs: number): Promise<void> {
    this.#stopListening();
    this.#elsewhere.stop();
    this.#published.close();
    await Promise.all([this.#supervisor.close(graceMs), this.#autoTick.stop()]);
    await Promise.all([this.#stored.stop(), this.#classes.stop(), this.#problems.stop()]);
    await this.#renames.settled();
    await this.store.close();
  }

  /** Resolves when the current content of the store is published. */
  async #shown(): Promise<void> {
    await this.#stored.settled();
    this.#published.flush();
  }
}
