import type { AnyAction, TaskHost } from "../authoring/host.ts";
import type { TaskType } from "../authoring/index.ts";
import type { TaskSession } from "./task-session.ts";

/** What a task is lent while a tick has it in hand. */
export class SessionHost implements TaskHost {
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
