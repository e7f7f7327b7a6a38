import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A new id: short enough to type, and later ones sort after earlier ones. Nine characters of time, six of chance. */
export function newTaskId(now: number): string {
  let time = "";
  for (let rest = now, i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = ALPHABET.charAt(rest % 32) + time;
  let chance = "";
  for (const byte of randomBytes(6)) chance += ALPHABET.charAt(byte % 32);
  return `${time}-${chance}`;
}
