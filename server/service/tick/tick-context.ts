import type { ErrorRecord, StoreWriter } from "../../store/index.ts";
import type { ClassRegistry } from "../classes/class-registry.ts";
import type { CallAuthor, Clock } from "../service-options.ts";
import type { TaskDeadline } from "./task-deadline.ts";
import type { TickObserver } from "./tick-observer.ts";

/** Shared by everything in one tick. */
export interface TickContext {
  readonly writer: StoreWriter;
  readonly registry: ClassRegistry;
  readonly clock: Clock;
  readonly observer: TickObserver;
  /** Epoch milliseconds; infinite under a debugger. */
  readonly endTime: number;
  /** Milliseconds from the start of the tick to its end. */
  readonly budget: number;
  /** Under a debugger no time limit applies. */
  readonly isTimeSuspended: boolean;
  /** Creates the deadline of one task or attempt; `endTime` in epoch milliseconds. @param reasonAtEnd the signal's reason once it is reached. */
  readonly deadline: (endTime: number, reasonAtEnd?: () => DOMException) => TaskDeadline;
  readonly callAuthor?: CallAuthor;
  readonly captureError: (thrown: unknown) => ErrorRecord;
}
