import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import type { DebugTarget } from "../../../server/protocol/debug-target.ts";
import { InspectorClient } from "./inspector-client.ts";
import { ScriptMap, type SourceLine } from "./source-map-of.ts";

/** Milliseconds for what takes a moment on a machine with nothing else to do. */
const PATIENCE = 30_000;

interface CallFrame {
  readonly callFrameId: string;
  readonly functionName: string;
  readonly location: { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber?: number };
}

interface Paused {
  readonly reason: string;
  readonly callFrames: readonly CallFrame[];
  readonly hitBreakpoints?: readonly string[];
  readonly data?: { readonly scriptId?: string; readonly description?: string };
}

/** Where execution has stopped. */
export interface Stop {
  /** `breakpoint`, `exception`, `promiseRejection`, `step`. */
  readonly reason: string;
  /** What was thrown. */
  readonly thrown?: string;
  /** Innermost first; without those no source stands behind. */
  readonly frames: readonly (SourceLine & { readonly function: string; readonly id: string })[];
}

export interface DebuggerOptions {
  readonly breakpoints?: readonly SourceLine[];
  /** Stop at errors that nobody catches. */
  readonly uncaught?: boolean;
  /** Code that is never stopped in. */
  readonly skip?: readonly RegExp[];
}

/** A debugger of Node that does what js-debug does: starts or attaches to a worker, and shows sources instead of bundles. */
export class Debugger {
  readonly process: ChildProcess | undefined;
  readonly #inspector: InspectorClient;
  readonly #options: DebuggerOptions;
  readonly #maps = new Map<string, Promise<ScriptMap>>();
  readonly #stops: Stop[] = [];
  readonly #news = new EventEmitter();
  /** What the worker has printed to stdout. */
  printed = "";
  /** How often a step stopped where no source stands behind and was carried on with: 45 ms each, with Node's inspector. */
  hiddenSteps = 0;

  private constructor(inspector: InspectorClient, child: ChildProcess | undefined, options: DebuggerOptions) {
    this.#inspector = inspector;
    this.process = child;
    this.#options = options;
  }

  static async start(target: DebugTarget, options: DebuggerOptions = {}): Promise<Debugger> {
    const { url, child } = target.request === "launch" ? await launch(target) : { url: await urlAt(target.port), child: undefined };
    const session = new Debugger(await InspectorClient.connect(url), child, options);
    child?.stdout?.setEncoding("utf8").on("data", (text: string) => {
      session.printed += text;
    });
    await session.#begin();
    return session;
  }

  /** The next place where execution stops. */
  async stop(): Promise<Stop> {
    const stop = await this.stopOrEnd();
    if (!stop) throw new Error(`The worker has ended without a stop. It printed: ${this.printed}`);
    return stop;
  }

