import { shortText } from "./short-text.ts";

/** One line; a plain Error's name says nothing. */
export function failureInWords({ name, message }: { readonly name: string; readonly message: string }): string {
  const first = shortText(message);
  if (first === "") return name;
  return name === "Error" ? first : `${name}: ${first}`;
}
