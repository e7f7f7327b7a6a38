import { BundlePositions, type BundlePositionsOptions } from "./bundle-positions.ts";

/**
 * Replaces each position in a bundle (`file:///…/cache/<hash>/x.mjs:3:14`) that a text names by the place in the user's source that it
 * stands for. For stack traces, and for whatever user code prints.
 */
export function mapPositions(text: string, positions: BundlePositions): string {
  if (!positions.prefixes.some((prefix) => text.includes(prefix))) return text;
  return text.replace(patternOf(positions), (whole, location: string, line: string, column: string | undefined) => {
    const source = positions.source(location, Number(line), Number(column ?? 1));
    if (!source) return whole;
    return column === undefined ? `${source.file}:${source.line}` : `${source.file}:${source.line}:${source.column}`;
  });
}

/** `mapPositions` for the bundles of one workspace. */
export function createStackTextMapper(options: BundlePositionsOptions): (text: string) => string {
  const positions = new BundlePositions(options);
  return (text) => mapPositions(text, positions);
}

const patterns = new WeakMap<BundlePositions, RegExp>();

function patternOf(positions: BundlePositions): RegExp {
  let pattern = patterns.get(positions);
  if (!pattern) {
    const beginning = positions.prefixes.map((prefix) => prefix.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
    // What follows the directory has no character that would need quoting: see `moduleName`.
    pattern = new RegExp(`((?:${beginning})[\\w./\\\\-]+?\\.mjs):(\\d+)(?::(\\d+))?`, "g");
    patterns.set(positions, pattern);
  }
  return pattern;
}
