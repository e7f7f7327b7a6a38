import { writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { typescriptParser } from "../typescript-parser.mjs";

/** Writes the JSON Schema of `background-tasks.config.json`, made from the rules that its reader follows. */
export async function writeConfigSchema(root, file) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: `export { configSchema } from "./server/workspace/config-schema.ts";
export { CHECKS } from "./server/language/checks/registry.ts";`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    plugins: [typescriptParser],
  });
  const { configSchema, CHECKS } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  await writeFile(file, `${JSON.stringify(configSchema(CHECKS), null, 2)}\n`);
}
