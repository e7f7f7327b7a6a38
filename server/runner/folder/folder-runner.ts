import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { FolderChange, FolderSnapshot } from "../../protocol/folder-state.ts";
import type { OutputEvent } from "../../protocol/tick-event.ts";
import { currentTasks, type TickReport } from "../../service/index.ts";
import type { RequestBody, ScheduleRecord, StoreSnapshot, TaskRecord } from "../../store/index.ts";
import type { NewTask, Supervisor } from "../../supervisor/index.ts";
import { type ConfigError, DEFAULT_INCLUDE } from "../../workspace/index.ts";
import { ChangeLoop } from "../change-loop.ts";
import { DebuggedTicks } from "../debug/debugged-ticks.ts";
import { Dismissals } from "../diagnostics/dismissals.ts";
import { FailureProjection } from "../diagnostics/failure-projection.ts";
import { configDiagnostic, loadDiagnostics, type PlacedDiagnostic } from "../diagnostics/load-diagnostics.ts";
import type { NodeSearchResult } from "../node/node-search.ts";
import type { LogLevel } from "../runner-log.ts";
import { SourceTexts } from "../source-texts.ts";
import type { Trust } from "../trust.ts";
import { AutoTick } from "./auto-tick.ts";
import { type Catalog, ClassCatalog, classStates } from "./class-catalog.ts";
import { tryReadConfig } from "./folder-config.ts";
import { FolderNode } from "./folder-node.ts";
import type { FolderSettings } from "./folder-settings.ts";
import { FolderStore } from "./folder-store.ts";
import { FolderSupervisor } from "./folder-supervisor.ts";
import { FolderTicks, type TickRequest } from "./folder-ticks.ts";
import { HistoryFollower } from "./history-follower.ts";
import { LiveProgress } from "./live-progress.ts";
import { PublishedState } from "./published-state.ts";
import { TaskFiles } from "./task-files.ts";
import { TaskStates } from "./task-states.ts";
import { countWaiting } from "./tick-display-state.ts";
import { TickElsewhere } from "./tick-elsewhere.ts";
import { reportLines, TickLog } from "./tick-log.ts";

export interface FolderPlace {
  /** As the client named it. */
  readonly uri: string;
  readonly name?: string;
  /** Absolute path. */
  readonly directory: string;
}

/** Why something cannot be shown or done; in words for people. */
interface Problems {
  readonly config?: ConfigError;
  readonly store?: string;
  readonly classes?: string;
}

/** What a folder needs of the runner. */
export interface FolderHost {
  readonly trust: Trust;
  publish(change: FolderChange): void;
  diagnostics(diagnostics: readonly PlacedDiagnostic[]): void;
  line(level: LogLevel, text: string): void;
  output(output: OutputEvent): void;
  searchNode(setting: string | undefined): Promise<NodeSearchResult>;
}

/**
 * One workspace folder: follows its store and its task files whoever changes them, executes ticks, and tells clients what there is. Makes
 * nothing on the disk by looking.
 */
