import { closest, distance } from "fastest-levenshtein";

/** Returns ` Did you mean X?` if a name is close enough to be a typo, otherwise an empty string. */
export function didYouMean(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? "" : ` Did you mean ${nearest}?`;
}

/** Returns the nearest of the names if the name is close enough to be a typo. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const folded = new Map(names.map((candidate) => [candidate.toLowerCase(), candidate]));
  if (folded.size === 0) return undefined;
  const nearest = closest(name.toLowerCase(), [...folded.keys()]);
  const isClose = distance(name.toLowerCase(), nearest) <= Math.max(2, Math.floor(name.length / 3));
  return isClose ? folded.get(nearest) : undefined;
}
