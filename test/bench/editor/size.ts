import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { Result } from "../result.ts";
import { megabytes } from "./in-result.ts";

/** Of what people download. */
export async function size(): Promise<Result[]> {
  const vsix = statSync(process.env.BENCH_VSIX ?? "").size;
  const name = `@esbuild/${process.platform}-${process.arch}`;
  const binary = gzipSync(readFileSync(resolve("node_modules", name, process.platform === "win32" ? "esbuild.exe" : "bin/esbuild"))).length;
  return [{ what: "packed extension", comparedTo: "esbuild's binary in it, compressed", ...megabytes(vsix, binary) }];
}
