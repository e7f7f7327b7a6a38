import { crc32 } from "node:zlib";
import { StoreError } from "../contract/store-error.ts";
import type { Transaction } from "../contract/transaction.ts";
import { MOST_LINE_BYTES, NEWLINE } from "../disk/file-lines.ts";
import { isTooDeep, MOST_LEVELS } from "../validation/depth.ts";
import { isSequenceNumber } from "../validation/shape.ts";
import { isJsonPrefix } from "./json-prefix.ts";

/**
 * The journal is text: a header line, then one transaction per line as `{"crc":"<8 hex digits>","seq":<n>,"changes":[…]}`. The checksum
 * (CRC-32) covers the bytes between its own comma and the newline. Empty lines are space reserved for later lines. Blanks and a carriage
 * return at the end of a line, from an editor or a conversion, belong to its newline.
 */
export const JOURNAL_VERSION = 1;
const FORMAT = "background-task-ex journal";

export interface JournalHeader {
  /** Changes whenever the file is replaced. */
  readonly id: string;
  /** Number of the last transaction contained in the snapshot lines; lines with greater numbers follow it. */
  readonly seq: number;
  /** How many snapshot lines there are; earlier versions did not count them. */
  readonly lines?: number;
}

export interface JournalLine extends Transaction {
  readonly seq: number;
}

/** `torn`: only the start of a line, and nothing behind it. `damaged`: anything else that is not what was written. */
export type DecodedLine = { readonly kind: "good"; readonly line: JournalLine } | { readonly kind: "torn" | "damaged" };

const CRC_START = '{"crc":"';
const CRC_END = '",';
/** Length of `{"crc":"xxxxxxxx",`. */
const PREFIX_LENGTH = CRC_START.length + 8 + CRC_END.length;
const TORN = { kind: "torn" } as const;
const DAMAGED = { kind: "damaged" } as const;

export function encodeHeader({ id, seq, lines }: JournalHeader): string {
  return encodeChecked({ format: FORMAT, version: JOURNAL_VERSION, id, seq, ...(lines !== undefined && { lines }) });
}

/**
 * `undefined` if the line is not a header, or a damaged one. A header without a checksum, as earlier versions wrote it, is accepted. Every
 * newer version has to keep the place and the meaning of the checksum: by it this one tells a newer header from a damaged one.
 *
 * @throws StoreError `newer-version`
 */
