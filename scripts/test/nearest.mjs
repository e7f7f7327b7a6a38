/** The candidates that a mistyped name is likely to mean, at most three, best first. What is typed may lack the folders of a path. */
export function nearest(name, candidates) {
  const tolerance = Math.max(2, Math.floor(name.length / 3));
  return candidates
    .map((candidate) => ({ candidate, distance: distanceTo(name, candidate) }))
    .filter(({ distance }) => distance <= tolerance)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function distanceTo(name, candidate) {
  const file = candidate.slice(candidate.lastIndexOf("/") + 1);
  return Math.min(editDistance(name, candidate), editDistance(name, file), file.startsWith(name) ? 1 : Number.POSITIVE_INFINITY);
}

/** Levenshtein's: how many characters have to be inserted, removed or replaced. */
function editDistance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, character] of [...a].entries()) {
    const next = [index + 1];
    for (let j = 0; j < b.length; j++) next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (character === b[j] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
