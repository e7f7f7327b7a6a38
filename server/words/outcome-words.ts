import type { HistoryActionJson, HistoryEntryJson } from "../json/history-json.ts";
import type { Wording } from "./wording.ts";

/** How a task or an action ended. */
export type Outcome = HistoryEntryJson["outcome"] | HistoryActionJson["outcome"];

export function outcomeInWords(outcome: Outcome, { t }: Pick<Wording, "t">): string {
  switch (outcome) {
    case "finished":
      return t("finished");
    case "finished-with-failures":
      return t("finished with failures");
    case "failed":
      return t("failed");
    case "dropped":
      return t("dropped");
    case "cancelled":
      return t("cancelled");
    case "not-started":
      return t("not started");
  }
}
