import type { ActionState } from "../../server/protocol/folder-state.ts";
import { percentageInWords, percentageOf } from "../../server/words/progress-words.ts";
import type { Wording } from "../../server/words/wording.ts";
import type { Part } from "../words/parts.ts";

export function percentagePart({ progress }: ActionState, { t }: Wording): Part | undefined {
  const percentage = percentageOf(progress);
  return percentage === undefined ? undefined : { shown: percentageInWords(percentage, { t }), spoken: t("{0} percent", percentage) };
}
