import { Command, CommanderError, Option } from "commander";
import { visibleText } from "../words/visible-text.ts";
import { type CommonOptions, createContext, type StandardStreams, standardStreams } from "./context.ts";
import type { DefineCommand, Handler } from "./define-command.ts";
import { defineTaskCommands } from "./define-task-commands.ts";
import { defineTickCommands } from "./define-tick-commands.ts";
import { defineToolCommands } from "./define-tool-commands.ts";
import { ExitCode, exitCodeOfError } from "./exit-code.ts";
import { ownVersion } from "./own-version.ts";

/** Runs one command; returns its exit code. */
export async function runProgram(args: readonly string[]): Promise<number> {
  const streams = standardStreams(colorOption(args));
  let exitCode: number = ExitCode.fine;
  const program = createProgram(streams, (command) => async (handler) => {
    exitCode = await handler(createContext(command.optsWithGlobals<CommonOptions>(), streams));
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.fine : ExitCode.badInput;
    const code = exitCodeOfError(error);
    const [first = "", ...others] = linesOf(describeError(error, code));
    await streams.stderr.lines([`${streams.stderr.style.colors.red("error:")} ${first}`, ...others]);
    return code;
  }
}

function createProgram({ stdout, stderr }: StandardStreams, runnerOf: (command: Command) => (handler: Handler) => Promise<void>): Command {
  const program = new Command("background-tasks")
    .description("Resumable background tasks made of ranked actions, executed in ticks under a time budget.")
    .option("--workspace <directory>", "the folder with the task files and the stored tasks (default: the current one)")
    .option("--json", "print one JSON document on stdout, and everything else on stderr")
    .option("--color", "use colours even if the output is not a terminal")
    .option("--no-color", "do not use colours")
    .option("-v, --version", "print the version and exit")
    .addOption(new Option("-V").hideHelp())
    .addHelpText("after", "\nRun `background-tasks <command> --help` for the options, examples and exit codes of a command.")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void stdout.lines(linesOf(text.trimEnd())),
      writeErr: (text) => void stderr.lines(linesOf(text.trimEnd())),
    });
  for (const option of ["version", "V"]) {
    program.on(`option:${option}`, () => {
      void stdout.line(ownVersion());
      throw new CommanderError(0, "commander.version", "");
    });
  }
  const define: DefineCommand = (usage, description) => {
    const command = program.command(usage).description(description).configureHelp({ showGlobalOptions: true });
    command.showHelpAfterError(`(see \`background-tasks ${command.name()} --help\`)`);
    return { command, run: runnerOf(command) };
  };
  defineTickCommands(define);
  defineTaskCommands(define);
  defineToolCommands(define);
  for (const command of [program, ...program.commands]) command.exitOverride();
  return program;
}

/** Parsed before the other options, so that it applies to errors in them too. The last one wins. */
function colorOption(args: readonly string[]): boolean | undefined {
  const end = args.indexOf("--");
  const options = (end < 0 ? args : args.slice(0, end)).filter((arg) => arg === "--color" || arg === "--no-color");
  return options.length === 0 ? undefined : options.at(-1) === "--color";
}

/** The lines of a message, which may name anything. */
function linesOf(message: string): string[] {
  return message.split("\n").map((line) => visibleText(line, "\t"));
}

function describeError(error: unknown, code: number): string {
  if (!(error instanceof Error)) return `a value that is not an error was thrown: ${String(error)}`;
  // A name in it may contain line breaks: what follows them must not look like another message.
  if (code !== ExitCode.internalError) return error.message.replaceAll(/\r?\n(?=\S)/g, "\n  ");
  return `${error.stack ?? error.message}\nThis is a bug in background-tasks; the stored tasks are as they were before its last step.`;
}
