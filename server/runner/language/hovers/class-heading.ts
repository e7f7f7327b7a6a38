import type { ClassModel } from "../../../language/index.ts";
import { type Block, code, dotted, paragraph } from "../markup/block.ts";
import type { HoverContext } from "./hover-context.ts";
import { knownClass, unknownInWords } from "./known-class.ts";

/** The name of a class, and why it cannot be used, if so. */
export function classHeading(owner: ClassModel, what: string, context: HoverContext): Block[] {
  const { t } = context.wording;
  const known = knownClass(owner, context);
  const problem = known ? known.problem : t("Not available to ticks: {0}.", unknownInWords(owner, context));
  return [paragraph(...dotted(code(owner.name), what)), ...(problem === undefined ? [] : [paragraph(problem)])];
}
