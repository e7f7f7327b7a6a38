// Programs of the system that some tests drive.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { installDebianPackage } from "./debian-package.mjs";

const CHROMIUM_NAMES = ["chromium", "chromium-browser", "chromium-headless-shell", "google-chrome", "google-chrome-stable", "chrome"];
const CHROMIUM_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Absolute path of the browser that shows the editor; ends the process, and says what to do, where there is none. */
export function provideChromium() {
  const { CHROMIUM } = process.env;
  if (CHROMIUM) return isExecutable(CHROMIUM) ? CHROMIUM : giveUp(`CHROMIUM names ${CHROMIUM}, which cannot be executed.`);
  const problem = findChromium() ? undefined : installDebianPackage("chromium");
  if (problem) return giveUp(`Chromium is required to show the editor. ${problem}\nOr set CHROMIUM to the path of an installed one.`);
  return findChromium() ?? giveUp("Chromium was installed but cannot be found. Set CHROMIUM to its path.");
}

/** Checks that Neovim, which some tests drive, is installed; otherwise says how to install it. */
export function provideNeovim() {
  if (find("nvim")) return;
  const problem = installDebianPackage("neovim");
  if (problem) console.error(problem);
}

function findChromium() {
  return CHROMIUM_NAMES.map(find).find((path) => path !== undefined) ?? CHROMIUM_PLACES.find(isExecutable);
}

/** Absolute path of a program on PATH. */
function find(name) {
  const directories = (process.env.PATH ?? "").split(delimiter).filter((directory) => directory !== "");
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function giveUp(message) {
  console.error(message);
  process.exit(1);
}
