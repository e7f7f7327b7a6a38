import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { hostname, uptime } from "node:os";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { errorCode } from "../disk/storage-error.ts";

/** Distinguishes a process from every other, including a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Linux: clock ticks since boot. Elsewhere: epoch milliseconds, exact to about a second. */
  readonly startTime: number;
  readonly platform: string;
  readonly host: string;
  /** Linux: changes with every start of the machine. */
  readonly bootId?: string;
  /** Linux: pids of two namespaces (containers) are unrelated. */
  readonly pidNamespace?: string;
  /** Linux: start times of two namespaces cannot be compared. */
  readonly timeNamespace?: string;
  /** Linux: identifies the installation, hashed because it is confidential. */
  readonly machineId?: string;
}

/** `unknown`: it belongs to a machine or container that cannot be inspected from here. */
export type Liveness = "alive" | "dead" | "unknown";

/** Maximum difference between two measurements of one start time on systems where it is inexact. */
const START_TIME_TOLERANCE_MS = 2_000;

let current: ProcessIdentity | undefined;

export function currentProcess(): ProcessIdentity {
  current ??= process.platform === "linux" ? currentOnLinux() : { ...common(), startTime: ownStartTime() };
  return current;
}

/**
 * Whether the process with this identity, which was running at `since` (ISO 8601), still runs; `dead` only if that is certain. Asks the
 * system, and starts a program only if there is no other way.
 */
export async function livenessOf(other: ProcessIdentity, since?: string): Promise<Liveness> {
  const own = currentProcess();
  if (other.platform !== own.platform) return "unknown";
  if (own.platform === "linux") {
    if (own.bootId === undefined || other.bootId === undefined) return "unknown";
    if (own.bootId !== other.bootId) return isFromBeforeRestart(own, other, since) ? "dead" : "unknown";
    if (own.pidNamespace === undefined || own.pidNamespace !== other.pidNamespace) return "unknown";
  } else if (own.host !== other.host) return "unknown";
  return livenessBesides(own, other);
}

/**
 * True if this machine has started after `since`. Another boot id alone may be that of another machine with the same name, or of a container
 * that has its own.
 */
function isFromBeforeRestart(own: ProcessIdentity, other: ProcessIdentity, since?: string): boolean {
  if (own.host !== other.host || own.machineId !== other.machineId) return false;
  return since !== undefined && Date.parse(since) < Date.now() - uptime() * 1_000;
}

/** Of a process that has its pid where this one has its own. */
async function livenessBesides(own: ProcessIdentity, other: ProcessIdentity): Promise<Liveness> {
  if (!pidExists(other.pid)) return "dead";
  if (own.timeNamespace !== other.timeNamespace) return "unknown";
  if (other.pid === own.pid) return sameStart(own.startTime, other.startTime) ? "alive" : "dead";
  const startTime = await startTimeOf(other.pid);
  if (startTime === undefined || startTime === "dead") return startTime ?? "unknown";
  return sameStart(startTime, other.startTime) ? "alive" : "dead";
}

function sameStart(a: number, b: number): boolean {
  return process.platform === "linux" ? a === b : Math.abs(a - b) <= START_TIME_TOLERANCE_MS;
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

function common() {
  return { pid: process.pid, platform: process.platform, host: hostname() };
}

/** Measured with clocks read at the same time, so that setting a clock later does not shift it; also correct in worker threads. */
function ownStartTime(): number {
  return Math.round(performance.timeOrigin + performance.now() - process.uptime() * 1_000);
}

function currentOnLinux(): ProcessIdentity {
  const bootId = attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const pidNamespace = attempt(() => readlinkSync("/proc/self/ns/pid"));
  const timeNamespace = attempt(() => readlinkSync("/proc/self/ns/time"));
  const machineId = attempt(() => readMachineId("/etc/machine-id")) ?? attempt(() => readMachineId("/var/lib/dbus/machine-id"));
  const stat = attempt(() => parseStat(readFileSync("/proc/self/stat", "utf8")));
  return {
    ...common(),
    startTime: stat?.startTime ?? 0,
    ...(bootId && { bootId }),
    ...(pidNamespace && { pidNamespace }),
    ...(timeNamespace && { timeNamespace }),
    ...(machineId && { machineId }),
  };
}

/** `undefined` if there is a file without an id, as in images of containers. */
function readMachineId(path: string): string | undefined {
  const id = readFileSync(path, "utf8").trim();
  return id === "" ? undefined : createHash("sha256").update(`background-task-ex ${id}`).digest("hex").slice(0, 32);
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** `undefined`: it runs, but the system does not report since when. */
async function startTimeOf(pid: number): Promise<number | "dead" | undefined> {
  switch (process.platform) {
    case "linux":
      return startTimeOnLinux(pid);
    case "win32":
      return startTimeOnWindows(pid);
    default:
      return startTimeByPs(pid);
  }
}

async function startTimeOnLinux(pid: number): Promise<number | "dead" | undefined> {
  try {
    const { state, startTime } = parseStat(await readFile(`/proc/${pid}/stat`, "utf8"));
    return state === "Z" || state === "X" ? "dead" : startTime;
  } catch (error) {
    // It ended since we asked, or /proc hides the processes of other users (hidepid), in which case the pid still exists.
    if (errorCode(error) === "ESRCH" || !pidExists(pid)) return "dead";
    return undefined;
  }
}

/** Fields 3 (state) and 22 (start time) of proc(5); the name in field 2 may contain blanks and parentheses. */
export function parseStat(stat: string): { state: string; startTime: number } {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", startTime: Number(fields[19]) };
}

const run = promisify(execFile);

async function startTimeByPs(pid: number): Promise<number | "dead" | undefined> {
  try {
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC0" };
    const { stdout } = await run("ps", ["-o", "state=", "-o", "lstart=", "-p", String(pid)], { env });
    return parsePs(stdout);
  } catch {
    return pidExists(pid) ? undefined : "dead";
  }
}

/** Parses `Ss   Tue Nov 24 03:21:07 2026`, in UTC. */
export function parsePs(line: string): number | "dead" | undefined {
  const [state, ...start] = line.trim().split(/\s+/);
  if (!state || state.startsWith("Z")) return "dead";
  const time = Date.parse(`${start.join(" ")} UTC`);
  return Number.isNaN(time) ? undefined : time;
}

async function startTimeOnWindows(pid: number): Promise<number | "dead" | undefined> {
  const script = `$p = Get-CimInstance Win32_Process -Filter 'ProcessId = ${pid}'; if ($p) { ([DateTimeOffset]$p.CreationDate).ToUnixTimeMilliseconds() }`;
  try {
    const { stdout } = await run("powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", script], { windowsHide: true });
    return stdout.trim() === "" ? "dead" : Number(stdout.trim());
  } catch {
    return pidExists(pid) ? undefined : "dead";
  }
}
