// Installs what package-lock.json names and builds dist/, each only when something changed since it was last done.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** `declarations`: what editors and compilers read of the package; they take longer than the bundles, and running needs none. */
export function setUp({ build = true, declarations = false } = {}) {
  requireNode();
  onChange("node_modules/.installed", ["package-lock.json"], () => {
    console.error("Installing the packages of package-lock.json …");
    // Only the first time from nothing: `ci` empties node_modules, and with it whatever runs from there.
    npm([existsSync(join(root, "node_modules")) ? "install" : "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  });
  if (build) buildAll({ declarations });
}

function buildAll({ declarations }) {
  const sources = ["package.json", "tsconfig.json", "server", "client"];
  onChange(
    "dist/.built",
    [
      "scripts/build.mjs",
      "scripts/typescript-parser.mjs",
      "scripts/package/config-schema.mjs",
      "scripts/package/third-party-notices.mjs",
      ...sources,
    ],
    () => {
      console.error("Building dist/ …");
      run(process.execPath, ["scripts/build.mjs"]);
    },
  );
  if (!declarations) return;
  onChange("dist/.declared", ["scripts/declarations.mjs", ...sources], () => run(process.execPath, ["scripts/declarations.mjs"]));
}

/** Shows the real editor to tests and to `npm run editor`: a separate project, because its 300 MB are not needed otherwise. */
export function setUpEditorHost() {
  const project = "test/vscode-host";
  onChange(
    `${project}/node_modules/.installed`,
    ["package.json", "package-lock.json", "setup.mjs"].map((name) => join(project, name)),
    () => {
      console.error("Installing the editor that tests run in …");
      npm(["ci", "--prefix", project, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
      run(process.execPath, [join(project, "setup.mjs")]);
    },
  );
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Background Tasks needs Node 20.19 or newer; this is ${process.version} (${process.execPath}).`);
    process.exit(1);
  }
}

/** Does `work` unless `stamp` says that it was done for just these inputs. */
function onChange(stamp, inputs, work) {
  const path = join(root, stamp);
  const now = digest(inputs);
  if (existsSync(path) && readFileSync(path, "utf8") === now) return;
  work();
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, now);
}

function digest(inputs) {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap(filesIn).sort())
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

function filesIn(path) {
  if (!existsSync(join(root, path))) return [];
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}

/** npm as the one that runs us where there is one: on Windows `npm` itself is a script that only a shell can start. */
export function npm(args, options = {}) {
  const script = process.env.npm_execpath;
  if (script?.endsWith("js")) run(process.execPath, [script, ...args], options);
  else run(process.platform === "win32" ? "npm.cmd" : "npm", args, { ...options, shell: process.platform === "win32" });
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Builds dist/ with the packages that npm has just installed: npm calls it when the repository is a dependency, and after each `npm ci` in it. */
function setUpInstalled() {
  const missing = ["esbuild", "rollup-plugin-dts", "typescript"].filter((name) => !existsSync(join(root, "node_modules", name)));
  if (missing.length === 0) buildAll({ declarations: true });
  else console.error(`dist/ is not built: ${missing.join(" and ")} are not installed (--omit=dev).`);
}

// `--packages`: only what is installed, for scripts that build nothing; `--bundles`: no declarations; `--installed`: installs nothing, because
// npm is at it; or all of it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const has = (option) => process.argv.includes(option);
  if (has("--installed")) setUpInstalled();
  else setUp({ build: !has("--packages"), declarations: !has("--bundles") });
}
