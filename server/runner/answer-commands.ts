import { WorkDoneProgressReporter } from "vscode-languageserver";
import type { serverCommands } from "../protocol/runner-protocol.ts";
import { type CommandArguments, readArguments, requiredText } from "./command-arguments.ts";
import { toResponseError } from "./response-error.ts";
import type { RunnerContext } from "./runner-context.ts";
import { type RunVerb, type VerbCall, verbs } from "./verbs.ts";
import { showWorkDoneProgress } from "./work-done-progress.ts";

type CommandName = (typeof serverCommands)[number];

/** The verb behind each command of `workspace/executeCommand`. */
const commands: Readonly<Record<CommandName, (args: CommandArguments, run: RunVerb) => Promise<unknown>>> = {
  "background-tasks.tick": tick,
  "background-tasks.cancelTick": (_, run) => run("cancelTick", {}),
  "background-tasks.create": ({ params = {}, ...args }, run) =>
    run("createTask", { class: requiredText(args, "class"), params, ...given(args, "name", "type") }),
  "background-tasks.retry": async (args, run) => {
    await run("taskRequest", { task: requiredText(args, "task"), kind: "retry" });
    return args.tick ? tick(args, run) : null;
  },
  "background-tasks.cancel": (args, run) => run("taskRequest", { task: requiredText(args, "task"), kind: "cancel" }),
  "background-tasks.pause": (args, run) => run("taskRequest", { task: requiredText(args, "task"), kind: "pause" }),
  "background-tasks.resume": (args, run) => run("taskRequest", { task: requiredText(args, "task"), kind: "resume" }),
  "background-tasks.editParams": (args, run) =>
    run("editParams", { task: requiredText(args, "task"), params: args.params, ...given(args, "action", "before") }),
  "background-tasks.renameClass": (args, run) =>
    run("renameClass", { kind: args.kind ?? "task", from: requiredText(args, "from"), to: requiredText(args, "to") }),
  "background-tasks.dismissFailure": (args, run) => run("dismissFailure", { task: requiredText(args, "task"), ...given(args, "action") }),
  "background-tasks.list": (_, run) => run("list", {}),
  "background-tasks.history": (args, run) => run("history", given(args, "limit")),
};

/** Answers `workspace/executeCommand`, which gives any LSP client the features that our own client requests. */
export function answerCommands({ connection, folders, trust, showsProgress }: RunnerContext): void {
  connection.onExecuteCommand(async ({ command, arguments: given }, token, reporter) => {
    try {
      if (!isCommand(command)) return null;
      const args = readArguments(command, given);
      const cancellation = new AbortController();
      token.onCancellationRequested(() => cancellation.abort());
      const ofClient = WorkDoneProgressReporter.isNullInstance(reporter) ? undefined : reporter;
      const call: VerbCall = {
        folder: await folders.get(args.folder),
        trust,
        signal: cancellation.signal,
        ...((ofClient || showsProgress) && { showTick: () => showWorkDoneProgress(connection, ofClient) }),
      };
      return await commands[command](args, (verb, params) => verbs[verb](params, call));
    } catch (error) {
      return toResponseError(error);
    }
  });
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

function tick(args: CommandArguments, run: RunVerb): Promise<unknown> {
  return run("runTick", { startedBy: "person", ...given(args, "task", "class") });
}

/** The arguments that were given. */
function given<Key extends keyof CommandArguments>(args: CommandArguments, ...keys: readonly Key[]): Pick<CommandArguments, Key> {
  return Object.fromEntries(keys.filter((key) => args[key] !== undefined).map((key) => [key, args[key]])) as Pick<CommandArguments, Key>;
}