export function decodeHeader(text: string, path: string): JournalHeader | undefined {
  let header: Partial<Record<string, unknown>>;
  try {
    header = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (header?.format !== FORMAT || typeof header.version !== "number") return undefined;
  if (header.crc !== undefined && decodeChecked(Buffer.from(text.trimEnd())) === undefined) return undefined;
  // Every newer version writes a checksum, so this digit is another than was written.
  if (header.version > JOURNAL_VERSION && header.crc === undefined) return undefined;
  if (header.version > JOURNAL_VERSION) {
    throw new StoreError(
      "newer-version",
      `${path} was written by a newer version of Background Tasks (format ${header.version}; this version reads up to ${JOURNAL_VERSION}). ` +
        "Update Background Tasks to use these tasks; the file was not changed.",
    );
  }
  if (typeof header.id !== "string" || !isSequenceNumber(header.seq)) return undefined;
  return { id: header.id, seq: header.seq, ...(isSequenceNumber(header.lines) && { lines: header.lines }) };
}

/** Encodes one line, including its newline. Written out by hand because it runs in every transition. */
export function encodeLine(seq: number, { changes, request }: Transaction): string {
  const ending = request === undefined ? "}" : `,"request":${JSON.stringify(request)}}`;
  return withChecksum(`"seq":${seq},"changes":${JSON.stringify(changes)}${ending}`);
}

/** Refuses a line that is too long to be read again. @throws StoreError */
export function requireReadable(line: string): void {
  if (line.length <= MOST_LINE_BYTES / 3 || Buffer.byteLength(line) <= MOST_LINE_BYTES) return;
  throw new StoreError(
    "unusable",
    `A change is ${Math.ceil(Buffer.byteLength(line) / (1 << 20))} MiB long, more than the ${MOST_LINE_BYTES >> 20} MiB that the store takes. ` +
      `Keep large data in files, and only their paths in params. It begins with: ${line.slice(0, 120)}`,
  );
}

/** Encodes any object as a line with a checksum. */
export function encodeChecked(value: object): string {
  return withChecksum(JSON.stringify(value).slice(1));
}

function withChecksum(rest: string): string {
  return `${CRC_START}${hexOf(crc32(rest))}${CRC_END}${rest}\n`;
}

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Formats eight digits, looked up byte by byte: `toString(16)` takes several times as long as the checksum itself. */
function hexOf(crc: number): string {
  return `${HEX_OF_BYTE[crc >>> 24]}${HEX_OF_BYTE[(crc >>> 16) & 255]}${HEX_OF_BYTE[(crc >>> 8) & 255]}${HEX_OF_BYTE[crc & 255]}`;
}

/** `bytes` excludes the newline. */
export function decodeLine(bytes: Buffer): DecodedLine {
  const value = decodeChecked(bytes);
  if (value === undefined) return isTorn(bytes) ? TORN : DAMAGED;
  return isJournalLine(value) ? { kind: "good", line: value } : DAMAGED;
}

/** Returns the value of a line with a correct checksum, otherwise `undefined`, also if it is nested too deep. `line` excludes the newline. */
export function decodeChecked(line: Buffer): unknown {
  const bytes = withoutBlanksAtEnd(line);
  if (!isIntact(bytes)) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    // Shorter lines have no room for so many brackets.
    return bytes.length > 2 * MOST_LEVELS && isTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** True if a line, without newline and blanks at its end, has a correct checksum. */
function isIntact(bytes: Buffer): boolean {
  if (bytes.length <= PREFIX_LENGTH) return false;
  const prefix = bytes.toString("latin1", 0, PREFIX_LENGTH);
  if (!prefix.startsWith(CRC_START) || !prefix.endsWith(CRC_END)) return false;
  return hexOf(crc32(bytes.subarray(PREFIX_LENGTH))) === prefix.slice(CRC_START.length, -CRC_END.length);
}

/** True if a line was whole once but is not as it was written. `line` excludes the newline. */
export function isSpoiled(line: Buffer): boolean {
  return !isIntact(withoutBlanksAtEnd(line)) && !isTorn(line);
}

/** After a power cut a file may have its new length, with zeros in place of what was to be written. */
function isTorn(bytes: Buffer): boolean {
  let end = bytes.length;
  while (bytes[end - 1] === 0) end--;
  const written = bytes.subarray(0, end);
  return CRC_START.startsWith(written.toString("latin1", 0, CRC_START.length)) && isJsonPrefix(written);
}

const BLANKS: readonly (number | undefined)[] = [0x0d, 0x20, 0x09];

function withoutBlanksAtEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (BLANKS.includes(bytes[end - 1])) end--;
  return end === bytes.length ? bytes : bytes.subarray(0, end);
}

function isJournalLine(value: unknown): value is JournalLine {
  if (typeof value !== "object" || value === null) return false;
  const { seq, changes, request } = value as Partial<Record<keyof JournalLine, unknown>>;
  return isSequenceNumber(seq) && Array.isArray(changes) && (request === undefined || typeof request === "string");
}

/**
 * The lines of a part of the journal, without blank ones, each with where it starts. The bytes after the last newline count as a line
 * only when `last` is set.
 */
export function* linesOf(part: Buffer, last: boolean): Generator<{ readonly start: number; readonly bytes: Buffer }> {
  let start = 0;
  while (start < part.length) {
    if (part[start] === NEWLINE) {
      start++;
      continue;
    }
    const newline = part.indexOf(NEWLINE, start);
    if (newline < 0 && !last) return;
    const end = newline < 0 ? part.length : newline;
    const bytes = part.subarray(start, end);
    if (withoutBlanksAtEnd(bytes).length > 0) yield { start, bytes };
    start = end + 1;
  }
}
