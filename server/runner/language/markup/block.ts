import type { Command } from "vscode-languageserver";

/** A piece of a line. A plain string is text that may come from anybody: it never becomes markup. */
export type Inline = string | Strong | Code | Link;

export interface Strong {
  readonly kind: "strong";
  readonly text: string;
}

export interface Code {
  readonly kind: "code";
  readonly text: string;
}

/** Something to click on, for clients that have the command. */
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

/** No items, no list. */
export function list(items: readonly (readonly Inline[])[]): Block[] {
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

/** Parts of a line with dots between them; those that are `undefined` or empty are left out. */
export function dotted(...parts: readonly (Inline | undefined)[]): Inline[] {
  return joined(
    parts.filter((part): part is Inline => part !== undefined && part !== ""),
    " · ",
  );
}

/** Names of the program, with commas between them. */
export function codes(names: readonly string[]): Inline[] {
  return joined(names.map(code), ", ");
}

function joined(parts: readonly Inline[], separator: string): Inline[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}

/** The first ones, and a line that says how many there are beside them. */
export function firstOf<Item>(
  items: readonly Item[],
  most: number,
  show: (item: Item) => readonly Inline[],
  more: (count: number) => string,
): Block[] {
  const shown = items.slice(0, most).map(show);
  return list(items.length > most ? [...shown, [more(items.length - most)]] : shown);
}
