// Writes dist/index.d.ts: the declarations of the package in one file, without what is internal.
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = process.env.DIST ?? `${root}/dist`;

const bundle = await rollup({
  input: `${root}/server/index.ts`,
  external: /^node:/,
  plugins: [dts({ tsconfig: `${root}/tsconfig.json`, compilerOptions: { stripInternal: true } })],
});
await bundle.write({ file: `${dist}/index.d.ts`, format: "es" });
await bundle.close();
