import type { Agent } from "package-manager-detector";
import * as vscode from "vscode";
import { ask } from "../asking/pick.ts";
import type { Provision } from "./new-file-request.ts";
import { inWords, type PackageCommand, packageCommands, packageManagerOf } from "./package-manager.ts";
import { runPackageCommand } from "./package-task.ts";
import type { PackageNeeds } from "./project.ts";
import type { ShippedPackages } from "./shipped-packages.ts";
import { writeStarterFiles } from "./starter-files.ts";

/** The steps that the user has agreed to. */
export type PackagesPlan =
  | { readonly kind: "nothing" }
  | { readonly kind: "starter" | "copy"; readonly directory: string }
  | { readonly kind: "run"; readonly directory: string; readonly agent: Agent; readonly commands: readonly PackageCommand[] };

/** Asks how to provide missing packages, unless `said` determines it. Changes nothing yet. @throws vscode.CancellationError */
export async function planPackages(needs: PackageNeeds, shipped: ShippedPackages, said: Provision | undefined): Promise<PackagesPlan> {
  if (needs.kind === "nothing" || said === "none") return { kind: "nothing" };
  const { kind, directory } = needs;
  if (kind === "starter") return { kind, directory };
  if (said === "extension") return { kind: "copy", directory };
  const agent = await packageManagerOf(directory);
  const commands = await packageCommands(agent, directory, needs.undeclared, await shipped.versions());
  const run: PackagesPlan = { kind: "run", directory, agent, commands };
  return said === "packageManager" ? run : askPlan(run, needs.undeclared.length > 0);
}

function askPlan(run: PackagesPlan & { readonly kind: "run" }, changesManifest: boolean): Promise<PackagesPlan> {
  const { agent, directory, commands } = run;
  return ask<PackagesPlan>(
    [
      {
        label: changesManifest ? vscode.l10n.t("Add with {0}", agent) : vscode.l10n.t("Install with {0}", agent),
        description: directory,
        detail: commands.map(inWords).join(" && "),
        value: run,
      },
      {
        label: vscode.l10n.t("Copy from This Extension"),
        detail: vscode.l10n.t("Copies into node_modules; needs no network and leaves package.json unchanged."),
        value: { kind: "copy", directory },
      },
      {
        label: vscode.l10n.t("Not Now"),
        detail: vscode.l10n.t("Tasks run without it; only types and completions are missing."),
        value: { kind: "nothing" },
      },
    ],
    vscode.l10n.t("Task files import the package background-task-ex. How do you want to install it?"),
  );
}

/** Executes the plan. If a package manager fails, copies the packages from the extension instead. */
export async function providePackages(plan: PackagesPlan, shipped: ShippedPackages, log: vscode.LogOutputChannel): Promise<void> {
  if (plan.kind === "nothing") return;
  const { directory } = plan;
  if (plan.kind === "starter") tellWritten(await writeStarterFiles(directory, await shipped.versions()), log);
  if (plan.kind === "run") {
    if (await runAll(plan.commands, directory)) return;
    // Not awaited: the file can be used even if the message stays open.
    void tellFailure(plan.agent, directory, log);
  }
  tellWritten(await shipped.copyTo(directory), log);
}

async function runAll(commands: readonly PackageCommand[], directory: string): Promise<boolean> {
  for (const command of commands) if (!(await runPackageCommand(command, directory))) return false;
  return true;
}

async function tellFailure(agent: Agent, directory: string, log: vscode.LogOutputChannel): Promise<void> {
  const message = vscode.l10n.t(
    "{0} could not install every package in {1}; see the terminal for details. Missing packages were copied from this extension into node_modules, where the next install replaces them.",
    agent,
    directory,
  );
  log.warn(message);
  await vscode.window.showWarningMessage(message);
}

function tellWritten(paths: readonly string[], log: vscode.LogOutputChannel): void {
  for (const path of paths) log.info(vscode.l10n.t("New Task File wrote {0}", path));
}