  /** The next place where execution stops; `undefined` when the process is gone. */
  async stopOrEnd(): Promise<Stop | undefined> {
    const signal = AbortSignal.timeout(PATIENCE);
    while (this.#stops.length === 0) {
      const stopped = once(this.#news, "stop", { signal }).then(() => false);
      const isGone = await Promise.race([this.#inspector.closed.then(() => true), stopped]).catch(() => {
        throw new Error(`Execution neither stopped nor ended. The worker printed: ${this.printed}`);
      });
      if (isGone) break;
    }
    return this.#stops.shift();
  }

  resume(): Promise<void> {
    return this.#inspector.send("Debugger.resume");
  }

  stepOver(): Promise<void> {
    return this.#inspector.send("Debugger.stepOver");
  }

  /** What an expression is in the innermost frame. */
  async evaluate({ frames }: Stop, expression: string): Promise<unknown> {
    const params = { callFrameId: frames[0]?.id, expression, returnByValue: true };
    const { result } = await this.#inspector.send<{ result: { value: unknown } }>("Debugger.evaluateOnCallFrame", params);
    return result.value;
  }

  /** Resolves when the process is gone. Rejects when execution has stopped somewhere instead. */
  async ended(): Promise<void> {
    const stop = await this.stopOrEnd();
    if (stop) throw new Error(`Execution stopped unexpectedly: ${JSON.stringify(stop)}`);
  }

  /** As a person's Stop does: at once. */
  kill(): void {
    this.process?.kill("SIGKILL");
  }

  async #begin(): Promise<void> {
    const inspector = this.#inspector;
    inspector.on<{ scriptId: string; url: string; sourceMapURL?: string }>("Debugger.scriptParsed", ({ scriptId, url, sourceMapURL }) => {
      if (sourceMapURL) this.#maps.set(scriptId, ScriptMap.read(url, sourceMapURL));
    });
    inspector.on<Paused>("Debugger.paused", (paused) => void this.#paused(paused));
    inspector.on<{ context?: unknown }>("NodeRuntime.waitingForDisconnect", () => inspector.close());
    await inspector.send("NodeRuntime.notifyWhenWaitingForDisconnect", { enabled: true });
    await inspector.send("Debugger.enable");
    await inspector.send("Debugger.setAsyncCallStackDepth", { maxDepth: 32 });
    const patterns = ["^node:", ...(this.#options.skip ?? []).map(({ source }) => source)];
    await inspector.send("Debugger.setBlackboxPatterns", { patterns });
    await inspector.send("Debugger.setPauseOnExceptions", { state: this.#options.uncaught ? "uncaught" : "none" });
    await inspector.send("Debugger.setInstrumentationBreakpoint", { instrumentation: "beforeScriptWithSourceMapExecution" });
    await inspector.send("Runtime.runIfWaitingForDebugger");
  }

  async #paused({ reason, callFrames, hitBreakpoints = [], data }: Paused): Promise<void> {
    if (reason === "instrumentation") {
      await this.#setBreakpoints(data?.scriptId ?? "");
      return this.resume();
    }
    if (reason === "Break on start") return this.resume();
    const frames = await Promise.all(callFrames.map((frame) => this.#source(frame)));
    const isPlain = reason === "other" && hitBreakpoints.length === 0;
    if (isPlain && frames[0] === undefined) {
      this.hiddenSteps++;
      return this.#inspector.send("Debugger.stepOut");
    }
    const known = frames.filter((frame) => frame !== undefined);
    const thrown = data?.description?.split("\n")[0];
    this.#stops.push({
      reason: reason === "other" ? (isPlain ? "step" : "breakpoint") : reason,
      frames: known,
      ...(thrown !== undefined && { thrown }),
    });
    this.#news.emit("stop");
  }

  async #setBreakpoints(scriptId: string): Promise<void> {
    const map = await this.#maps.get(scriptId);
    for (const breakpoint of this.#options.breakpoints ?? []) {
      const location = map?.generated(breakpoint);
      if (location) await this.#inspector.send("Debugger.setBreakpoint", { location: { scriptId, ...location } });
    }
  }

  async #source({ callFrameId, functionName, location }: CallFrame): Promise<Stop["frames"][number] | undefined> {
    const map = await this.#maps.get(location.scriptId);
    const line = map?.source(location.lineNumber, location.columnNumber ?? 0);
    return line && { ...line, function: functionName, id: callFrameId };
  }
}

async function launch(target: DebugTarget & { request: "launch" }): Promise<{ url: string; child: ChildProcess }> {
  const { runtimeExecutable, runtimeArgs, program, args, cwd, env } = target;
  const child = spawn(runtimeExecutable, ["--inspect-brk=127.0.0.1:0", ...runtimeArgs, program, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const found = /Debugger listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`The worker ended with ${code} before it could be inspected: ${said}`)));
  });
  return { url, child };
}

async function urlAt(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[];
  if (!target) throw new Error(`Nothing can be inspected at port ${port}.`);
  return target.webSocketDebuggerUrl;
}
