/** The platforms that editors run on, by their names there, and the package that brings esbuild's binary for each. */
export const TARGETS = {
  "linux-x64": "@esbuild/linux-x64",
  "linux-arm64": "@esbuild/linux-arm64",
  "linux-armhf": "@esbuild/linux-arm",
  // esbuild's binaries for Linux need no C library, so they run on Alpine, too.
  "alpine-x64": "@esbuild/linux-x64",
  "alpine-arm64": "@esbuild/linux-arm64",
  "darwin-x64": "@esbuild/darwin-x64",
  "darwin-arm64": "@esbuild/darwin-arm64",
  "win32-x64": "@esbuild/win32-x64",
  "win32-arm64": "@esbuild/win32-arm64",
};

/** The one that runs here. */
export function ownTarget() {
  const architecture = process.arch === "arm" ? "armhf" : process.arch;
  const isMusl = process.platform === "linux" && process.report.getReport().header.glibcVersionRuntime === undefined;
  const target = `${isMusl ? "alpine" : process.platform}-${architecture}`;
  if (target in TARGETS) return target;
  throw new Error(`Editors do not run on ${target}. Available targets: ${Object.keys(TARGETS).join(", ")}.`);
}
