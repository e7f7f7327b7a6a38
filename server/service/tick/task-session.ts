import { HOST } from "../../authoring/brand.ts";
import type { TaskHost } from "../../authoring/host.ts";
import type { AnyAction, AnyTask, Json, TaskType } from "../../authoring/index.ts";
import { toJsonText } from "../../authoring/json-text.ts";
import { type ActionChange, type ActionId, type ActionRecord, indexOfAction, type TaskRecord } from "../../store/index.ts";
import { actionPolicy, overridesChoice } from "../classes/action-policy.ts";
import { type ActionClass, type ClassRegistry, isUnusable, type TaskClass, type Unusable } from "../classes/class-registry.ts";
import { newActionRecord } from "../classes/new-action-record.ts";
import type { ActionPolicy, StepChange } from "../machine/task-machine.ts";

interface LiveAction {
  readonly instance: AnyAction;
  readonly class: ActionClass;
  readonly policy: ActionPolicy;
  /** The JSON of the last saved params. */
  savedParams: string;
}

/**
 * A stored task, instantiated for one tick: instances of the author's classes, and which of their params are saved. Only params and the
 * message move between the instances and the store.
 */
export class TaskSession {
  readonly instance: AnyTask;
  readonly taskClass: TaskClass;
  /** The message set by the author's code; `record` has the last saved one. */
  message: string;
  readonly #actions = new Map<ActionId, LiveAction>();
  readonly #registry: ClassRegistry;
  #record: TaskRecord;
  #savedParams: string;
  /** Indices of the actions by rank; those before `#nextRanked` have ended. Sorted once, because a task may have thousands. */
  #ranked: readonly number[] = [];
  #nextRanked = 0;
  #chosen: ActionId | null;

