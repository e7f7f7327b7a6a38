import type { ResultOf } from "../../server/protocol/runner-protocol.ts";
import { messageOf } from "../../server/words/message-of.ts";
import { outcomeInWords } from "../../server/words/outcome-words.ts";
import type { Wording } from "../../server/words/wording.ts";
import { errorCode } from "../runner/error-code.ts";
import type { Runner } from "../runner/runner.ts";
import type { ParamsSubject } from "./params-uri.ts";

export type StoredParams =
  | { readonly params: unknown; readonly end?: string }
  /** The task has ended or does not exist. */
  | { readonly gone: string };

/** Reads the stored params of an action, and the reason if they are no longer used. @throws an Error with a message for the user */
export async function readParams(runner: Runner, { folder, task, action: id }: ParamsSubject, t: Wording["t"]): Promise<StoredParams> {
  let data: ResultOf<"taskData">;
  try {
    data = await runner.request("taskData", { folder, task });
  } catch (error) {
    // The runner understood the request; the task does not exist.
    if (errorCode(error) === "input") return { gone: messageOf(error) };
    throw error;
  }
  const action = data.actions.find((candidate) => candidate.id === id);
  if (!action) return { gone: t("Task {0} does not have this action.", data.name) };
  const isRetryable = data.status === "failed" && data.currentAction === id;
  if (action.outcome === undefined || isRetryable) return { params: action.params };
  return {
    params: action.params,
    end: t("{0} has ended ({1}); its params are no longer used.", action.name, outcomeInWords(action.outcome, { t })),
  };
}
