import { shortText } from "./short-text.ts";

interface NamedError {
  readonly name: string;
  readonly message: string;
}

/** With its whole message. A plain Error's name says nothing. */
export function errorInWords({ name, message }: NamedError): string {
  if (message === "") return name;
  return name === "Error" ? message : `${name}: ${message}`;
}

/** The same on one line. */
export function failureInWords({ name, message }: NamedError, mostCharacters?: number): string {
  return errorInWords({ name, message: shortText(message, mostCharacters) });
}
