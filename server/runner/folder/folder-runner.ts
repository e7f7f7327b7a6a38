import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { FolderSnapshot } from "../../protocol/folder-state.ts";
import type { TickEvent } from "../../protocol/tick-event.ts";
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
import type { NewTask, Supervisor } from "../../supervisor/index.ts";
import { messageOf } from "../../words/message-of.ts";
import { DebuggedFailures } from "../debug/debugged-failures.ts";
import { DebuggedTicks } from "../debug/debugged-ticks.ts";
import { SourceTexts } from "../documents/source-texts.ts";
import { Dismissals } from "../problems/dismissals.ts";
import { AutoTick } from "./auto-tick.ts";
import { classStates } from "./class-catalog.ts";
import { FolderClasses } from "./folder-classes.ts";
import { FolderDiagnostics } from "./folder-diagnostics.ts";
import type { FolderFacts } from "./folder-facts.ts";
import type { FolderHost, FolderPlace } from "./folder-host.ts";
import { FolderNode } from "./folder-node.ts";
import { FolderProblems } from "./folder-problems.ts";
import { FolderRenames } from "./folder-renames.ts";
import type { FolderSettings } from "./folder-settings.ts";
import { FolderStore } from "./folder-store.ts";
import { FolderSupervisor } from "./folder-supervisor.ts";
import { FolderTicks, type TickRequest } from "./folder-ticks.ts";
import { PublishedState } from "./published-state.ts";
import { StoredTasks } from "./stored-tasks.ts";
import { countWaiting } from "./tick-display-state.ts";
import { TickElsewhere } from "./tick-elsewhere.ts";
import { reportLines, TickLog } from "./tick-log.ts";

/**
 * One workspace folder: follows its store and its task files whoever changes them, executes ticks, and tells clients what there is. Makes
 * nothing on the disk by looking.
 */
export class FolderRunner {
  readonly place: FolderPlace;
  readonly store: FolderStore;
  readonly ticks: FolderTicks;
  readonly debugged: DebuggedTicks;
  readonly debuggedFailures: DebuggedFailures;
  readonly #host: FolderHost;
  readonly #published: PublishedState;
  readonly #supervisors: FolderSupervisor;
  readonly #node: FolderNode;
  readonly #problems: FolderProblems;
  readonly #classes: FolderClasses;
  readonly #diagnostics: FolderDiagnostics;
  readonly #dismissals: Dismissals;
  readonly #stored: StoredTasks;
  readonly #tickLog = new TickLog();
  readonly #elsewhere: TickElsewhere;
  readonly #texts = new SourceTexts();
  readonly #renames: FolderRenames;
  readonly #autoTick: AutoTick;
  readonly #onDefect = (error: unknown) =>
    this.#host.line("error", `This is a bug in Background Tasks: ${(error as Error).stack ?? error}`);
  readonly #stopListening: () => void;
  #settings: FolderSettings;
  #isStopped = false;

