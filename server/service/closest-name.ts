import { closest, distance } from "fastest-levenshtein";

/** Returns ` Did you mean X?` if a name is close enough to be a typo, otherwise an empty string. */
export function didYouMean(name: string, names: readonly string[]): string {
  const folded = new Map(names.map((candidate) => [candidate.toLowerCase(), candidate]));
  if (folded.size === 0) return "";
  const nearest = closest(name.toLowerCase(), [...folded.keys()]);
  const isClose = distance(name.toLowerCase(), nearest) <= Math.max(2, Math.floor(name.length / 3));
  return isClose ? ` Did you mean ${folded.get(nearest)}?` : "";
}
