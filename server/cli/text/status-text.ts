import type { ReportedActionOutcome, ReportedTask } from "../../service/tick/tick-report.ts";
import type { Outcome } from "../../words/outcome-words.ts";
import type { ActionSituation } from "../../words/situation.ts";
import type { Colors } from "./style.ts";

type Color = (text: string) => string;

const plain: Color = (text) => text;

export function colorOfSituation(situation: ActionSituation, colors: Colors): Color {
  switch (situation) {
    case "finished":
      return colors.green;
    case "failed":
    case "damaged":
    case "cancelled":
      return colors.red;
    case "problem":
    case "waiting":
    case "willRetry":
    case "givenUp":
    case "interrupted":
    case "idle":
      return colors.yellow;
    case "executing":
      return colors.cyan;
    default:
      return plain;
  }
}

export function colorOfOutcome(outcome: Outcome | ReportedActionOutcome, colors: Colors): Color {
  switch (outcome) {
    case "finished":
      return colors.green;
    case "failed":
    case "cancelled":
      return colors.red;
    case "will-retry":
    case "finished-with-failures":
      return colors.yellow;
    default:
      return plain;
  }
}

export function colorOfReported(status: ReportedTask["status"], colors: Colors): Color {
  switch (status) {
    case "finished":
      return colors.green;
    case "failed":
    case "cancelled":
      return colors.red;
    case "created":
    case "paused":
      return plain;
    default:
      return colors.yellow;
  }
}