export class FolderRunner {
  readonly place: FolderPlace;
  readonly store: FolderStore;
  readonly ticks: FolderTicks;
  readonly debugged: DebuggedTicks;
  readonly #host: FolderHost;
  readonly #published: PublishedState;
  readonly #supervisors: FolderSupervisor;
  readonly #node: FolderNode;
  readonly #taskFiles: TaskFiles;
  readonly #catalog: ClassCatalog;
  readonly #states = new TaskStates();
  readonly #live = new LiveProgress();
  readonly #tickLog = new TickLog();
  readonly #elsewhere: TickElsewhere;
  readonly #texts = new SourceTexts();
  readonly #dismissals: Dismissals;
  readonly #failures: FailureProjection;
  readonly #history: HistoryFollower;
  readonly #autoTick: AutoTick;
  readonly #onDefect = (error: unknown) =>
    this.#host.line("error", `This is a defect of Background Tasks: ${(error as Error).stack ?? error}`);
  readonly #storeLoop = new ChangeLoop(() => this.#lookAtStore(), this.#onDefect);
  readonly #filesLoop = new ChangeLoop(() => this.#lookAtFiles(), this.#onDefect);
  readonly #diagnosticsLoop = new ChangeLoop(() => this.#showDiagnostics(), this.#onDefect);
  readonly #stopListening: () => void;
  #settings: FolderSettings;
  #tasks: readonly TaskRecord[] = [];
  #schedules: readonly ScheduleRecord[] = [];
  #problems: Problems = {};
  #hasLookedAtFiles = false;
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
        loadProblems: [],
        tick: null,
        autoTick: settings.autoTick,
        node: {},
      },
      (change) => host.publish(change),
    );
    this.#supervisors = new FolderSupervisor(directory, (output) => host.output(output));
    this.#node = new FolderNode(host, (node) => this.#published.set({ node }));
    this.#taskFiles = new TaskFiles(directory, () => this.filesChanged());
    this.#catalog = new ClassCatalog(
      async () => (await this.#supervisor()).describe(),
      () => this.#showClasses(),
    );
    this.#dismissals = new Dismissals(this.store.directory);
    this.#failures = new FailureProjection(this.#dismissals, this.#texts);
    this.#history = new HistoryFollower(this.store);
    this.ticks = new FolderTicks({
      tick: async (options) => {
        const { maxExecutionTime } = this.#settings;
        const limit = maxExecutionTime === undefined ? {} : { maxExecutionTimeMs: maxExecutionTime * 1_000 };
        return (await this.#supervisor()).tick({ ...limit, ...options });
      },
      countWaiting: (filter) => countWaiting(this.#tasks, filter),
      onState: (tick) => this.#published.set({ tick }),
      onEvent: (event) => {
        this.#live.apply(event);
        const task = "task" in event && event.task ? this.#published.task(event.task.id) : undefined;
        if (event.kind === "action-progressed" && task) this.#published.setTask(this.#live.shownOn(task));
        if (event.kind === "action-ended" || event.kind === "task-ended") this.#storeLoop.notify();
        if (event.kind === "load-problem" && !this.#knowsProblem(event.problem.file)) void this.refreshClasses();
        if (event.kind === "output") host.output(event);
        const notice = this.#tickLog.line(event);
        if (notice) host.line(notice.level, notice.text);
      },
      onReport: (report) => {
        for (const { level, text } of reportLines(report)) host.line(level, text);
        this.#storeLoop.notify();
      },
    });
    this.debugged = new DebuggedTicks({
      directory,
      isTicking: async () => this.ticks.isRunning || (await this.store.tickOwner()) !== null,
      node: () => this.#node.get(this.#settings.nodePath),
      tick: (request) => this.runTick(request),
      onFailure: (error) => host.line("error", error instanceof Error ? error.message : String(error)),
    });
    this.#elsewhere = new TickElsewhere({
      owner: () => this.store.tickOwner(),
      isOwn: () => this.ticks.isRunning,
      onChange: (tick) => this.#published.set({ tick }),
    });
    this.#autoTick = new AutoTick({
      store: this.store,
      tick: (request) => this.runTick(request),
      isLocked: async () => (await this.store.tickOwner()) !== null,
      catalog: async () => {
        await this.#filesLoop.settled();
        return this.#catalog.current;
      },
      onProblem: (error) => {
        if (!this.#isStopped) host.line("warning", `No automatic tick: ${error instanceof Error ? error.message : String(error)}`);
      },
    });
    this.store.watch(() => this.#storeLoop.notify());
    this.#stopListening = host.trust.onChange(() => this.#trustChanged());
  }

  get directory(): string {
    return this.place.directory;
  }

  /** Resolves when what is there is known for the first time, but for the classes. */
  async start(): Promise<void> {
    this.#filesLoop.notify();
    await this.#storeLoop.settled();
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
    void this.refreshClasses();
    this.#filesLoop.notify();
  }

  /** Task files, the configuration or something beside them may have changed. */
  filesChanged(): void {
    this.#filesLoop.notify();
  }

  snapshot(): FolderSnapshot {
    return this.#published.snapshot();
  }

  /** @throws InputError, ConfigError, StoreError, WorkerError */
  async runTick(request: TickRequest): Promise<TickReport> {
    this.#host.trust.require("no tick is run");
    const report = await this.ticks.run(request);
    await this.#shown();
    return report;
  }

  /** @throws InputError, ConfigError, StoreError, WorkerError */
  async createTask(task: NewTask): Promise<{ readonly id: string }> {
    this.#host.trust.require("no task is created");
    const { id } = await (await this.#supervisor()).createTask(task);
    await this.#shown();
    return { id };
  }

  async submit(body: RequestBody): Promise<void> {
    await this.store.submit(body);
    await this.#shown();
  }

  /** What failed of a task or of one of its actions is not shown any more. Returns how much that was. */
  async dismiss(task: string, action: string | undefined): Promise<number> {
    await this.#storeLoop.settled();
    const failures = await this.#failures.failures({ tasks: this.#tasks, history: this.#history.entries });
    const meant = failures.filter((failure) => failure.task === task && (action === undefined || failure.action === action));
    if (meant.length > 0) await this.#dismissals.add(meant);
    await this.#diagnosticsLoop.settled();
    return meant.length;
  }

  /** Looks at the task files now, by loading them in a worker. */
  async refreshClasses(): Promise<void> {
    if (!this.#host.trust.isGranted || this.#taskFiles.files.length === 0) return this.#catalog.clear();
    try {
      await this.#catalog.refresh();
      this.#setProblems({ classes: undefined });
    } catch (error) {
      if (this.#isStopped) return;
      const message = error instanceof Error ? error.message : String(error);
      // That there is no Node, and what is wrong with the configuration, is told already.
      const isTold = this.#node.result?.problem === message || this.#problems.config?.message === message;
      this.#setProblems({ classes: isTold ? undefined : `The task files could not be looked at: ${message}` });
    }
  }

  /** @param graceMs that what is executed has to pause by itself. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true;
    this.#stopListening();
    this.#elsewhere.stop();
    this.#taskFiles.close();
    this.#published.close();
    await Promise.all([this.#supervisors.close(graceMs), this.#autoTick.stop()]);
    await Promise.all([this.#storeLoop, this.#filesLoop, this.#diagnosticsLoop].map((loop) => loop.stop()));
    await this.store.close();
  }

  async #supervisor(): Promise<Supervisor> {
    return this.#supervisors.get(this.#settings, await this.#node.get(this.#settings.nodePath));
  }

  #applyAutoTick(): void {
    this.#autoTick.set(this.#host.trust.isGranted ? this.#settings.autoTick : "off");
  }

  #trustChanged(): void {
    this.#applyAutoTick();
    void this.refreshClasses();
  }

  /** Resolves when clients were told what the store holds now. */
  async #shown(): Promise<void> {
    await this.#storeLoop.settled();
    this.#published.flush();
  }

  async #lookAtStore(): Promise<void> {
    try {
      this.#show(await this.store.read());
      if (await this.#history.refresh()) this.#published.historyChanged();
      this.#setProblems({ store: undefined });
    } catch (error) {
      if (!this.#isStopped) this.#setProblems({ store: error instanceof Error ? error.message : String(error) });
    }
    this.#diagnosticsLoop.notify();
  }

  #show(snapshot: StoreSnapshot): void {
    const { tasks, damaged } = currentTasks(snapshot);
    this.#tasks = tasks;
    const { removed } = this.#published.setTasks([
      ...tasks.map((task) => this.#live.shownOn(this.#states.stateOf(task))),
      ...damaged.map((task) => this.#states.stateOfDamaged(task)),
    ]);
    if (removed.length > 0) this.#history.tasksEnded();
    if (JSON.stringify(snapshot.schedules) !== JSON.stringify(this.#schedules)) {
      this.#schedules = snapshot.schedules;
      void this.#showClasses();
    }
    this.#elsewhere.storeChanged(tasks);
  }

  async #lookAtFiles(): Promise<void> {
    await this.store.attach().catch(() => {});
    const { config, error } = tryReadConfig(this.directory);
    this.#setProblems({ config: error });
    const include = this.#settings.include ?? config?.include ?? DEFAULT_INCLUDE;
    const changed = await this.#taskFiles.refresh(include, this.#failures.files);
    if (this.#isStopped) return;
    this.#published.set({ taskFiles: this.#taskFiles.files });
    const isFirst = !this.#hasLookedAtFiles;
    this.#hasLookedAtFiles = true;
    const { problems, classes } = this.#catalog.current;
    const mayHaveBeenMended = problems.length > 0 || classes.length === 0 || this.#problems.classes !== undefined;
    if (changed.length > 0 || mayHaveBeenMended) await this.refreshClasses();
    const isMended = !isDeepStrictEqual(problems, this.#catalog.current.problems);
    if (!isFirst && this.#host.trust.isGranted && (changed.length > 0 || isMended)) this.#autoTick.filesChanged(changed);
    this.#diagnosticsLoop.notify();
  }

  async #showClasses(): Promise<void> {
    const catalog = this.#catalog.current;
    const attempts = catalog.classes.flatMap(({ kind, name, maxAttempts }) =>
      kind === "action" && maxAttempts ? [[name, maxAttempts] as const] : [],
    );
    this.#states.setMaxAttempts(new Map(attempts));
    const texts = await this.#texts.texts(catalog.classes.flatMap(({ file }) => file ?? []));
    this.#published.set({ classes: classStates(catalog, this.#schedules, texts), loadProblems: catalog.problems });
    this.#storeLoop.notify();
  }

  async #showDiagnostics(): Promise<void> {
    const catalog: Catalog = this.#catalog.current;
    const files = [...catalog.classes.flatMap(({ file }) => file ?? []), ...catalog.problems.map(({ file }) => file)];
    const { config } = this.#problems;
    const texts = await this.#texts.texts(config ? [...files, config.file] : files);
    const textOf = (file: string) => texts.get(file);
    const failures = await this.#failures.diagnostics({
      uri: this.place.uri,
      tasks: this.#tasks,
      history: this.#history.entries,
      catalog,
      taskFiles: this.#taskFiles.files,
    });
    if (this.#isStopped) return;
    this.#host.diagnostics([
      ...(config ? [configDiagnostic(config, textOf)] : []),
      ...loadDiagnostics(catalog, textOf).filter(({ file }) => texts.has(file)),
      ...failures,
    ]);
    await this.#taskFiles.alsoFollow(this.#failures.files);
  }

  #setProblems(problems: { readonly [Key in keyof Problems]: Problems[Key] | undefined }): void {
    this.#problems = { ...this.#problems, ...problems } as Problems;
    const { config, store, classes } = this.#problems;
    this.#published.setProblem(config?.message ?? store ?? classes);
  }

  #knowsProblem(file: string): boolean {
    return this.#catalog.current.problems.some((problem) => problem.file === file);
  }
}
