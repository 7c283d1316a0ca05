/** `; did you mean X?`, if one of the candidates is near. */
export function suggestion(word: string, candidates: readonly string[], prefix = ''): string {
  const near = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((a, b) => a.distance - b.distance)[0];
  // Of two letters both may be changed, and then nothing is left of them.
  if (!near || near.distance > Math.max(2, word.length / 4) || near.distance >= word.length) return '';
  return `; did you mean ${prefix}${near.candidate}?`;
}

/** How many letters must be added, taken away or changed. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [place, letter] of [...from].entries()) {
    const next = [place + 1];
    for (let index = 0; index < to.length; index++) {
      next.push(Math.min(row[index]! + (letter === to[index] ? 0 : 1), row[index + 1]! + 1, next[index]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
