import type { ClassModel } from "../../../language/index.ts";
import type { Block } from "../markup/block.ts";
import { actionClassBlocks } from "./action-class-hover.ts";
import type { HoverContext } from "./hover-context.ts";
import { processBlocks, taskClassBlocks } from "./task-class-hover.ts";

/** How a class is at this moment. Of an abstract one there are no tasks, and of others than ours nothing is known. */
export function classBlocks(owner: ClassModel, context: HoverContext): Block[] {
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
