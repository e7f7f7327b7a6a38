import { BundlePositions, type BundlePositionsOptions } from "./bundle-positions.ts";

/**
 * Replaces each position in a bundle (`file:///…/cache/<hash>/x.mjs:3:14`) in a text with the corresponding position in the user's source.
 * For stack traces and all output of user code.
 */
export function mapPositions(text: string, positions: BundlePositions): string {
  if (!positions.prefixes.some((prefix) => text.includes(prefix))) return text;
  return text.replace(patternOf(positions), (whole, location: string, line: string, column: string | undefined) => {
    const source = positions.source(location, Number(line), Number(column ?? 1));
    if (!source) return whole;
    return column === undefined ? `${source.file}:${source.line}` : `${source.file}:${source.line}:${source.column}`;
  });
}

/** Returns `mapPositions` for the bundles of one workspace. */
export function createStackTextMapper(options: BundlePositionsOptions): (text: string) => string {
  const positions = new BundlePositions(options);
  return (text) => mapPositions(text, positions);
}

const patterns = new WeakMap<BundlePositions, RegExp>();

function patternOf(positions: BundlePositions): RegExp {
  let pattern = patterns.get(positions);
  if (!pattern) {
    const beginning = positions.prefixes.map((prefix) => prefix.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
    // The part after the directory has no characters that need quoting: see `moduleName`.
    pattern = new RegExp(`((?:${beginning})[\\w./\\\\-]+?\\.mjs):(\\d+)(?::(\\d+))?`, "g");
    patterns.set(positions, pattern);
  }
  return pattern;
}
