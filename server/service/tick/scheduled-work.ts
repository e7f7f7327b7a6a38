import type { Change, ScheduleRecord } from "../../store/index.ts";
import type { ProcessClass, TaskClass } from "../classes/class-registry.ts";
import { newTaskRecord } from "../classes/new-task-record.ts";
import { scheduledParamsOf, scheduledParamsProblem } from "../classes/scheduled-params.ts";
import { checkDue } from "./schedule-state.ts";
import type { TickContext } from "./tick-context.ts";
import type { ReportedProcess } from "./tick-report.ts";

/** Creates the tasks that are due by their class's schedule, and runs scheduled processes that are not tasks. */
export class ScheduledWork {
  readonly #context: TickContext;
  readonly #onlyClass: string | undefined;

  constructor(context: TickContext, onlyClass: string | undefined) {
    this.#context = context;
    this.#onlyClass = onlyClass;
  }

  /** @throws StoreError */
  async run(): Promise<readonly ReportedProcess[]> {
    const { registry } = this.#context;
    const reported: ReportedProcess[] = [];
    for (const taskClass of registry.taskClasses()) {
      if (taskClass.schedule === undefined || !this.#isMeant(taskClass)) continue;
      reported.push(...(await this.#guarded(taskClass.name, () => this.#createDueTask(taskClass))));
    }
    for (const processClass of registry.processClasses()) {
      if (this.#isMeant(processClass)) reported.push(...(await this.#guarded(processClass.name, () => this.#runDueProcess(processClass))));
    }
    return reported;
  }

  #isMeant({ name }: { readonly name: string }): boolean {
    return this.#onlyClass === undefined || this.#onlyClass === name;
  }

  /** Reports what the author's schedule or process throws, without stopping the others. */
  async #guarded(name: string, work: () => Promise<readonly ReportedProcess[]>): Promise<readonly ReportedProcess[]> {
    try {
      return await work();
    } catch (thrown) {
      const error = this.#context.captureError(thrown);
      this.#context.observer.warning?.(`The schedule of ${name} failed: ${error.message}`);
      this.#remember(name, error.message);
      return [{ name, outcome: "failed", error }];
    }
  }

  async #createDueTask(taskClass: TaskClass): Promise<readonly ReportedProcess[]> {
    const { writer, clock, registry } = this.#context;
    const { schedule } = taskClass;
    if (!schedule) return [];
    const { isDue, record } = checkDue(taskClass.name, schedule, writer.schedule(taskClass.name), new Date(clock.now()));
    const changes: Change[] = record ? [{ kind: "schedule", schedule: record }] : [];
    if (!isDue) this.#warn(scheduledParamsProblem(taskClass));
    // Stored before the author's code is called: a failure then happens once per occurrence, not in every tick.
    if (isDue) this.#append(changes.splice(0));
    if (isDue && !this.#hasLivingTask(taskClass)) {
      const task = await newTaskRecord(taskClass, scheduledParamsOf(taskClass), { type: "cron" }, registry, clock.now());
      changes.push({ kind: "create", task: { ...task, scheduled: true } });
    }
    this.#append(changes);
    return [];
  }

  /** Tells before the first occurrence what would only be seen at it, which may be in a month. */
  #warn(problem: string | undefined): void {
    if (problem !== undefined) this.#context.observer.warning?.(problem);
  }

  /** True if the task of the last occurrence has not ended: this occurrence then adds nothing. */
  #hasLivingTask(taskClass: TaskClass): boolean {
    for (const task of this.#context.writer.tasks()) if (task.scheduled && task.class === taskClass.name) return true;
    return false;
  }

  async #runDueProcess(processClass: ProcessClass): Promise<readonly ReportedProcess[]> {
    const { writer, clock, endTime, callAuthor, observer } = this.#context;
    const process = new processClass();
    const { name } = processClass;
    const { isDue, record } = checkDue(name, process, writer.schedule(name), new Date(clock.now()));
    if (record) this.#append([{ kind: "schedule", schedule: record }]);
    if (!isDue) return [];
    await writer.flush();
    const deadline = this.#context.deadline(endTime);
    const work = () => process.process(deadline);
    try {
      const message = String(await (callAuthor ? callAuthor(work) : work()));
      this.#remember(name, message);
      return [{ name, outcome: "finished", message }];
    } finally {
      observer.methodLeft?.(`${name}.process`);
      deadline.dispose();
    }
  }

  #remember(name: string, lastResult: string): void {
    const known = this.#context.writer.schedule(name);
    const schedule: ScheduleRecord = { ...(known ?? { name, nextOccurrence: null }), lastResult };
    if (known) this.#append([{ kind: "schedule", schedule }]);
  }

  #append(changes: readonly Change[]): void {
    if (changes.length > 0) this.#context.writer.append({ changes });
  }
}
