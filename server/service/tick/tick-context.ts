import type { ErrorRecord, StoreWriter } from "../../store/index.ts";
import type { ClassRegistry } from "../classes/class-registry.ts";
import type { CallAuthor, Clock } from "../service-options.ts";
import type { TaskDeadline } from "./task-deadline.ts";
import type { TickObserver } from "./tick-observer.ts";

/** What everything that happens in one tick shares. */
export interface TickContext {
  readonly writer: StoreWriter;
  readonly registry: ClassRegistry;
  readonly clock: Clock;
  readonly observer: TickObserver;
  /** Epoch milliseconds; infinite while a debugger watches. */
  readonly endTime: number;
  /** Of one task that has until then, in epoch milliseconds. */
  readonly deadline: (endTime: number) => TaskDeadline;
  readonly callAuthor?: CallAuthor;
  readonly captureError: (thrown: unknown) => ErrorRecord;
}
