import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "esbuild";

/** Modules that tell a source where it is: one for each source that asks. */
const NAMESPACE = "source-location";
const LOCAL_NAME = "__sourceLocation";

/**
 * `import.meta` and CommonJS's names for where a module is mean the source, not the bundle. They are replaced by members of a module
 * that is made for each source, and that the source imports in a line added at its end: no position in the source changes.
 */
export const SOURCE_LOCATION_NAMES: Readonly<Record<string, string>> = {
  "import.meta": LOCAL_NAME,
  "import.meta.url": `${LOCAL_NAME}.url`,
  "import.meta.dirname": `${LOCAL_NAME}.dirname`,
  "import.meta.filename": `${LOCAL_NAME}.filename`,
  "import.meta.resolve": `${LOCAL_NAME}.resolve`,
  __dirname: `${LOCAL_NAME}.dirname`,
  __filename: `${LOCAL_NAME}.filename`,
};

/** The text of a source, made able to tell where the source is if it asks for that. */
export function withLocation(file: string, text: string): string {
  if (!/\bimport\s*\.\s*meta\b|\b__(?:dir|file)name\b/.test(text)) return text;
  return `${text}\nimport * as ${LOCAL_NAME} from ${JSON.stringify(`${NAMESPACE}:${file}`)};\n`;
}

export const sourceLocations: Plugin = {
  name: NAMESPACE,
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${NAMESPACE}:`) }, ({ path }) => ({
      path: path.slice(NAMESPACE.length + 1),
      namespace: NAMESPACE,
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({ contents: locationModule(path) }));
  },
};

function locationModule(file: string): string {
  return `import { createRequire, isBuiltin } from "node:module";
import { pathToFileURL } from "node:url";
export const url = ${JSON.stringify(pathToFileURL(file).href)};
export const filename = ${JSON.stringify(file)};
export const dirname = ${JSON.stringify(dirname(file))};
export const resolve = (specifier) =>
  /^[./]/.test(specifier) || URL.canParse(specifier) ? new URL(specifier, url).href
  : isBuiltin(specifier) ? "node:" + specifier
  : pathToFileURL(createRequire(url).resolve(specifier)).href;
`;
}
