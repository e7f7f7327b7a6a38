import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Calls back with each complete line of UTF-8 text, without its line ending. */
export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let parts: string[] = [];
  stream.on("data", (chunk: Buffer) => {
    const [first = "", ...more] = decoder.write(chunk).split("\n");
    parts.push(first);
    for (const next of more) {
      onLine(parts.join(""));
      parts = [next];
    }
  });
}
