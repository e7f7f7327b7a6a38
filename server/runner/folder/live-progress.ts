import type { TaskState } from "../../protocol/folder-state.ts";
import type { TickEvent } from "../../protocol/tick-event.ts";

type Progressed = Extract<TickEvent, { kind: "action-progressed" }>;

/** How far the action is that is executed by a tick of our own: known by its events long before the store knows it. */
export class LiveProgress {
  #last: Progressed | undefined;

  apply(event: TickEvent): void {
    if (event.kind === "action-progressed") this.#last = event;
    else if (event.kind === "action-ended" || event.kind === "task-ended" || event.kind === "worker-ended") this.#last = undefined;
  }

  /** The same object where there is nothing newer to show. */
  shownOn(task: TaskState): TaskState {
    const last = this.#last;
    if (last?.task.id !== task.id) return task;
    const actions = task.actions.map((action) => (action.id === last.action.id ? { ...action, progress: { ...last.progress } } : action));
    return { ...task, actions };
  }
}
