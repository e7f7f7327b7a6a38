import { isBuiltin } from "node:module";
import { dirname, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ImportKind, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import type { ImportGraph } from "../../../workspace/import-graph.ts";
import { type Influences, packageName } from "./influences.ts";

const ENGINE_PACKAGE = "background-task-ex";
/** Namespace of modules that replace unresolved optional imports: they throw when executed. */
const MISSING = "missing-module";
/** Namespace of the engine's package for sources that `require` it: CommonJS cannot load it as a module on every Node. */
const ENGINE = "engine-package";
/** Marks this plugin's own requests to resolve a path. */
const ASKED = Symbol("asked");

export interface PackageImportsOptions {
  readonly enginePackage: string;
  readonly graph: ImportGraph;
  readonly influences: Influences;
}

/**
 * Decides how imports are resolved: sources are bundled wherever they are; packages in `node_modules` stay external, identified by the file
 * that the importing source would get. A package is thus found from its importer, not from the bundle.
 */
export function packageImports({ enginePackage, graph, influences }: PackageImportsOptions): Plugin {
  return {
    name: "package-imports",
    setup(build) {
      build.onResolve({ filter: /.*/ }, async (args) => {
        if (args.kind === "entry-point" || args.pluginData === ASKED || args.namespace !== "file") return undefined;
        return isEngine(args.path) ? toEngine(build, args) : toFile(build, args);
      });
      build.onResolve({ filter: /.*/, namespace: ENGINE }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /.*/, namespace: ENGINE }, ({ path }) => ({ contents: `export * from ${JSON.stringify(path)};` }));
      build.onLoad({ filter: /.*/, namespace: MISSING }, ({ pluginData }) => ({ contents: throwingModule(pluginData), loader: "js" }));
    },
  };

  async function toFile(build: PluginBuild, args: OnResolveArgs): Promise<OnResolveResult | undefined> {
    if (isBuiltin(args.path) || /^(?:node|file|https?|data):/.test(args.path)) return { path: args.path, external: true };
    const found = await ask(build, args);
    if (found.errors.length > 0) return missing(args);
    if (found.external || found.namespace !== "file") return undefined;
    if (/^\.\.?(?:\/|$)/.test(args.path)) influences.lookedIn(dirname(resolve(args.resolveDir, args.path)));
    else influences.packageImport(args.resolveDir, args.path, found.path);
    if (isOutside(found.path)) return external(found.path, args.kind);
    graph.add(args.importer, found.path);
    // esbuild resolves it again, with the tsconfig.json that belongs to it; our own result would lack that.
    return undefined;
  }

  async function toEngine(build: PluginBuild, args: OnResolveArgs): Promise<OnResolveResult> {
    const found = await ask(build, args);
    const own = found.errors.length === 0 ? found.path : undefined;
    influences.packageImport(args.resolveDir, args.path, own ?? enginePackage);
    const url = pathToFileURL(own ?? enginePackage).href;
    return isRequire(args.kind) ? { path: url, namespace: ENGINE } : { path: url, external: true };
  }
}

function ask(build: PluginBuild, { path, importer, resolveDir, kind, with: attributes }: OnResolveArgs) {
  return build.resolve(path, { importer, resolveDir, kind, with: attributes, pluginData: ASKED });
}

function isEngine(specifier: string): boolean {
  return specifier === ENGINE_PACKAGE || specifier.startsWith(`${ENGINE_PACKAGE}/`);
}

function isOutside(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file) || extname(file) === ".node";
}

function external(file: string, kind: ImportKind): OnResolveResult {
  return { path: isRequire(kind) ? file : pathToFileURL(file).href, external: true };
}

function isRequire(kind: ImportKind): boolean {
  return kind === "require-call" || kind === "require-resolve";
}

/** An import in the middle of a source may be optional: it fails when executed, as it does without bundling. */
async function missing(args: OnResolveArgs): Promise<OnResolveResult> {
  const message = await missingMessage(args);
  if (args.kind === "import-statement") return { errors: [{ text: message }] };
  if (args.kind === "require-resolve") return { path: args.path, external: true };
  return { path: `${args.path} from ${args.importer}`, namespace: MISSING, pluginData: { message, importer: args.importer } };
}

async function missingMessage({ path, importer, resolveDir }: OnResolveArgs): Promise<string> {
  if (/^\.{0,2}\//.test(path)) return `Cannot find a file for the import ${JSON.stringify(path)}.`;
  if (path.startsWith("#")) return `The nearest package.json does not define the import ${JSON.stringify(path)}.`;
  // Imported here because it reads files and needs a library that a tick does not.
  const { installCommand } = await import("./install-command.ts");
  const name = packageName(path);
  const { command, directory } = await installCommand(name, dirname(importer) || resolveDir);
  return `The package ${name} (import ${JSON.stringify(path)}) is not installed. To install it: ${command}, in ${directory}`;
}

function throwingModule({ message, importer }: { message: string; importer: string }): string {
  const text = JSON.stringify(`${message} (imported by ${importer})`);
  return `throw Object.assign(new Error(${text}), { code: "MODULE_NOT_FOUND" });`;
}
