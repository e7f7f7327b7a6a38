import * as vscode from "vscode";
import { requests } from "../../server/protocol/runner-protocol.ts";
import type { CommandContext } from "./command-context.ts";
import { pickFailure } from "./pick-failure.ts";

/** Takes a failure out of the Problems view, although nothing about it has changed. */
export async function dismissFailure(context: CommandContext, argument: unknown): Promise<void> {
  const failure = await pickFailure(context, argument, vscode.l10n.t("Dismiss which failure?"));
  await context.runner.request(requests.dismissFailure, failure);
}
