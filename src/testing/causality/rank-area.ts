/** How well numbers tell rises from falls, and how far chance alone would put that from a half. */
export interface RankArea {
  /** Chance that a rise had the larger number than a fall: 0.5 tells nothing. */
  readonly area: number;
  /** Standard error where nothing is told. */
  readonly error: number;
}

/** Area under the curve by ranks (Mann and Whitney 1947), equal numbers at their mean rank; `undefined` without both kinds. */
export function rankArea(
  pairs: readonly (readonly [number: number, isRise: boolean])[],
): RankArea | undefined {
  const sorted = pairs.toSorted(([a], [b]) => a - b);
  let rises = 0;
  let rankSum = 0;
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    let risesHere = 0;
    while (end < sorted.length && sorted[end][0] === sorted[i][0]) {
      if (sorted[end++][1]) risesHere++;
    }
    rises += risesHere;
    rankSum += (risesHere * (i + 1 + end)) / 2;
    i = end;
  }
  const falls = sorted.length - rises;
  if (rises === 0 || falls === 0) return undefined;
  return {
    area: (rankSum - (rises * (rises + 1)) / 2) / (rises * falls),
    error: Math.sqrt((sorted.length + 1) / (12 * rises * falls)),
  };
}
