/**
 * The table of docs/guarantees.md, "What a tick does", written down as simply as possible and on its own: it shares no code with the product. Time is counted
 * in calls of the author's methods: each takes one unit.
 */
/** `idle`: executeAction pauses without having changed its params. */
export type CallOutcome = "true" | "false" | "idle" | "throw" | "kill";
export type Method = "init" | "execute" | "recover";

export interface ActionSpec {
  readonly name: string;
  readonly rank: number;
  /** Outcomes of the calls of each method, in order; when they run out, `true`. `undefined`: the author has not overridden it. */
  readonly init: readonly CallOutcome[] | undefined;
  readonly recover: readonly CallOutcome[] | undefined;
  readonly execute: readonly CallOutcome[];
  readonly maxAttempts: number;
  readonly maxIdlePauses: number | undefined;
  readonly retryDelay: number;
}

export interface TaskSpec {
  readonly name: string;
  readonly type: "interactive" | "cron";
  readonly onActionFailed: "continue" | "stop";
  readonly actions: readonly ActionSpec[];
}

export type RequestSpec =
  | { readonly kind: "cancel" | "retry" | "pause" | "resume"; readonly task: string }
  | { readonly kind: "params"; readonly task: string; readonly action: string; readonly calls: number };

interface ModelAction {
  readonly spec: ActionSpec;
  attempt: number;
  /** How many calls are remembered in the params: `saved` is what the store has. */
  saved: number;
  /** A person has edited the params of an attempt that failed: the next one is made with them, without a recovery. */
  repaired: boolean;
  idlePauses: number;
  outcome: string | undefined;
  failedInInit: boolean;
}

interface ModelTask {
  readonly spec: TaskSpec;
  status: string;
  current: ModelAction | undefined;
  readonly actions: ModelAction[];
  held: boolean;
  notBefore: number | undefined;
}

export interface ModelHistory {
  readonly task: string;
  readonly outcome: string;
  readonly actions: readonly { readonly name: string; readonly outcome: string }[];
}

export class KilledInModel extends Error {}

export class TableModel {
  now: number;
  readonly calls: string[] = [];
  readonly history: ModelHistory[] = [];
  readonly #tasks: ModelTask[];
  readonly #counts = new Map<string, number>();

