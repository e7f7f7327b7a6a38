import type { ClassModel, Position, Range } from "../../../language/index.ts";
import type { FolderFacts } from "../../model/folder-facts.ts";
import { failuresAt } from "../../problems/failures-at.ts";
import type { ReadFile } from "../../task-file-reading.ts";
import { type Block, paragraph, strong } from "../markup/block.ts";
import { actionClassBlocks } from "./action-class-hover.ts";
import { failureBlocks } from "./failure-hover.ts";
import type { HoverContext, HoverReader } from "./hover-context.ts";
import { placeAt } from "./hover-place.ts";
import { retryBlocks } from "./retry-hover.ts";
import { scheduleBlocks } from "./schedule-hover.ts";
import { processBlocks, taskClassBlocks } from "./task-class-hover.ts";

export interface HoverRequest {
  /** Absolute path. */
  readonly file: string;
  readonly isUnsaved: boolean;
  readonly position: Position;
  /** The file as read by each folder whose tasks it belongs to, its own folder first. */
  readonly reads: readonly ReadFile[];
  /** All folders of the window: the failures at a line can belong to any of them. */
  readonly folders: readonly FolderFacts[];
}

export interface HoverContent {
  readonly blocks: readonly Block[];
  /** The range it explains; a whole line if omitted. */
  readonly range?: Range;
}

/** Returns the hover at a position: first the failures at its line, then what the code there means. */
export function hoverOf(request: HoverRequest, reader: HoverReader): HoverContent | undefined {
  const { file, position, folders } = request;
  const failed = failureBlocks(failuresAt({ file, range: { start: position, end: position } }, folders), reader);
  const written = writtenAt(request, reader);
  if (failed.length === 0) return written;
  return written ? { blocks: [...failed, { kind: "rule" }, ...written.blocks], ...rangeOf(written) } : { blocks: failed };
}

function rangeOf({ range }: HoverContent): Pick<HoverContent, "range"> {
  return range ? { range } : {};
}

function writtenAt({ reads, isUnsaved, position }: HoverRequest, reader: HoverReader): HoverContent | undefined {
  const [first] = reads;
  const place = first && placeAt(first, position);
  if (!place) return undefined;
  const contexts = reads.map((read): HoverContext => ({ ...read, ...reader, isUnsaved }));
  const sections = contexts.flatMap((context) => {
    const blocks = blocksOf(context);
    return blocks.length > 0 ? [{ name: context.facts.name, blocks }] : [];
  });
  if (sections.length === 0) return undefined;
  const blocks = sections.flatMap(({ name, blocks: some }, index): Block[] => [
    ...(index > 0 ? [{ kind: "rule" } as const] : []),
    ...(sections.length > 1 ? [paragraph(reader.wording.t("In the folder "), strong(name))] : []),
    ...some,
  ]);
  return { blocks, range: place.range };

  function blocksOf(context: HoverContext): Block[] {
    if (!place) return [];
    switch (place.kind) {
      case "class":
        return classBlocks(place.class, context);
      // The text is the same in each folder.
      case "schedule":
        return context.facts === first?.facts ? scheduleBlocks(place.class, context) : [];
      case "retry":
        return context.facts === first?.facts ? retryBlocks(place.class, context) : [];
    }
  }
}

/** The current state of a class. An abstract one has no tasks, and nothing is known about classes other than ours. */
function classBlocks(owner: ClassModel, context: HoverContext): Block[] {
  if (owner.isAbstract) return [];
  switch (owner.kind) {
    case "task":
      return taskClassBlocks(owner, context);
    case "action":
      return actionClassBlocks(owner, context);
    case "process":
      return processBlocks(owner, context);
    case undefined:
      return [];
  }
}
