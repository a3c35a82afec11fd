import type { ScoreChange } from '../scanner/score-changes.js';
import { signedText } from './quantity.js';

const MICRO = 1e6;

/** What moved each score and rank, a line per symbol and a line per part. */
export function scoreChangeLines(changes: readonly ScoreChange[]): readonly string[] {
  if (changes.length === 0) return ['no score and no rank changed'];
  return changes.flatMap((change) => [
    `${change.symbol} ${rankText(change)}, score ${pointsText(change.microPoints)}`,
    ...change.parts.map(({ id, microPoints }) => `  ${pointsText(microPoints)} ${id}`),
  ]);
}

function rankText({ rankBefore, rankAfter }: ScoreChange): string {
  if (rankBefore === undefined) return `came in at rank ${rankAfter}`;
  if (rankAfter === undefined) return `left from rank ${rankBefore}`;
  return rankBefore === rankAfter
    ? `stays at rank ${rankAfter}`
    : `rank ${rankBefore} to ${rankAfter}`;
}

function pointsText(microPoints: number): string {
  return signedText(microPoints / MICRO, 6);
}
