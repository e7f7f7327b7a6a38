import type { TreeNode } from "./tree-node.ts";

/** A product icon, with a colour of the theme. */
export interface NodeIcon {
  readonly id: string;
  readonly color?: string;
}

/** How a node is shown; tree-item.ts makes the editor's item of it. */
export interface NodeView {
  readonly label: string;
  readonly description: string;
  readonly icon: NodeIcon;
  /** What a screen reader says instead of label and description. */
  readonly spoken: string;
  /** `viewItem` in the conditions of menus. */
  readonly context: string;
  readonly expansion: "none" | "collapsed" | "expanded";
  /**
   * The editor remembers how a person has left a row, open or closed, and asks for `expansion` when it sees it for the first time only. A
   * row counts as a new one when its stage is another.
   */
  readonly stage?: string;
  /** What a click or Enter does. */
  readonly opens?: Opening;
}

export interface Opening {
  /** The line that it is about, in its source; or more rows of its kind. */
  readonly kind: "source" | "more";
  readonly node: TreeNode;
}
