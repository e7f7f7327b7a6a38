/**
 * For esbuild: imports of Node's modules for files and timers become copies of their functions, made when the bundle is loaded. Named imports follow the module
 * otherwise, and so does the engine when user code replaces functions of `fs` and calls `syncBuiltinESMExports`.
 */
export const keptModules = {
  name: "kept-modules",
  setup(build) {
    build.onResolve({ filter: KEPT }, ({ path, namespace, kind }) =>
      namespace !== NAMESPACE && kind === "import-statement" ? { path, namespace: NAMESPACE } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path }) => {
      const exports = Object.entries(await import(path)).filter(([name, value]) => name !== "default" && isCopied(name, value));
      // Read from the default export, so that a name which an older Node lacks is undefined there instead of an error. Pure: a copy that is
      // never imported is left out. Objects such as `fs.promises` are copied with their functions.
      const copies = exports.map(([name, value]) => {
        const copy = isPlainObject(value) ? `({ ...whole.${name} })` : `whole.${name}`;
        return `export const ${name} = /* @__PURE__ */ (() => ${copy})();`;
      });
      return { contents: [`import whole from ${JSON.stringify(path)};`, "export default whole;", ...copies].join("\n"), loader: "js" };
    });
  },
};

const NAMESPACE = "kept";
/** What mocks replace. More of them would cost each start time. */
const KEPT = /^node:(?:fs|fs\/promises|timers|timers\/promises)$/;

/** Not plain numbers such as `fs.F_OK`: newer versions of Node print a warning when they are read. */
function isCopied(name, value) {
  return /^[A-Za-z_$][\w$]*$/.test(name) && ["function", "object"].includes(typeof value);
}

function isPlainObject(value) {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
