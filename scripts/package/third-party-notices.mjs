import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Whose code is in bundles, by what esbuild says went into them: names, versions and the texts of their licences. */
export function thirdPartyNotices(root, metafiles, alsoShipped) {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));
  const directories = [...new Set([...inputs.flatMap(packageDirectory), ...alsoShipped])].sort();
  const sections = directories.map((directory) => section(join(root, directory)));
  return `The software below is part of Background Tasks, under the licences of its authors.\n\n${sections.join("\n")}`;
}

/** "node_modules/a/node_modules/@b/c/lib/x.js" is of "node_modules/a/node_modules/@b/c". */
function packageDirectory(input) {
  const found = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
  return found ? [found[0]] : [];
}

function section(directory) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  if (!license) throw new Error(`${name} states no licence, so it cannot be shipped.`);
  const file = existsSync(directory) ? readdirSync(directory).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry)) : undefined;
  const by = typeof author === "string" ? author : author?.name;
  const text = file ? readFileSync(join(directory, file), "utf8").trim() : `Licence: ${license}${by ? `\nCopyright: ${by}` : ""}`;
  return `${"-".repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}
