import { shortText } from "./short-text.ts";
import { COLORS, visibleText } from "./visible-text.ts";

interface NamedError {
  readonly name: string;
  readonly message: string;
}

/** With its whole message, in all its lines. A plain Error's name says nothing. */
export function errorInWords({ name, message }: NamedError): string {
  const shownName = visibleText(name);
  const shown = visibleText(message.replace(COLORS, "").replaceAll("\r\n", "\n"), "\n\t");
  if (shown === "") return shownName;
  return name === "Error" ? shown : `${shownName}: ${shown}`;
}

/** The same on one line. */
export function failureInWords({ name, message }: NamedError, mostCharacters?: number): string {
  return errorInWords({ name, message: shortText(message, mostCharacters) });
}