  private constructor(record: TaskRecord, taskClass: TaskClass, registry: ClassRegistry) {
    this.#record = record;
    this.#registry = registry;
    this.#savedParams = JSON.stringify(record.params);
    this.message = record.message;
    this.#chosen = record.currentAction;
    this.taskClass = taskClass;
    this.instance = new taskClass(JSON.parse(this.#savedParams));
    this.instance[HOST] = new SessionHost(this);
  }

  /** Returns the session, or a message if there can be none: a class named by its record cannot be used. */
  static open(record: TaskRecord, registry: ClassRegistry): TaskSession | { readonly problem: string } {
    const taskClass = registry.task(record.class);
    if (isUnusable(taskClass)) return { problem: taskClass.problem + renameHint("task", record.class, taskClass) };
    for (const action of record.actions) {
      if (action.outcome !== undefined) continue;
      const actionClass = registry.action(action.class);
      if (isUnusable(actionClass)) return { problem: actionClass.problem + renameHint("action", action.class, actionClass) };
    }
    try {
      const session = new TaskSession(record, taskClass, registry);
      if (record.currentAction !== null) session.action(record.currentAction);
      return session;
    } catch (thrown) {
      return { problem: `Cannot construct an object of class ${record.class}, or of its current action's class: ${String(thrown)}` };
    }
  }

  get record(): TaskRecord {
    return this.#record;
  }

  /** Adopts the record after a change was appended to the store. */
  follow(record: TaskRecord): void {
    this.#record = record;
    this.#chosen = record.currentAction;
  }

  get overridesChoice(): boolean {
    return overridesChoice(this.instance);
  }

  action(id: ActionId): LiveAction {
    const known = this.#actions.get(id);
    if (known) return known;
    const record = this.#record.actions[indexOfAction(this.#record.actions, id)];
    if (!record) throw new RangeError(`Task ${this.#record.id} has no action ${id}.`);
    const actionClass = this.#registry.action(record.class);
    if (isUnusable(actionClass)) throw new Error(actionClass.problem);
    const savedParams = JSON.stringify(record.params);
    const instance = new actionClass(JSON.parse(savedParams), { name: record.name, rank: record.rank });
    const live = { instance, class: actionClass, policy: actionPolicy(instance, actionClass), savedParams };
    this.#actions.set(id, live);
    return live;
  }

  /** The current action, including one just chosen by the author's code. */
  currentAction(): AnyAction | null {
    return this.#chosen === null ? null : this.action(this.#chosen).instance;
  }

  /** Makes the action with the lowest rank the current one. */
  takeNextAction(): ActionId | null {
    const { actions } = this.#record;
    if (this.#ranked.length !== actions.length) {
      this.#ranked = byRank(actions);
      this.#nextRanked = 0;
    }
    const hasEnded = () => actions[this.#ranked[this.#nextRanked] ?? -1]?.outcome !== undefined;
    while (hasEnded()) this.#nextRanked++;
    this.#chosen = actions[this.#ranked[this.#nextRanked] ?? -1]?.id ?? null;
    return this.#chosen;
  }

  /**
   * Resolves what the author's `getNextAction` returned to an action of the record, with the record of a new action if it created one.
   *
   * @throws TypeError if it is neither an action of this task nor a new one that can be stored.
   */
  adopt(returned: AnyAction | null | undefined): { readonly id: ActionId; readonly added?: ActionRecord } | null {
    if (returned === null) return null;
    for (const [id, live] of this.#actions) {
      if (live.instance !== returned) continue;
      if (this.#record.actions.some((action) => action.id === id && action.outcome !== undefined)) {
        throw new TypeError(`getNextAction of ${this.#record.class} returned ${live.class.name}, which has already ended.`);
      }
      return { id };
    }
    return this.#adoptNew(returned);
  }

  /**
   * Returns the changes of params and message since the last save; only the task's if no action is given. They count as saved from now on:
   * a later failure returns to them.
   *
   * @throws TypeError naming the path of a value that JSON cannot represent; nothing counts as saved then.
   */
  takeUnsaved(id: ActionId | null): StepChange {
    const live = id === null ? undefined : this.action(id);
    const taskText = toJsonText(this.instance.params, "task.params");
    const actionText = live && toJsonText(live.instance.params, "params");
    const change: { set?: { params?: Json; message?: string }; actions?: readonly ActionChange[] } = {};
    if (taskText !== this.#savedParams) change.set = { params: JSON.parse(taskText) };
    if (this.message !== this.#record.message) change.set = { ...change.set, message: this.message };
    this.#savedParams = taskText;
    if (live && id !== null && actionText !== undefined && actionText !== live.savedParams) {
      change.actions = [{ id, set: { params: JSON.parse(actionText) } }];
      live.savedParams = actionText;
    }
    return change;
  }

  /** Discards changes since the last save. */
  restore(id: ActionId | null): void {
    this.instance.params = JSON.parse(this.#savedParams);
    this.message = this.#record.message;
    const live = id === null ? undefined : this.#actions.get(id);
    if (live) live.instance.params = JSON.parse(live.savedParams);
  }

  #adoptNew(returned: unknown): { id: ActionId; added: ActionRecord } {
    const record = newActionRecord(returned, this.#record.actions, this.#registry, `getNextAction of ${this.#record.class} returned`);
    const instance = returned as AnyAction;
    const actionClass = instance.constructor as unknown as ActionClass;
    const policy = actionPolicy(instance, actionClass);
    this.#actions.set(record.id, { instance, class: actionClass, policy, savedParams: JSON.stringify(record.params) });
    return { id: record.id, added: record };
  }
}

/** The host of a task for the duration of a tick. */
class SessionHost implements TaskHost {
  readonly #session: TaskSession;

  constructor(session: TaskSession) {
    this.#session = session;
  }

  get id(): string {
    return this.#session.record.id;
  }

  get name(): string {
    return this.#session.record.name;
  }

  get type(): TaskType {
    return this.#session.record.type;
  }

  get status(): string {
    return this.#session.record.status;
  }

  get createdAt(): Date {
    return new Date(this.#session.record.createdAt);
  }

  get message(): string {
    return this.#session.message;
  }

  set message(message: string) {
    this.#session.message = String(message);
  }

  currentAction(): AnyAction | null {
    return this.#session.currentAction();
  }

  takeNextAction(): AnyAction | null {
    this.#session.takeNextAction();
    return this.#session.currentAction();
  }
}

/** Indices; for equal ranks, the one created first. */
function byRank(actions: readonly ActionRecord[]): readonly number[] {
  return [...actions.keys()].sort((a, b) => (actions[a]?.rank ?? 0) - (actions[b]?.rank ?? 0));
}

/** What to do after a rename; empty if the class has not been renamed, as far as can be seen. */
function renameHint(of: "task" | "action", name: string, { nearest }: Unusable): string {
  // Stored names may contain anything; this one is meant to be typed.
  if (nearest === undefined || !/^\w+$/.test(`${name}${nearest}`)) return "";
  return ` If it was renamed, run \`background-tasks reassign ${name} ${nearest}${of === "action" ? " --action" : ""}\`.`;
}