  constructor(specs: readonly TaskSpec[], now: number) {
    this.now = now;
    this.#tasks = specs.map((spec) => ({
      spec,
      status: "created",
      current: undefined,
      actions: spec.actions.map((action) => ({
        spec: action,
        attempt: 0,
        saved: 0,
        repaired: false,
        idlePauses: 0,
        outcome: undefined,
        failedInInit: false,
      })),
      held: false,
      notBefore: undefined,
    }));
  }

  state() {
    return this.#tasks.map((task) => ({
      task: task.spec.name,
      status: task.status,
      current: task.current?.spec.name ?? null,
      held: task.held,
      waits: task.notBefore !== undefined,
      actions: task.actions.map(({ spec, attempt, saved, idlePauses, outcome }) => ({
        name: spec.name,
        attempt,
        saved,
        idlePauses,
        outcome: outcome ?? null,
      })),
    }));
  }

  request(request: RequestSpec): void {
    const { kind } = request;
    const task = this.#tasks.find((candidate) => candidate.spec.name === request.task);
    if (!task) return;
    if (request.kind === "params") this.#edit(task, request);
    if (kind === "pause") task.held = true;
    if (kind === "resume") task.held = false;
    if (kind === "cancel") {
      if (task.current && task.current.outcome === undefined) task.current.outcome = "cancelled";
      this.#bury(task, "cancelled");
    }
    if (kind === "retry" && task.status !== "failed") task.notBefore = undefined;
    if (kind === "retry" && task.status === "failed" && task.current) {
      task.current.outcome = undefined;
      if (task.current.failedInInit) {
        task.current.attempt = 0;
        task.current = undefined;
        task.status = "created";
      } else {
        task.current.attempt = 1;
        task.status = "paused";
      }
    }
  }

  #edit(task: ModelTask, { action: name, calls }: Extract<RequestSpec, { kind: "params" }>): void {
    const action = task.actions.find(({ spec }) => spec.name === name);
    if (!action || action.saved === calls) return;
    const isCurrent = task.current === action;
    if (action.outcome !== undefined && !(isCurrent && task.status === "failed")) return;
    if (isCurrent && (task.status === "starting" || task.status === "recovering")) return;
    action.saved = calls;
    action.idlePauses = 0;
    if (isCurrent && task.status === "running") action.repaired = true;
  }

  /** @throws KilledInModel where the process is killed. */
  tick(budget: number): void {
    const end = this.now + budget;
    const seen = new Set<ModelTask>();
    for (const type of ["interactive", "cron"]) {
      for (const status of ["starting", "recovering", "running", "paused", "created"]) {
        for (const task of this.#tasks.filter((candidate) => candidate.spec.type === type && candidate.status === status)) {
          if (seen.has(task) || task.held || this.now >= end) continue;
          if (task.notBefore !== undefined && task.notBefore > this.now) continue;
          seen.add(task);
          this.#look(task, end, budget);
        }
      }
    }
  }

  #look(task: ModelTask, end: number, budget: number): void {
    let resumed = task.current;
    for (;;) {
      if (!task.current) {
        const left = task.actions.filter((action) => action.outcome === undefined);
        if (left.length === 0) {
          this.#bury(task);
          return;
        }
        if (this.now >= end) {
          if (task.status !== "created") task.status = "paused";
          return;
        }
        task.current = left.reduce((lowest, action) => (action.spec.rank < lowest.spec.rank ? action : lowest));
        task.current.attempt = 1;
        if (task.current.spec.init) {
          task.status = "starting";
          const answer = this.#call(task, task.current, "init");
          if (answer === "throw") {
            task.current.failedInInit = true;
            return;
          }
          if (answer === "false") {
            this.#endAction(task, "dropped");
            continue;
          }
          task.current.saved++;
        }
        task.status = "running";
      } else if (resumed && (task.status === "starting" || task.status === "recovering")) {
        task.current.failedInInit = task.status === "starting";
        if (this.#failAction(task)) return;
        resumed = undefined;
        continue;
      } else if (resumed && task.status === "running") {
        task.current.idlePauses = 0;
        if (task.current.attempt >= task.current.spec.maxAttempts) {
          task.current.failedInInit = false;
          if (this.#failAction(task)) return;
          resumed = undefined;
          continue;
        }
        task.notBefore = undefined;
        if (task.current.spec.recover && !task.current.repaired) {
          task.status = "recovering";
          const answer = this.#call(task, task.current, "recover");
          if (answer === "throw") return;
          if (answer === "false") {
            task.current.failedInInit = false;
            if (this.#failAction(task)) return;
            resumed = undefined;
            continue;
          }
          task.current.saved++;
        }
        task.current.attempt++;
        task.status = "running";
      } else {
        task.status = "running";
      }
      resumed = undefined;
      const { current } = task;
      current.repaired = false;
      let answer = this.#call(task, current, "execute");
      if (answer === "idle") {
        const hadNoTime = this.now >= end && 1 < budget / 2;
        if (!hadNoTime) current.idlePauses++;
        if (hadNoTime || current.idlePauses <= (current.spec.maxIdlePauses ?? Number.POSITIVE_INFINITY)) {
          task.status = "paused";
          return;
        }
        answer = "throw";
      } else if (answer !== "kill") current.idlePauses = 0;
      if (answer === "throw") {
        current.idlePauses = 0;
        if (current.attempt >= current.spec.maxAttempts) {
          current.failedInInit = false;
          if (this.#failAction(task)) return;
          continue;
        }
        if (current.spec.retryDelay > 0) task.notBefore = this.now + current.spec.retryDelay;
        return;
      }
      current.saved++;
      if (answer === "false") {
        task.status = "paused";
        return;
      }
      this.#endAction(task, "finished");
    }
  }

  /** True when the task stops because of it. */
  #failAction(task: ModelTask): boolean {
    if (task.spec.onActionFailed === "continue") {
      this.#endAction(task, "failed");
      return false;
    }
    if (task.current) task.current.outcome = "failed";
    task.notBefore = undefined;
    task.status = "failed";
    return true;
  }

  #endAction(task: ModelTask, outcome: string): void {
    if (task.current) task.current.outcome = outcome;
    task.current = undefined;
    task.notBefore = undefined;
    task.status = "paused";
  }

  #bury(task: ModelTask, outcome?: string): void {
    this.#tasks.splice(this.#tasks.indexOf(task), 1);
    const hasFailure = task.actions.some((action) => action.outcome === "failed");
    const actions = [...task.actions].sort((a, b) => a.spec.rank - b.spec.rank);
    this.history.push({
      task: task.spec.name,
      outcome: outcome ?? (hasFailure ? "finished-with-failures" : "finished"),
      actions: actions.map((action) => ({ name: action.spec.name, outcome: action.outcome ?? "not-started" })),
    });
  }

  #call(task: ModelTask, action: ModelAction, method: Method): CallOutcome {
    const key = `${task.spec.name}.${action.spec.name}.${method}`;
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    this.now++;
    this.calls.push(`${key} params ${action.saved}`);
    const answer = action.spec[method]?.[count] ?? "true";
    if (answer === "kill") throw new KilledInModel();
    return answer;
  }
}
