import * as vscode from "vscode";
import type { Wording } from "../../server/words/wording.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import type { ModelChange, WorkspaceModel } from "../model/workspace-model.ts";
import { Throttle } from "../timing/throttle.ts";
import { nodeView } from "./node-views.ts";
import { type Refresh, RefreshPlan } from "./refresh-plan.ts";
import { tooltipFacts } from "./tooltip-facts.ts";
import { tooltipOf, toTreeItem } from "./tree-item.ts";
import type { TreeNode } from "./tree-node.ts";
import { TreeNodes } from "./tree-nodes.ts";

/**
 * Milliseconds between two refreshes. The editor waits for 200 ms without a change before it shows one that comes soon after another: notified
 * of progress more often than that, it would show none.
 */
const LEAST_INTERVAL = 250;
/** Milliseconds. Timers are limited to 24 days, and a computer may sleep. */
const LONGEST_ALARM = 3_600_000;

/** Provides the rows of the tasks view, and reports which of them have changed. */
export class TasksTree implements vscode.TreeDataProvider<TreeNode>, Disposable {
  readonly nodes: TreeNodes;
  readonly #model: WorkspaceModel;
  readonly #isShown: () => boolean;
  readonly #wording: () => Wording;
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<TreeNode[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #plan: RefreshPlan;
  readonly #soon = this.#owned.add(new Throttle(() => this.#refresh(), LEAST_INTERVAL));
  #waiting: Refresh = new Set();
  /** Fires when the next time shown in a row is reached. */
  #alarm: NodeJS.Timeout | undefined;

  /** @param isShown false while a welcome content takes the view's place. */
  constructor(model: WorkspaceModel, { isShown, wording }: { readonly isShown: () => boolean; readonly wording: () => Wording }) {
    this.#model = model;
    this.#isShown = isShown;
    this.#wording = wording;
    this.nodes = new TreeNodes(model);
    this.#plan = new RefreshPlan(this.nodes);
    this.#owned.add(model.onChange((change) => this.#modelChanged(change)));
  }

  getChildren(parent?: TreeNode): TreeNode[] {
    return this.#isShown() ? [...this.nodes.children(parent)] : [];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.nodes.parent(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const view = nodeView(node, this.#model, this.nodes, this.#wording());
    return view ? toTreeItem(node, view) : new vscode.TreeItem("");
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const tooltip = tooltipOf(tooltipFacts(node, this.#model, this.#wording()));
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  /** Refreshes everything soon. */
  refreshAll(): void {
    this.#add("all");
  }

  refresh(nodes: readonly TreeNode[]): void {
    this.#add(new Set(nodes));
  }

  dispose(): void {
    clearTimeout(this.#alarm);
    this.#owned.dispose();
  }

  #modelChanged(change: ModelChange): void {
    this.#add(this.#plan.of(change));
  }

  #add(refresh: Refresh): void {
    const waiting = this.#waiting;
    this.#waiting = waiting === "all" || refresh === "all" ? "all" : new Set([...waiting, ...refresh]);
    if (this.#waiting === "all" || this.#waiting.size > 0) this.#soon.soon();
  }

  #refresh(): void {
    this.#setAlarm();
    const waiting = this.#waiting;
    this.#waiting = new Set();
    if (waiting === "all") this.#changed.fire(undefined);
    // A row that is no longer listed is unknown to the editor, which would answer with an error.
    else this.#changed.fire([...waiting].filter((node) => this.nodes.known(node) === node));
  }

  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const { now } = this.#wording();
    const next = nextMoment(this.#model, now);
    if (next !== undefined) this.#alarm = setTimeout(() => this.refreshAll(), Math.min(next - now, LONGEST_ALARM));
  }
}

/** The next time shown in a row, of an attempt or an occurrence, in epoch milliseconds; `undefined` if there is none. */
function nextMoment(model: WorkspaceModel, now: number): number | undefined {
  let next = Number.POSITIVE_INFINITY;
  const consider = (iso: string | null | undefined) => {
    const at = iso ? Date.parse(iso) : Number.NaN;
    if (at > now && at < next) next = at;
  };
  for (const { tasks, state } of model.folders) {
    for (const { nextAttemptAt } of tasks) consider(nextAttemptAt);
    for (const { nextOccurrence } of state.classes) consider(nextOccurrence);
  }
  return Number.isFinite(next) ? next : undefined;
}
