import type { ClassModel, Position, Range } from "../../../language/index.ts";
import { containsPosition } from "../../../language/text/position.ts";
import type { ReadFile } from "../../task-file-reading.ts";

/** What a person points at. */
export interface HoverPlace {
  readonly kind: "class" | "schedule" | "retry";
  /** The class itself, or the one that the schedule or the limit belongs to. */
  readonly class: ClassModel;
  /** 0-based. */
  readonly range: Range;
}

/** What stands at a position that there is something to say of. The name of a class goes before what it stands in. */
export function placeAt({ model, file }: ReadFile, position: Position): HoverPlace | undefined {
  const { classes } = model.file(file);
  return named() ?? mentioned() ?? member();

  function named(): HoverPlace | undefined {
    const found = classes.find(({ nameRange }) => containsPosition(nameRange, position));
    return found && { kind: "class", class: found, range: found.nameRange };
  }

  function mentioned(): HoverPlace | undefined {
    const references = classes.flatMap(({ listedActions, createdActions }) => [...listedActions, ...createdActions]);
    const reference = references.find(({ range }) => containsPosition(range, position));
    if (reference?.file === undefined) return undefined;
    const found = model.file(reference.file).classes.find(({ name }) => name === reference.name);
    return found && { kind: "class", class: found, range: reference.range };
  }

  function member(): HoverPlace | undefined {
    const owner = classes.find(({ range }) => containsPosition(range, position));
    if (!owner) return undefined;
    const { schedule, maxAttempts, retryDelay } = owner.members;
    if (schedule && containsPosition(schedule.range, position)) return { kind: "schedule", class: owner, range: schedule.range };
    const retry = [maxAttempts, retryDelay].find((candidate) => candidate && containsPosition(candidate.range, position));
    return retry && owner.kind === "action" ? { kind: "retry", class: owner, range: retry.range } : undefined;
  }
}
