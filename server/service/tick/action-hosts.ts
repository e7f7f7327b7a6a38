import type { ActionHost, AnyTask } from "../../authoring/host.ts";
import type { Progress } from "../../authoring/index.ts";
import type { FailureRecord } from "../../store/index.ts";
import type { ProgressReport } from "./progress-report.ts";
import type { TaskDeadline } from "./task-deadline.ts";

/** The host of an action while one of its methods is executed. */
export class MethodHost implements ActionHost {
  readonly id: string;
  readonly task: AnyTask;
  readonly #deadline: TaskDeadline;
  readonly #method: FailureRecord["during"];

  constructor(id: string, task: AnyTask, deadline: TaskDeadline, method: FailureRecord["during"]) {
    this.id = id;
    this.task = task;
    this.#deadline = deadline;
    this.#method = method;
  }

  get signal(): AbortSignal {
    return this.#deadline.signal;
  }

  checkpoint(): Promise<void> {
    return Promise.reject(new Error(`checkpoint() can only be called in executeAction, not in ${this.#method}.`));
  }

  reportProgress(_progress: Progress): void {}
}

/** Services of the engine for an action that is being executed. */
export interface ExecutionServices {
  checkpoint(actionId: string): Promise<void>;
  progressReport(actionId: string): ProgressReport;
}

export class ExecutionHost extends MethodHost {
  readonly #services: ExecutionServices;
  #progress: ProgressReport | undefined;

  constructor(id: string, task: AnyTask, deadline: TaskDeadline, services: ExecutionServices) {
    super(id, task, deadline, "executeAction");
    this.#services = services;
  }

  /** `undefined` for an action that has reported nothing. */
  get progress(): ProgressReport | undefined {
    return this.#progress;
  }

  override checkpoint(): Promise<void> {
    return this.#services.checkpoint(this.id);
  }

  override reportProgress(progress: Progress): void {
    this.#progress ??= this.#services.progressReport(this.id);
    this.#progress.report(progress);
  }
}
