import type { ClassModel, Position, Range } from "../../../language/index.ts";
import { containsPosition } from "../../../language/text/position.ts";
import type { ReadFile } from "../../task-file-reading.ts";

/** What the user points at. */
export interface HoverPlace {
  readonly kind: "class" | "schedule" | "retry";
  /** The class itself, or the one that the schedule or the limit belongs to. */
  readonly class: ClassModel;
  /** 0-based. */
  readonly range: Range;
}

/** The element at a position that has a hover. The name of a class takes precedence over what contains it. */
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
    const { schedule, maxAttempts, retryDelay, attemptTimeout, maxIdlePauses } = owner.members;
    if (schedule && containsPosition(schedule.range, position)) return { kind: "schedule", class: owner, range: schedule.range };
    const retry = [maxAttempts, retryDelay, attemptTimeout, maxIdlePauses].find(
      (candidate) => candidate && containsPosition(candidate.range, position),
    );
    return retry && owner.kind === "action" ? { kind: "retry", class: owner, range: retry.range } : undefined;
  }
}