  constructor(place: FolderPlace, settings: FolderSettings, host: FolderHost) {
    const { uri, directory } = place;
    this.place = place;
    this.#settings = settings;
    this.#host = host;
    this.store = new FolderStore(directory);
    this.#published = new PublishedState(
      {
        uri,
        name: place.name ?? basename(directory),
        taskFiles: [],
        classes: [],
        areClassesKnown: false,
        loadProblems: [],
        tick: null,
        autoTick: settings.autoTick,
        node: {},
      },
      (change) => {
        host.publish(change);
        host.factsChanged();
      },
    );
    this.#supervisors = new FolderSupervisor(directory, (output) => host.output(output));
    this.#node = new FolderNode(host, (node) => this.#published.set({ node }));
    this.#problems = new FolderProblems((problem) => this.#published.setProblem(problem));
    this.#dismissals = new Dismissals(this.store.directory, () => this.#stored.dismissalsChanged());
    this.#stored = this.#followStore();
    this.#classes = this.#followClasses();
    this.#diagnostics = this.#followProblems();
    this.#renames = new FolderRenames({
      directory,
      tasksKnown: () => this.#stored.settled(),
      tasks: () => this.#stored.tasks,
      onRename: (rename) => host.renamed(rename),
    });
    this.ticks = new FolderTicks({
      tick: async (options) => (await this.#supervisor()).tick({ ...this.#timeLimit(), ...options }),
      countWaiting: (filter) => countWaiting(this.#stored.tasks, filter),
      onState: (tick) => this.#published.set({ tick }),
      onEvent: (event) => this.#followTick(event),
      onReport: (report) => {
        for (const { level, text } of reportLines(report)) host.line(level, text);
        this.#stored.changed();
      },
    });
    this.debugged = new DebuggedTicks({
      directory,
      isTicking: async () => this.ticks.isRunning || (await this.store.mutexHolder()) !== null,
      node: () => this.#node.get(this.#settings.nodePath),
      tick: (request) => this.runTick(request),
      onFailure: (error) => host.line("error", messageOf(error)),
    });
    this.debuggedFailures = new DebuggedFailures({
      directory,
      store: this.store,
      node: () => this.#node.get(this.#settings.nodePath),
      repeat: async (attempt, debugging) => (await this.#supervisor()).repeat(attempt, { ...this.#timeLimit(), debugging }),
    });
    this.#elsewhere = new TickElsewhere({
      owner: () => this.store.mutexHolder(),
      isOwn: () => this.ticks.isRunning,
      onChange: (tick) => this.#published.set({ tick }),
    });
    this.#autoTick = new AutoTick({
      store: this.store,
      tick: (request) => this.runTick(request),
      isLocked: async () => (await this.store.mutexHolder()) !== null,
      known: () => this.#classes.catalog,
      settled: () => this.#classes.settled(),
      onProblem: (error) => {
        if (!this.#isStopped) host.line("warning", `Could not start an automatic tick: ${messageOf(error)}`);
      },
    });
    this.#stopListening = host.trust.onChange(() => this.#trustChanged());
  }

  get directory(): string {
    return this.place.directory;
  }

  /** Resolves when what is there is known for the first time, but for the classes. */
  async start(): Promise<void> {
    this.#classes.changed();
    await this.#stored.settled();
    this.#applyAutoTick();
    this.#published.announce();
  }

  settingsChanged(settings: FolderSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    this.#published.set({ autoTick: settings.autoTick });
    if (settings.nodePath !== before.nodePath) this.#node.forget();
    this.#applyAutoTick();
    if (isDeepStrictEqual(settings, before)) return;
    this.#host.factsChanged();
    void this.refreshClasses();
    this.#classes.changed();
  }

  /** Task files, the configuration or something beside them may have changed. */
  filesChanged(): void {
    this.#classes.changed();
  }

  /** A person has saved a file of the folder. */
  fileSaved(): void {
    this.#classes.saved();
  }

  snapshot(): FolderSnapshot {
    return this.#published.snapshot();
  }

  /** What lenses, hovers and the like are made from. */
  facts(): FolderFacts {
    const { uri, name, classes, areClassesKnown, loadProblems, tick } = this.#published.state;
    return {
      uri,
      name,
      isTrusted: this.#host.trust.isGranted,
      taskFiles: this.#classes.files,
      classes,
      areClassesKnown,
      loadProblems,
      tasks: this.#stored.tasks,
      state: (task) => this.#published.task(task),
      history: this.#stored.history,
      failures: this.#diagnostics.failures,
      tick,
      severities: { ...this.#classes.config?.checks, ...this.#settings.checks },
    };
  }

  /** @throws InputError, ConfigError, StoreError, WorkerError */
  async runTick(request: TickRequest): Promise<TickReport> {
    this.#host.trust.require("run a tick");
    const report = await this.ticks.run(request);
    await this.#shown();
    return report;
  }

  /** @throws InputError, ConfigError, StoreError, WorkerError */
  async createTask(task: NewTask): Promise<{ readonly id: string }> {
    this.#host.trust.require("create a task");
    const { id } = await (await this.#supervisor()).createTask(task);
    await this.#shown();
    return { id };
  }

  /** What the task files export, after everything that has changed was looked at. */
  async classes(): Promise<readonly ClassDescription[]> {
    return (await this.#classes.settled()).classes;
  }

  /** The stored ones. @throws StoreError */
  async tasks(): Promise<readonly TaskRecord[]> {
    return currentTasks(await this.store.read()).tasks;
  }

  /** Leaves a person's request to the tick under way or the next one. @throws InputError, StoreError */
  async request(kind: PersonsRequest, task: string): Promise<void> {
    this.#host.trust.require("change a task");
    await submitRequest(this.store, kind, task);
    await this.#shown();
  }

  /** Replaces the params of an action that is not being executed. @throws InputError, StoreError */
  async editParams(task: string, edit: Edit): Promise<void> {
    this.#host.trust.require("change a task");
    await submitEdit(this.store, task, edit);
    await this.#shown();
  }

  async submit(body: RequestBody): Promise<void> {
    await this.store.submit(body);
    await this.#shown();
  }

  /** What failed of a task or of one of its actions is not shown any more. Returns how much that was. */
  async dismiss(task: string, action: string | undefined): Promise<number> {
    await this.#stored.settled();
    const dismissed = await this.#diagnostics.dismiss(task, action);
    await this.#shown();
    return dismissed;
  }

  /** Looks at the task files now, by loading them in a worker. */
  async refreshClasses(): Promise<void> {
    await this.#classes.refresh();
    this.#published.flush();
  }

  /** @param graceMs that what is executed has to pause by itself. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true;
    this.#stopListening();
    this.#elsewhere.stop();
    this.#published.close();
    await Promise.all([this.#supervisors.close(graceMs), this.#autoTick.stop()]);
    await Promise.all([this.#stored.stop(), this.#classes.stop(), this.#diagnostics.stop()]);
    await this.#renames.stop();
    await this.store.close();
  }

  async #supervisor(): Promise<Supervisor> {
    return this.#supervisors.get(this.#settings, await this.#node.get(this.#settings.nodePath));
  }

  #timeLimit(): { readonly maxExecutionTimeMs?: number } {
    const { maxExecutionTime } = this.#settings;
    return maxExecutionTime === undefined ? {} : { maxExecutionTimeMs: maxExecutionTime * 1_000 };
  }

  #applyAutoTick(): void {
    this.#autoTick.set(this.#host.trust.isGranted ? this.#settings.autoTick : "off");
  }

  #trustChanged(): void {
    this.#applyAutoTick();
    this.#host.factsChanged();
    void this.refreshClasses();
  }

  /** Resolves when clients were told what the store holds now. */
  async #shown(): Promise<void> {
    await this.#stored.settled();
    this.#published.flush();
  }

  async #showClasses(): Promise<void> {
    const { catalog } = this.#classes;
    const attempts = catalog.classes.flatMap(({ kind, name, maxAttempts }) =>
      kind === "action" && maxAttempts ? [[name, maxAttempts] as const] : [],
    );
    const texts = await this.#texts.texts(catalog.classes.flatMap(({ file }) => file ?? []));
    const classes = classStates(catalog, this.#stored.schedules, texts, Date.now());
    if (this.#classes.isKnown) await this.#renames.look(classes, catalog.problems);
    this.#published.set({
      classes,
      areClassesKnown: this.#classes.isKnown,
      loadProblems: catalog.problems,
    });
    this.#stored.setMaxAttempts(new Map(attempts));
  }

  #followTick(event: TickEvent): void {
    this.#stored.followTick(event);
    if (event.kind === "load-problem" && !this.#classes.hasProblemIn(event.problem.file)) void this.refreshClasses();
    if (event.kind === "output") this.#host.output(event);
    const notice = this.#tickLog.line(event);
    if (notice) this.#host.line(notice.level, notice.text);
  }

  #followStore(): StoredTasks {
    return new StoredTasks({
      store: this.store,
      dismissals: this.#dismissals,
      published: this.#published,
      problems: this.#problems,
      onTasks: (tasks) => this.#elsewhere.storeChanged(tasks),
      onSchedules: () => void this.#showClasses(),
      onLooked: () => this.#diagnostics.changed(),
      onDefect: this.#onDefect,
    });
  }

  #followClasses(): FolderClasses {
    return new FolderClasses({
      directory: this.directory,
      problems: this.#problems,
      include: () => this.#settings.include,
      isTrusted: () => this.#host.trust.isGranted,
      describe: async () => (await this.#supervisor()).describe(),
      otherFiles: () => this.#diagnostics.files,
      // That there is no Node, and what is wrong with the configuration, is told already.
      isTold: (problem) => this.#node.result?.problem === problem || this.#problems.config?.message === problem,
      onFiles: (taskFiles) => {
        this.#published.set({ taskFiles });
        this.#host.factsChanged();
        this.#diagnostics.changed();
      },
      onCatalog: () => this.#showClasses(),
      onEdited: (files) => this.#autoTick.filesChanged(files),
      beforeLook: () => this.store.attach().catch(() => {}),
      onDefect: this.#onDefect,
    });
  }

  #followProblems(): FolderDiagnostics {
    return new FolderDiagnostics({
      uri: this.place.uri,
      dismissals: this.#dismissals,
      texts: this.#texts,
      places: this.#host.places,
      board: this.#host.board,
      current: () => ({
        tasks: this.#stored.tasks,
        history: this.#stored.history,
        catalog: this.#classes.catalog,
        taskFiles: this.#classes.files,
        configError: this.#problems.config,
      }),
      onShown: async () => {
        this.#host.factsChanged();
        await this.#classes.alsoFollow(this.#diagnostics.files);
      },
      onDefect: this.#onDefect,
    });
  }
}
