import { parseArgs } from "node:util";
import { print, type Result } from "../result.ts";
import { activation } from "./activation.ts";
import { reading } from "./reading.ts";
import { saving } from "./saving.ts";
import { shown } from "./shown.ts";
import { size } from "./size.ts";
import { typing } from "./typing.ts";
import { work } from "./work.ts";

const PARTS: Readonly<Record<string, (quick: boolean) => Promise<readonly Result[]>>> = {
  activation,
  work,
  shown,
  reading,
  typing,
  saving,
  size,
};

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
const results: Result[] = [];
for (const name of values.only?.split(",") ?? Object.keys(PARTS)) {
  const part = PARTS[name];
  if (!part) throw new Error(`There is no part ${name} of the bench; there are ${Object.keys(PARTS).join(", ")}.`);
  console.error(`Measuring ${name} …`);
  results.push(...(await part(values.quick)));
}
print(results);
