import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ClassState, FolderSnapshot } from "../../protocol/folder-state.ts";
import type { TickEvent } from "../../protocol/tick-event.ts";
import { type ClassDescription, currentTasks, type TickReport } from "../../service/index.ts";
import type { RequestBody, ScheduleRecord, StoreSnapshot, TaskRecord } from "../../store/index.ts";
import type { NewTask, Supervisor } from "../../supervisor/index.ts";
import { ChangeLoop } from "../change-loop.ts";
import { DebuggedTicks } from "../debug/debugged-ticks.ts";
import type { FolderFacts } from "../language/folder-facts.ts";
import { messageOf } from "../message-of.ts";
import { ClassRenames } from "../renames/class-renames.ts";
import { SourceTexts } from "../source-texts.ts";
import { AutoTick } from "./auto-tick.ts";
import { type Catalog, classStates } from "./class-catalog.ts";
import { FolderClasses } from "./folder-classes.ts";
import { FolderDiagnostics } from "./folder-diagnostics.ts";
import type { FolderHost, FolderPlace } from "./folder-host.ts";
import { FolderNode } from "./folder-node.ts";
import { FolderProblems } from "./folder-problems.ts";
import type { FolderSettings } from "./folder-settings.ts";
import { FolderStore } from "./folder-store.ts";
import { FolderSupervisor } from "./folder-supervisor.ts";
import { FolderTicks, type TickRequest } from "./folder-ticks.ts";
import { HistoryFollower } from "./history-follower.ts";
import { LiveProgress } from "./live-progress.ts";
import { PublishedState } from "./published-state.ts";
import { TaskStates } from "./task-states.ts";
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
  readonly #host: FolderHost;
  readonly #published: PublishedState;
  readonly #supervisors: FolderSupervisor;
  readonly #node: FolderNode;
  readonly #problems: FolderProblems;
  readonly #classes: FolderClasses;
  readonly #diagnostics: FolderDiagnostics;
  readonly #states = new TaskStates();
  readonly #live = new LiveProgress();
  readonly #tickLog = new TickLog();
  readonly #elsewhere: TickElsewhere;
  readonly #texts = new SourceTexts();
  readonly #renames = new ClassRenames();
  readonly #history: HistoryFollower;
  readonly #autoTick: AutoTick;
  readonly #onDefect = (error: unknown) =>
    this.#host.line("error", `This is a defect of Background Tasks: ${(error as Error).stack ?? error}`);
  readonly #storeLoop = new ChangeLoop(() => this.#lookAtStore(), this.#onDefect);
  readonly #stopListening: () => void;
  #settings: FolderSettings;
  #tasks: readonly TaskRecord[] = [];
  #schedules: readonly ScheduleRecord[] = [];
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
    this.#classes = this.#followClasses();
    this.#diagnostics = this.#followProblems();
    this.#history = new HistoryFollower(this.store);
    this.ticks = new FolderTicks({
      tick: async (options) => {
        const { maxExecutionTime } = this.#settings;
        const limit = maxExecutionTime === undefined ? {} : { maxExecutionTimeMs: maxExecutionTime * 1_000 };
        return (await this.#supervisor()).tick({ ...limit, ...options });
      },
      countWaiting: (filter) => countWaiting(this.#tasks, filter),
      onState: (tick) => this.#published.set({ tick }),
      onEvent: (event) => this.#followTick(event),
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
      onFailure: (error) => host.line("error", messageOf(error)),
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
      known: () => this.#classes.catalog,
      settled: () => this.#classes.settled(),
      onProblem: (error) => {
        if (!this.#isStopped) host.line("warning", `No automatic tick: ${messageOf(error)}`);
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
    this.#classes.changed();
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
    const { uri, classes, areClassesKnown, loadProblems, tick } = this.#published.state;
    return {
      uri,
      isTrusted: this.#host.trust.isGranted,
      taskFiles: this.#classes.files,
      classes,
      areClassesKnown,
      loadProblems,
      tasks: this.#tasks,
      state: (task) => this.#published.task(task),
      history: this.#history.entries,
      failures: this.#diagnostics.failures,
      tick,
      severities: { ...this.#classes.config?.checks, ...this.#settings.checks },
    };
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

  /** What the task files export, after everything that has changed was looked at. */
  async classes(): Promise<readonly ClassDescription[]> {
    return (await this.#classes.settled()).classes;
  }

  /** The stored ones. @throws StoreError */
  async tasks(): Promise<readonly TaskRecord[]> {
    return currentTasks(await this.store.read()).tasks;
  }

  async submit(body: RequestBody): Promise<void> {
    await this.store.submit(body);
    await this.#shown();
  }

  /** What failed of a task or of one of its actions is not shown any more. Returns how much that was. */
  async dismiss(task: string, action: string | undefined): Promise<number> {
    await this.#storeLoop.settled();
    return this.#diagnostics.dismiss(task, action);
  }

  /** Looks at the task files now, by loading them in a worker. */
  refreshClasses(): Promise<void> {
    return this.#classes.refresh();
  }

  /** @param graceMs that what is executed has to pause by itself. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true;
    this.#stopListening();
    this.#elsewhere.stop();
    this.#published.close();
    await Promise.all([this.#supervisors.close(graceMs), this.#autoTick.stop()]);
    await Promise.all([this.#storeLoop.stop(), this.#classes.stop(), this.#diagnostics.stop()]);
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
    this.#host.factsChanged();
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
      this.#problems.set({ store: undefined });
    } catch (error) {
      if (!this.#isStopped) this.#problems.set({ store: messageOf(error) });
    }
    this.#diagnostics.changed();
  }

  #show(snapshot: StoreSnapshot): void {
    const { tasks, damaged } = currentTasks(snapshot);
    this.#tasks = tasks;
    const { removed } = this.#published.setTasks([
      ...tasks.map((task) => this.#live.shownOn(this.#states.stateOf(task))),
      ...damaged.map((task) => this.#states.stateOfDamaged(task)),
    ]);
    for (const task of tasks) if (this.#states.isNew(task)) this.#published.touch(task.id);
    if (removed.length > 0) this.#history.tasksEnded();
    if (JSON.stringify(snapshot.schedules) !== JSON.stringify(this.#schedules)) {
      this.#schedules = snapshot.schedules;
      void this.#showClasses();
    }
    this.#elsewhere.storeChanged(tasks);
  }

  async #showClasses(): Promise<void> {
    const { catalog } = this.#classes;
    const attempts = catalog.classes.flatMap(({ kind, name, maxAttempts }) =>
      kind === "action" && maxAttempts ? [[name, maxAttempts] as const] : [],
    );
    this.#states.setMaxAttempts(new Map(attempts));
    const texts = await this.#texts.texts(catalog.classes.flatMap(({ file }) => file ?? []));
    const classes = classStates(catalog, this.#schedules, texts);
    this.#noticeRenames(classes, catalog);
    this.#published.set({
      classes,
      areClassesKnown: this.#classes.isKnown,
      loadProblems: catalog.problems,
    });
    this.#storeLoop.notify();
  }

  #noticeRenames(classes: readonly ClassState[], { problems }: Catalog): void {
    if (!this.#classes.isKnown) return;
    const brokenFiles = new Set(problems.map(({ file }) => file));
    for (const rename of this.#renames.look(classes, brokenFiles, this.#tasks)) this.#host.renamed(rename);
  }

  #followTick(event: TickEvent): void {
    this.#live.apply(event);
    const task = "task" in event && event.task ? this.#published.task(event.task.id) : undefined;
    if (event.kind === "action-progressed" && task) this.#published.setTask(this.#live.shownOn(task));
    if (event.kind === "action-ended" || event.kind === "task-ended") this.#storeLoop.notify();
    if (event.kind === "load-problem" && !this.#classes.hasProblemIn(event.problem.file)) void this.refreshClasses();
    if (event.kind === "output") this.#host.output(event);
    const notice = this.#tickLog.line(event);
    if (notice) this.#host.line(notice.level, notice.text);
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
      storeDirectory: this.store.directory,
      texts: this.#texts,
      current: () => ({
        tasks: this.#tasks,
        history: this.#history.entries,
        catalog: this.#classes.catalog,
        taskFiles: this.#classes.files,
        configError: this.#problems.config,
      }),
      show: async (diagnostics, files) => {
        if (this.#isStopped) return;
        this.#host.diagnostics(diagnostics);
        this.#host.factsChanged();
        await this.#classes.alsoFollow(files);
      },
      onDefect: this.#onDefect,
    });
  }
}
