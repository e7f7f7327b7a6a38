import { parseArgs } from "node:util";
import { numbers } from "./numbers.ts";
import { opening } from "./opening.ts";
import { type Omission, print, type Result } from "./result.ts";
import { start } from "./start.ts";
import { storedTasks } from "./stored-tasks.ts";
import { throughput } from "./throughput.ts";

const PARTS: Readonly<Record<string, (quick: boolean) => Promise<readonly (Result | Omission)[]>>> = {
  throughput,
  stored: storedTasks,
  opening,
  numbers,
  start,
};

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
const chosen = values.only?.split(",") ?? Object.keys(PARTS);
const results: (Result | Omission)[] = [];
for (const name of chosen) {
  const part = PARTS[name];
  if (!part) throw new Error(`There is no part ${name} of the bench; there are ${Object.keys(PARTS).join(", ")}.`);
  console.error(`Measuring ${name} …`);
  results.push(...(await part(values.quick)));
}
print(results);
