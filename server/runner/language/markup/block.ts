import type { Command } from "vscode-languageserver";

/** A piece of a line. A plain string is untrusted text: it never becomes markup. */
export type Inline = string | Strong | Code | Link;

export interface Strong {
  readonly kind: "strong";
  readonly text: string;
}

export interface Code {
  readonly kind: "code";
  readonly text: string;
}

/** A clickable command, for clients that have it. */
export interface Link {
  readonly kind: "link";
  readonly command: Command;
}

export type Block =
  | { readonly kind: "paragraph"; readonly line: readonly Inline[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: "json"; readonly text: string }
  | { readonly kind: "rule" };

export function strong(text: string): Strong {
  return { kind: "strong", text };
}

export function code(text: string): Code {
  return { kind: "code", text };
}

export function paragraph(...line: readonly Inline[]): Block {
  return { kind: "paragraph", line };
}

/** Empty if there are no items. */
export function list(items: readonly (readonly Inline[])[]): Block[] {
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

/** Joins parts of a line with dots, omitting `undefined` and empty ones. */
export function dotted(...parts: readonly (Inline | undefined)[]): Inline[] {
  return joined(
    parts.filter((part): part is Inline => part !== undefined && part !== ""),
    " · ",
  );
}

/** Identifiers separated by commas. */
export function codes(names: readonly string[]): Inline[] {
  return joined(names.map(code), ", ");
}

function joined(parts: readonly Inline[], separator: string): Inline[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}

/** The first items, and a line with the number of the others. */
export function firstOf<Item>(
  items: readonly Item[],
  most: number,
  show: (item: Item) => readonly Inline[],
  more: (count: number) => string,
): Block[] {
  const shown = items.slice(0, most).map(show);
  return list(items.length > most ? [...shown, [more(items.length - most)]] : shown);
}
