import type { TreeNode } from "./tree-node.ts";

/** A product icon with a colour of the theme. */
export interface NodeIcon {
  readonly id: string;
  readonly color?: string;
}

/** The look of a node, which tree-item.ts converts for the editor. */
export interface NodeView {
  readonly label: string;
  readonly description: string;
  readonly icon: NodeIcon;
  /** Text for screen readers, instead of label and description. */
  readonly spoken: string;
  /** `viewItem` in the conditions of menus. */
  readonly context: string;
  readonly expansion: "none" | "collapsed" | "expanded";
  /**
   * The editor remembers whether the user has expanded a row, and uses `expansion` only for a row that it has not seen before. A row with
   * another stage counts as not seen.
   */
  readonly stage?: string;
  /** What a click or Enter opens. */
  readonly opens?: Opening;
}

export interface Opening {
  /** `source` opens the row's line in its file, `more` lists more rows. */
  readonly kind: "source" | "more";
  readonly node: TreeNode;
}
