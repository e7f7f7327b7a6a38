import type { CancellationToken, WorkDoneProgressReporter } from "vscode-languageserver";
import { toHistoryJson } from "../protocol/json/history-json.ts";
import { toListJson } from "../protocol/json/list-json.ts";
import type { serverCommands } from "../protocol/runner-protocol.ts";
import { currentTasks, InputError } from "../service/index.ts";
import { type CommandArguments, requiredText } from "./command-arguments.ts";
import type { FolderRunner } from "./folder/folder-runner.ts";
import { handOver } from "./renames/hand-over.ts";
import type { RunnerContext } from "./runner-context.ts";
import { editParams, requestOf } from "./task-requests.ts";
import { tickAnswer } from "./tick-answer.ts";
import { tickFilterOf } from "./tick-filter-of.ts";
import { type ShownProgress, showWorkDoneProgress } from "./work-done-progress.ts";

type CommandName = (typeof serverCommands)[number];

/** By whom a command is executed, and how its progress is shown. */
export interface CommandCall {
  readonly context: RunnerContext;
  readonly folder: FolderRunner;
  readonly args: CommandArguments;
  readonly token: CancellationToken;
  /** Where the client gave a token to report by. */
  readonly progress: WorkDoneProgressReporter | undefined;
}

/** The commands of the language server: what each does for `workspace/executeCommand`. */
export const commands: Readonly<Record<CommandName, (call: CommandCall) => Promise<unknown>>> = {
  "background-tasks.tick": tick,
  "background-tasks.cancelTick": async ({ folder }) => {
    await folder.ticks.cancel();
    return null;
  },
  "background-tasks.create": ({ folder, args }) => {
    const { params = {}, name, type } = args;
    return folder.createTask({
      class: requiredText(args, "class"),
      params,
      ...(name !== undefined && { name }),
      ...(type !== undefined && { type }),
    });
  },
  "background-tasks.retry": async (call) => {
    await request(call, "retry");
    return call.args.tick ? tick(call) : null;
  },
  "background-tasks.cancel": (call) => request(call, "cancel"),
  "background-tasks.pause": (call) => request(call, "pause"),
  "background-tasks.resume": (call) => request(call, "resume"),
  "background-tasks.editParams": async ({ context, folder, args }) => {
    const { action, params, before } = args;
    await editParams(folder, context.trust, {
      task: requiredText(args, "task"),
      params,
      ...(before !== undefined && { before }),
      ...(action !== undefined && { action }),
    });
    return null;
  },
  "background-tasks.renameClass": ({ context, folder, args }) =>
    handOver(folder, context.trust, { of: args.kind ?? "task", from: requiredText(args, "from"), to: requiredText(args, "to") }),
  "background-tasks.dismissFailure": async ({ folder, args }) => {
    const task = requiredText(args, "task");
    if ((await folder.dismiss(task, args.action)) === 0) throw new InputError(`Task ${task} has no failure that could be dismissed.`);
    return null;
  },
  "background-tasks.list": async ({ folder }) => {
    const { tasks, damaged } = currentTasks(await folder.store.read());
    return toListJson(tasks, damaged);
  },
  "background-tasks.history": async ({ folder, args }) => toHistoryJson(await folder.store.history(args.limit)),
};

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

async function tick({ context, folder, args, token, progress }: CommandCall): Promise<unknown> {
  context.trust.require("no tick is run");
  const shown: ShownProgress | undefined =
    context.showsProgress || progress ? await showWorkDoneProgress(context.connection, progress) : undefined;
  const cancellation = new AbortController();
  token.onCancellationRequested(() => cancellation.abort());
  try {
    const report = await folder.runTick({
      startedBy: "person",
      filter: tickFilterOf(args),
      signal: shown ? AbortSignal.any([cancellation.signal, shown.signal]) : cancellation.signal,
      ...(shown && { onEvent: shown.report }),
    });
    return tickAnswer(report);
  } finally {
    shown?.done();
  }
}

async function request({ context, folder, args }: CommandCall, kind: "retry" | "cancel" | "pause" | "resume"): Promise<null> {
  await requestOf(folder, context.trust, kind, requiredText(args, "task"));
  return null;
}
