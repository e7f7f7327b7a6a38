// `npm start`: runs the sample tasks to the end with the command line as it ships, in many short ticks, and says what they did.
// `npm start -- DIRECTORY` does so in a copy of sample-tasks.
import { execFileSync } from "node:child_process";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { setUp } from "./set-up.mjs";
import { CommandLine } from "./start/command-line.mjs";
import { isSampleRun, SAMPLE_RUNS } from "./start/sample-runs.mjs";
import { position, table, taskInWords, underneath } from "./start/text.mjs";

/** Seconds. Far less than the work takes, so that it needs many ticks; doubled where a busy machine cannot even begin in that time. */
const TIME_BUDGET = 0.5;
const MOST_TICKS = 200;

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = process.env.DIST ?? join(root, "dist");
const workspace = resolve(process.argv[2] ?? join(root, "sample-tasks"));
const shown = relative(process.cwd(), workspace).replaceAll("\\", "/") || ".";
setUp({ build: process.env.DIST === undefined, declarations: true });
const { createColors } = (await import("picocolors")).default;
const { bold, dim, green, red, yellow } = createColors(process.stdout.isTTY === true && !process.env.NO_COLOR);
const commandLine = new CommandLine(join(dist, "cli.js"), workspace);

try {
  console.log(`\n${bold("Five sample tasks on real files")} ${dim(`in ticks of ${TIME_BUDGET} s`)}\n`);
  console.log(`  data      ${execFileSync(process.execPath, [join(workspace, "make-data.mjs")], { encoding: "utf8" }).trim()}`);
  await cancelLeftovers();
  const ids = await createTasks();
  console.log(`  state     ${shown}/.background-tasks/`);
  console.log(`  results   ${shown}/results/\n`);
  await tickUntilEnded(ids);
  process.exitCode = summarize(await endedTasks(ids)) ? 0 : 1;
} catch (error) {
  console.error(`\n${red(error.message)}`);
  process.exitCode = 1;
}

function command(name) {
  return `node dist/cli.js ${name} --workspace ${shown}`;
}

/** What a start that was interrupted has left; never what a person has created. */
async function cancelLeftovers() {
  const { tasks } = await commandLine.run("list");
  for (const { id } of tasks.filter(isSampleRun)) await commandLine.run("cancel", id);
}

async function createTasks() {
  const ids = [];
  for (const { class: name, params, name: title } of SAMPLE_RUNS) {
    const created = await commandLine.run("create", name, "--params", JSON.stringify(params), "--name", title, "--interactive");
    ids.push(created.id);
  }
  return ids;
}

async function tickUntilEnded(ids) {
  const titles = SAMPLE_RUNS.map((run) => run.class);
  console.log(dim(`  tick  ${titles.join("  ")}`));
  let budget = TIME_BUDGET;
  for (let tick = 1; tick <= MOST_TICKS; tick++) {
    const report = await commandLine.run("tick", "--max-execution-time", String(budget));
    const { tasks } = await commandLine.run("list");
    const words = ids.map((id) => taskInWords(...[report.tasks, tasks].map((list) => list.find((task) => task.id === id))));
    if (report.tasks.length === 0) budget *= 2;
    const row = report.tasks.length === 0 ? dim(`too short to start, ${budget} s from now on`) : underneath(titles, words);
    console.log(`  ${dim(String(tick).padStart(4))}  ${row}`);
    if (!tasks.some((task) => ids.includes(task.id))) return;
  }
  throw new Error(`Not finished after ${MOST_TICKS} ticks. To see why, run: ${command("list")}`);
}

async function endedTasks(ids) {
  const { entries } = await commandLine.run("history");
  return ids.map((id) => entries.find((entry) => entry.id === id));
}

/** Returns whether everything went as intended. */
function summarize(entries) {
  const results = entries.map((entry, index) => ({ ...entry, asIntended: entry?.outcome === SAMPLE_RUNS[index].intended }));
  const rows = results.map(({ class: name, outcome, ticks, actions, message }) => {
    const attempts = actions.map((action) => action.attempts.length).join(" + ");
    return [name, outcome, String(ticks), attempts, message];
  });
  const [header, ...lines] = table([["task", "outcome", "ticks", "attempts", "what it did"], ...rows]);
  console.log(`\n    ${dim(header)}`);
  for (const [index, line] of lines.entries()) console.log(`  ${results[index].asIntended ? green("✔") : red("✘")} ${line}`);
  for (const entry of results) showFailures(entry);
  console.log(`\n  more      ${dim(command("history"))}`);
  console.log("  next      write your own task: README.md, Quick start; sample-tasks/README.md says what each sample shows\n");
  const asIntended = results.every((entry) => entry.asIntended);
  console.log(asIntended ? green("Everything went as intended, including the one failure.") : red("Not everything went as intended."));
  return asIntended;
}

function showFailures({ outcome, actions, asIntended }) {
  for (const action of actions.filter(() => outcome === "finished-with-failures")) {
    const error = action.attempts.at(-1)?.error;
    if (action.outcome !== "failed" || !error) continue;
    console.log(`\n  ${asIntended ? yellow("failed on purpose") : red("failed")}  ${bold(position(error, process.cwd()))}`);
    for (let cause = error; cause; cause = cause.cause)
      console.log(`  ${cause === error ? "" : "  caused by "}${cause.name}: ${cause.message}`);
  }
}
