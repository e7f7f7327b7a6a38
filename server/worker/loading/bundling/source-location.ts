import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "esbuild";

/** Namespace of modules that tell a source its location: one for each source that needs it. */
const NAMESPACE = "source-location";
const LOCAL_NAME = "__sourceLocation";

/**
 * Makes `import.meta` and CommonJS's location names refer to the source instead of the bundle. They are replaced by members of a module
 * created for each source, imported in a line added at its end: no position in the source changes.
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

/** Returns the text of a source, with the import of its location if it uses it. */
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
