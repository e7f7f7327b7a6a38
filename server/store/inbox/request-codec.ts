import type { TaskRequest } from "../contract/transaction.ts";
import { decodeChecked, encodeChecked } from "../journal/journal-codec.ts";
import { isTooDeep } from "../validation/depth.ts";
import { request as shapeOfRequest } from "../validation/request-check.ts";
import { isObject, problemOf } from "../validation/shape.ts";

/**
 * Two kinds of files hold requests. `<order>-<uuid>.json` is written once and holds requests submitted at the same moment.
 * `<order>-<uuid>.<machine>.jsonl` is a segment: the process that made it appends a line for each request, and the holder of the mutex
 * appends a seal before it removes the file. Every line has a checksum, as in the journal.
 */
const FILE_END = ".json";
const SEGMENT_END = ".jsonl";

/**
 * Where a request stands among all: by time, then by count. Within a process each submission has a greater one than those before, even if
 * the clock is set back; between processes the milliseconds of the system clock decide.
 */
export interface RequestOrder {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly count: number;
}

export interface SubmittedRequest {
  readonly order: RequestOrder;
  readonly request: TaskRequest;
}

let last: RequestOrder = { time: 0, count: 0 };

export function nextOrder(): RequestOrder {
  const now = Date.now();
  last = now > last.time ? { time: now, count: 1 } : { time: last.time, count: last.count + 1 };
  return last;
}

export function compareOrders(a: RequestOrder, b: RequestOrder): number {
  return a.time - b.time || a.count - b.count;
}

/** Names sort as the orders in them. */
export function fileName(order: RequestOrder, uuid: string): string {
  return `${nameStart(order)}-${uuid}${FILE_END}`;
}

export function segmentName(order: RequestOrder, uuid: string, machine: string): string {
  return `${nameStart(order)}-${uuid}.${machine}${SEGMENT_END}`;
}

function nameStart({ time, count }: RequestOrder): string {
  return `${String(time).padStart(15, "0")}-${String(count).padStart(8, "0")}`;
}

export function holdsRequests(name: string): boolean {
  return name.endsWith(FILE_END) || name.endsWith(SEGMENT_END);
}

export function isSegment(name: string): boolean {
  return name.endsWith(SEGMENT_END);
}

/** The machine whose process made the segment. */
export function machineOf(segment: string): string | undefined {
  return segment.split(".").at(-2);
}

/** Of the first request in the file. */
export function orderInName(name: string): RequestOrder {
  const [time, count] = name.split("-", 2).map(Number);
  return Number.isSafeInteger(time) && Number.isSafeInteger(count)
    ? { time: time as number, count: count as number }
    : { time: 0, count: 0 };
}

export function encodeFile(requests: readonly TaskRequest[]): string {
  return encodeChecked({ version: 1, requests });
}

/** `undefined` if it is damaged or of an unknown format. Earlier versions wrote files without a checksum. */
export function decodeFile(bytes: Buffer): readonly TaskRequest[] | undefined {
  const value = decodeChecked(withoutNewline(bytes)) ?? parseUnchecked(bytes);
  if (!isObject(value) || value.version !== 1 || !Array.isArray(value.requests)) return undefined;
  return value.requests.every(isRequest) ? value.requests : undefined;
}

export function encodeSegmentLine({ order, request }: SubmittedRequest): string {
  return encodeChecked({ time: order.time, count: order.count, request });
}

/** Ends a torn line, if there is one, and the segment: what follows was not accepted. */
export function encodeSeal(): string {
  return `\n${encodeChecked({ sealed: true })}`;
}

export type SegmentLine = SubmittedRequest | "seal" | "damaged";

/** `bytes` excludes the newline. */
export function decodeSegmentLine(bytes: Buffer): SegmentLine {
  const value = decodeChecked(bytes);
  if (!isObject(value)) return "damaged";
  if (value.sealed === true) return "seal";
  const { time, count, request } = value;
  if (!Number.isSafeInteger(time) || !Number.isSafeInteger(count) || !isRequest(request)) return "damaged";
  return { order: { time: time as number, count: count as number }, request };
}

function parseUnchecked(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return isObject(value) && value.crc === undefined ? value : undefined;
  } catch {
    return undefined;
  }
}

function withoutNewline(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes;
}

function isRequest(value: unknown): value is TaskRequest {
  return !isTooDeep(value) && problemOf(shapeOfRequest, value) === undefined;
}
