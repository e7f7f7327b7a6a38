import * as vscode from "vscode";
import { until } from "./until.ts";

/** A message of a debug adapter, as the protocol has them. */
export interface DebugMessage {
  readonly session: vscode.DebugSession;
  readonly direction: "to-adapter" | "from-adapter";
  readonly type: "request" | "response" | "event";
  /** Of events. */
  readonly event?: string;
  /** Of requests and responses. */
  readonly command?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each kind of message has another body, and the test knows which it asked for.
  readonly body?: any;
}

export interface StackFrame {
  readonly id: number;
  readonly name: string;
  readonly line: number;
  /** A path on the desktop, a URI elsewhere: compare how it ends. */
  readonly path: string;
}

/** Listens to all debug sessions from its creation on. */
export class DebugMessages implements vscode.Disposable {
  readonly #messages: DebugMessage[] = [];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #ended = new Set<string>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #taken = 0;

  constructor() {
    this.#subscriptions = [
      vscode.debug.registerDebugAdapterTrackerFactory("*", {
        createDebugAdapterTracker: (session) => ({
          onWillReceiveMessage: (message) => this.#add({ ...message, session, direction: "to-adapter" }),
          onDidSendMessage: (message) => this.#add({ ...message, session, direction: "from-adapter" }),
        }),
      }),
      vscode.debug.onDidTerminateDebugSession((session) => {
        this.#ended.add(session.id);
        this.#changed.fire();
      }),
      this.#changed,
    ];
  }

  get all(): readonly DebugMessage[] {
    return this.#messages;
  }

  /** The next event of a name that no earlier call has been given: "stopped", "output" … */
  async next(event: string, isExpected: (message: DebugMessage) => boolean = () => true): Promise<DebugMessage> {
    const find = () => this.#messages.findIndex((message, index) => index >= this.#taken && message.event === event && isExpected(message));
    const index = await until(this.#changed.event, () => find() >= 0 && { at: find() }, {
      what: `the debugger's event ${event}`,
      actual: () => this.#messages.map((message) => message.event ?? message.command),
    });
    this.#taken = index.at + 1;
    return this.#messages[index.at] as DebugMessage;
  }

  /** Waits until execution stops; resolves to the session, the thread and its frames, innermost first. */
  async stopped(): Promise<{
    readonly session: vscode.DebugSession;
    readonly threadId: number;
    readonly reason: string;
    readonly frames: readonly StackFrame[];
  }> {
    const { session, body } = await this.next("stopped");
    const { stackFrames } = await session.customRequest("stackTrace", { threadId: body.threadId });
    const frames = stackFrames.map((frame: { id: number; name: string; line: number; source?: { path?: string } }) => ({
      id: frame.id,
      name: frame.name,
      line: frame.line,
      path: frame.source?.path ?? "",
    }));
    return { session, threadId: body.threadId, reason: body.reason, frames };
  }

  /** Waits until a session is over. */
  async ended(session: vscode.DebugSession): Promise<void> {
    await until(this.#changed.event, () => this.#ended.has(session.id), { what: `the end of the debug session ${session.name}` });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #add(message: DebugMessage): void {
    this.#messages.push(message);
    this.#changed.fire();
  }
}
