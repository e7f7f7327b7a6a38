import { relative, resolve } from "node:path";
import { nearest } from "./nearest.mjs";
import { suiteOf } from "./suites.mjs";

const ENDING = ".test.ts";

/**
 * Which of the test files `names` mean: each a suite (`store`), a folder or the beginning of a file's path in one (`store/inb`), or a file
 * as a shell completes it (`test/store/inbox.test.ts`). All of them when nothing is named.
 *
 * @param files relative to the root, with `/` between their parts.
 * @throws Error with suggestions if a name matches nothing.
 */
export function selectFiles(root, names, files) {
  if (names.length === 0) return files;
  const selected = new Set(names.flatMap((name) => filesNamed(root, name, files)));
  return files.filter((file) => selected.has(file));
}

function filesNamed(root, name, files) {
  const path = relative(root, resolve(root, name)).replaceAll("\\", "/");
  const place = path.startsWith("test/") ? path : `test/${path}`;
  const isFileName = place.endsWith(ENDING);
  const exact = files.filter((file) => [place, place + ENDING, `${place}.timing${ENDING}`].includes(file));
  if (exact.length > 0) return exact;
  const isPrefix = !isFileName && place.split("/").length > 2 && !/[\\/]$/.test(name);
  const found = files.filter((file) => file.startsWith(isPrefix ? place : `${place}/`));
  if (found.length > 0) return found;
  throw new Error(`No test file is named ${isFileName ? place : `${place}*${ENDING}`}.${suggestion(place, files)}`);
}

function suggestion(place, files) {
  const suites = [...new Set(files.map(suiteOf))];
  const name = short(place);
  const near = nearest(name, [...suites, ...files.map(short)]);
  return near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ` The suites are ${suites.join(", ")}.`;
}

function short(file) {
  return file.slice("test/".length).replace(/(\.test)?\.ts$/, "");
}
