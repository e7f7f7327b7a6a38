import type { TickFilterParams } from "../protocol/runner-protocol.ts";
import type { TickFilter } from "../service/index.ts";

/** What a client has named, without what it has not. */
export function tickFilterOf({ task, class: className }: TickFilterParams): TickFilter {
  return { ...(task !== undefined && { task }), ...(className !== undefined && { class: className }) };
}
