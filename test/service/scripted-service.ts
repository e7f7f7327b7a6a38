import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { BackgroundTaskExService } from "../../server/service/index.ts";
import { MemoryTaskStore } from "../../server/store/index.ts";
import type { ActionSpec, Method, RequestSpec, TaskSpec } from "./table-model.ts";

interface Counter {
  calls: number;
}

type NewTask = { new (params: Record<never, never>): BackgroundTaskEx; readonly name: string };

/** The real service on a real store, driven by the same scripts as the model. Killing a process: the call never answers, and the store loses what was not flushed. */
export class ScriptedService {
  now: number;
  readonly calls: string[] = [];
  readonly #store = new MemoryTaskStore();
  readonly #counts = new Map<string, number>();
  readonly #classes: NewTask[];
  readonly #specs: readonly TaskSpec[];
  #kill: () => void = () => {};

  constructor(specs: readonly TaskSpec[], now: number) {
    this.now = now;
    this.#specs = specs;
    this.#classes = specs.map((spec) => this.#taskClass(spec));
  }

  async createTasks(): Promise<void> {
    const service = this.#service(1);
    for (const [index, spec] of this.#specs.entries()) {
      const taskClass = this.#classes[index];
      if (taskClass) await service.createTaskByName(taskClass.name, {}, { name: spec.name, type: spec.type });
    }
    await this.tick(0);
  }

  async tick(budget: number): Promise<void> {
    const killed = new Promise<"killed">((resolve) => {
      this.#kill = () => resolve("killed");
    });
    const ended = await Promise.race([this.#service(budget).processTasks(), killed]);
    if (ended === "killed") this.#store.simulateCrash();
  }

  async request(request: RequestSpec): Promise<void> {
    const { tasks } = await this.#store.read();
    const task = tasks.find((candidate) => candidate.name === request.task);
    if (!task) return;
    if (request.kind !== "params") return void (await this.#store.submit({ kind: request.kind, task: task.id }));
    const action = task.actions.find((candidate) => candidate.name === request.action)?.id ?? "none";
    await this.#store.submit({ kind: "params", task: task.id, action, params: { calls: request.calls } });
  }

  async state() {
    const { tasks } = await this.#store.read();
    return tasks.map((task) => ({
      task: task.name,
      status: task.status,
      current: task.actions.find((action) => action.id === task.currentAction)?.name ?? null,
      held: task.held ?? false,
      waits: task.nextAttemptAt !== undefined,
      actions: task.actions.map(({ name, attempt, params, idlePauses = 0, outcome }) => ({
        name,
        attempt,
        saved: (params as unknown as Counter).calls,
        idlePauses,
        outcome: outcome ?? null,
      })),
    }));
  }

  async history() {
    const entries = await this.#store.history();
    return entries.toReversed().map(({ name, outcome, actions }) => ({
      task: name,
      outcome,
      actions: actions.map((action) => ({ name: action.name, outcome: action.outcome })),
    }));
  }

  #service(budget: number): BackgroundTaskExService {
    const service = new BackgroundTaskExService({ store: this.#store, classes: this.#classes, clock: { now: () => this.now } });
    service.setProcessEndTime(this.now + budget);
    return service;
  }

  #taskClass(spec: TaskSpec): NewTask {
    const actions = spec.actions.map((action) => this.#actionClass(spec, action));
    class Scripted extends BackgroundTaskEx {
      static override readonly onActionFailed = spec.onActionFailed;
      static override readonly actions = actions;
      override createActions() {
        return actions.map((actionClass, index) => {
          const { name = "", rank = 0 } = spec.actions[index] ?? {};
          return new actionClass({ calls: 0 }, { name, rank });
        });
      }
    }
    return named(Scripted, `Task${spec.name}`);
  }

  #actionClass(task: TaskSpec, spec: ActionSpec) {
    const answer = (method: Method, action: BackgroundTaskExAction<Counter>) => this.#answer(task, spec, method, action);
    class Scripted extends BackgroundTaskExAction<Counter> {
      static override readonly maxAttempts = spec.maxAttempts;
      static override readonly retryDelay = spec.retryDelay;
      static override readonly maxIdlePauses = spec.maxIdlePauses ?? Number.POSITIVE_INFINITY;
      executeAction() {
        return answer("execute", this);
      }
    }
    if (spec.init)
      Scripted.prototype.initActionParams = function (this: Scripted) {
        return answer("init", this);
      };
    if (spec.recover)
      Scripted.prototype.changeActionParamsOnError = function (this: Scripted) {
        return answer("recover", this);
      };
    return named(Scripted, `Action${task.name}${spec.name}`);
  }

  #answer(task: TaskSpec, spec: ActionSpec, method: Method, action: BackgroundTaskExAction<Counter>): boolean | Promise<boolean> {
    const key = `${task.name}.${spec.name}.${method}`;
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    this.now++;
    this.calls.push(`${key} params ${action.params.calls}`);
    const outcome = spec[method]?.[count] ?? "true";
    if (outcome !== "idle") action.params.calls++;
    switch (outcome) {
      case "true":
        return Promise.resolve(true);
      case "false":
      case "idle":
        return false;
      case "throw":
        throw new Error(`${key} call ${count}`);
      case "kill":
        this.#kill();
        return new Promise(() => {});
    }
  }
}

function named<Class extends object>(anonymous: Class, name: string): Class {
  Object.defineProperty(anonymous, "name", { value: name });
  return anonymous;
}
