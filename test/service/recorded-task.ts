import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { BackgroundTaskExService, type ServiceOptions, type TickReport } from "../../server/service/index.ts";
import { MemoryTaskStore, type TaskRecord } from "../../server/store/index.ts";

/** One service on one store in memory, with a clock that stands still unless a test moves it. */
export class Bench {
  now = Date.UTC(2026, 0, 5, 12);
  readonly store = new MemoryTaskStore();
  readonly classes: readonly unknown[];
  readonly #options: Partial<ServiceOptions>;

  constructor(classes: readonly unknown[], options: Partial<ServiceOptions> = {}) {
    this.classes = classes;
    this.#options = options;
  }

  service(options: object = {}): BackgroundTaskExService {
    return new BackgroundTaskExService({
      store: this.store,
      classes: this.classes,
      clock: { now: () => this.now },
      ...this.#options,
      ...options,
    });
  }

  async create(className: string, params: unknown = {}, options: { name?: string; type?: "cron" | "interactive" } = {}): Promise<string> {
    const { id } = await this.service().createTaskByName(className, params, options);
    return id;
  }

  tick(options: object = {}): Promise<TickReport> {
    return this.service(options).processTasks();
  }

  async tasks(): Promise<readonly TaskRecord[]> {
    return (await this.store.read()).tasks;
  }

  /** The only stored task. */
  async task(): Promise<TaskRecord> {
    const [only, ...others] = await this.tasks();
    if (!only || others.length > 0) throw new Error(`${others.length + (only ? 1 : 0)} tasks are stored, not one.`);
    return only;
  }
}

/** `Class:outcome` of each action of a report, in order. */
export function outcomes(report: TickReport): string[] {
  return report.tasks.flatMap((task) => task.actions.map((action) => `${action.class}:${action.outcome}`));
}

type Answer = boolean | Error | (() => boolean | Promise<boolean>);

/** An action class whose methods note their calls in `calls` and answer in turn; the last answer stays. */
export function action(
  calls: string[],
  name: string,
  answers: {
    init?: readonly Answer[];
    execute?: readonly Answer[];
    recover?: readonly Answer[];
    maxAttempts?: number;
    retryDelay?: number;
  },
) {
  const counts = new Map<string, number>();
  const answer = (method: string, given: readonly Answer[]) => {
    const count = counts.get(method) ?? 0;
    counts.set(method, count + 1);
    calls.push(`${name}.${method}`);
    const current = given[Math.min(count, given.length - 1)] ?? true;
    if (current instanceof Error) throw current;
    return typeof current === "function" ? current() : current;
  };
  const { init, execute = [true], recover, maxAttempts = 5, retryDelay = 0 } = answers;
  class Recorded extends BackgroundTaskExAction<Record<string, never>> {
    static override readonly maxAttempts = maxAttempts;
    static override readonly retryDelay = retryDelay;
    executeAction() {
      return answer("execute", execute);
    }
  }
  if (init) Recorded.prototype.initActionParams = () => answer("init", init);
  if (recover) Recorded.prototype.changeActionParamsOnError = () => answer("recover", recover);
  Object.defineProperty(Recorded, "name", { value: name });
  return Recorded;
}

export function task(name: string, actions: readonly ReturnType<typeof action>[], onActionFailed: "continue" | "stop" = "continue") {
  class Recorded extends BackgroundTaskEx {
    static override readonly actions = actions;
    static override readonly onActionFailed = onActionFailed;
  }
  Object.defineProperty(Recorded, "name", { value: name });
  return Recorded;
}
