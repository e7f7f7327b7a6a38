import { cp } from "node:fs/promises";
import { join } from "node:path";
import { JsonTaskStore } from "../../../server/store/json-task-store.ts";
import { TaskFolder } from "../../support/task-folder.ts";
import { makeTemporaryDirectory } from "../../support/temporary-directory.ts";
import { type CommandResult, type Running, runCommand, startCommand } from "./command.ts";

const FIXTURES = join(process.cwd(), "test/cli/fixtures");
export type Fixture = "counting" | "failing" | "creating" | "waiting";

/** A folder in the hands of the real command line. */
export class Workspace extends TaskFolder {
  readonly #running: Running[] = [];

  static async create(...fixtures: readonly Fixture[]): Promise<Workspace> {
    const workspace = new Workspace(makeTemporaryDirectory());
    for (const name of fixtures) await cp(join(FIXTURES, `${name}.task.ts`), workspace.path(`${name}.task.ts`));
    return workspace;
  }

  /** Ends what still runs. */
  override async remove(): Promise<void> {
    for (const command of this.#running) await command.kill();
    await super.remove();
  }

  run(...args: readonly string[]): Promise<CommandResult> {
    return runCommand(args, { cwd: this.directory });
  }

  runWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<CommandResult> {
    return runCommand(args, { cwd: this.directory, env });
  }

  start(...args: readonly string[]): Running {
    const command = startCommand(args, { cwd: this.directory });
    this.#running.push(command);
    return command;
  }

  /** Runs it with `--json`; fails unless it ends with the code and prints one document. */
  async json<Document>(code: number, ...args: readonly string[]): Promise<Document> {
    const result = await this.run(...args, "--json");
    if (result.code !== code || !result.stdout.endsWith("}\n")) {
      throw new Error(`background-tasks ${args.join(" ")} --json ended with ${result.code}:\n${result.stdout}\n${result.stderr}`);
    }
    return JSON.parse(result.stdout);
  }

  async createTask(className: string, params: object = {}, ...options: readonly string[]): Promise<string> {
    const { id } = await this.json<{ id: string }>(0, "create", className, "--params", JSON.stringify(params), ...options);
    return id;
  }

  openStore(): Promise<JsonTaskStore> {
    return JsonTaskStore.open(this.path(".background-tasks"));
  }
}
