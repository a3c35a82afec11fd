import { logistic, logit } from '../../forecast/platt.js';
import { brierScore, brierSkill } from '../../forecast/probability-score.js';
import { type ReliabilityBin, reliabilityTable } from '../../forecast/reliability.js';
import { type DayMean, dayMean } from './day-mean.js';
import { type Drift, driftOf } from './drift-alarm.js';
import { type Graded, gradedSignals, openSignals } from './graded.js';
import type { JournalEntry } from './journal-entry.js';

/** What a scanner's own signals have been worth so far. Absent numbers are those that so few signals cannot give. */
export interface TrackRecord {
  /** Signals whose outcome is known, and those still open. */
  readonly graded: number;
  readonly open: number;
  readonly hitRate: number | undefined;
  /** Mean chance of the target that was forecast, and that no skill would give. */
  readonly meanChance: number | undefined;
  readonly meanNoSkill: number | undefined;
  /** Share with a return above 0 after costs. */
  readonly winRate: number | undefined;
  readonly netBps: number | undefined;
  /** Brier score of the forecasts, and of the no-skill chances of the same signals. */
  readonly brier: number | undefined;
  readonly noSkillBrier: number | undefined;
  readonly skill: number | undefined;
  /** What the forecasts lose against no skill, of the newest signals: above 0 is worse. */
  readonly loss: DayMean | undefined;
  /** Whether there are enough signals and days of them to judge by: 50 on 10 days. */
  readonly isEnough: boolean;
  /** Whether that is worse by two standard errors, so that signals are better off with the no-skill rate. */
  readonly fallsBack: boolean;
  readonly drift: Drift;
  readonly reliability: readonly ReliabilityBin[];
  readonly ai: AiRecord;
}

/** What a second opinion has been worth. */
export interface AiRecord {
  /** Graded signals on which one was heard. */
  readonly heard: number;
  /** What it would have gained in Brier score, had it moved the chance. */
  readonly gain: DayMean | undefined;
  /** Share of its bounds that it may use, 0 to 1: all of them once a gain is proven, ever less while none is. */
  readonly weight: number;
}

/** Older signals no longer decide whether today's are trusted. */
const NEWEST = 500;

/** Fewer graded signals, or fewer days of them, decide nothing. */
const LEAST_GRADED = 50;
const LEAST_DAYS = 10;
const STANDARD_ERRORS = 2;

/** Log odds that a full opinion is worth, and the most it may move a chance. */
const AI_LOG_ODDS = 0.1;
const MOST_AI_MOVE = 0.02;

/** After so many signals without proof an opinion has half its say left. */
const AI_HALF_LIFE = 100;

const BINS = 10;
const LEAST_IN_BIN = 10;
const BPS = 1e4;

/** Sums a journal up. */
export function trackRecord(entries: readonly JournalEntry[]): TrackRecord {
  const graded = gradedSignals(entries);
  const count = graded.length;
  const hits = Uint8Array.from(graded, ({ isHit }) => (isHit ? 1 : 0));
  const chances = Float64Array.from(graded, ({ signal }) => signal.p);
  const known = <Value>(value: Value): Value | undefined => (count === 0 ? undefined : value);
  const mean = (of: (one: Graded) => number): number | undefined =>
    known(graded.reduce((sum, one) => sum + of(one), 0) / count);
  const brier = brierScore(chances, hits);
  const noSkillBrier = brierScore(
    Float64Array.from(graded, ({ signal }) => signal.noSkill),
    hits,
  );
  const newest = graded.slice(-NEWEST);
  const loss = meanOf(newest, ({ signal, isHit }) => {
    return squaredMiss(signal.p, isHit) - squaredMiss(signal.noSkill, isHit);
  });
  return {
    graded: count,
    open: openSignals(entries).length,
    hitRate: mean(({ isHit }) => (isHit ? 1 : 0)),
    meanChance: mean(({ signal }) => signal.p),
    meanNoSkill: mean(({ signal }) => signal.noSkill),
    winRate: mean(({ outcome }) => (outcome.netReturn > 0 ? 1 : 0)),
    netBps: mean(({ outcome }) => BPS * outcome.netReturn),
    brier: known(brier),
    noSkillBrier: known(noSkillBrier),
    skill: known(brierSkill(brier, noSkillBrier)),
    loss,
    isEnough: isEnough(loss, newest.length),
    fallsBack: isProven(loss, newest.length),
    drift: driftOf(newest),
    reliability: reliabilityTable(chances, hits, binsFor(count)),
    ai: aiRecord(graded),
  };
}

/** A chance as a second opinion would have it: moved in log odds, and never far. */
export function withOpinion(p: number, support: number): number {
  const moved = logistic(logit(p) + AI_LOG_ODDS * support);
  return Math.min(p + MOST_AI_MOVE, Math.max(p - MOST_AI_MOVE, moved));
}

function aiRecord(graded: readonly Graded[]): AiRecord {
  const heard = graded.filter(({ signal }) => signal.ai !== undefined);
  const gain = meanOf(heard.slice(-NEWEST), ({ signal, isHit }) => {
    const { p, ai = 0 } = signal;
    return squaredMiss(p, isHit) - squaredMiss(withOpinion(p, ai), isHit);
  });
  const weight = isProven(gain, heard.length) ? 1 : 2 ** (-heard.length / AI_HALF_LIFE);
  return { heard: heard.length, gain, weight };
}

/** A row of fewer signals would say more of luck than of chances. */
function binsFor(count: number): number {
  return Math.max(1, Math.min(BINS, Math.floor(count / LEAST_IN_BIN)));
}

/** Whether a mean is above 0 by two standard errors, on enough signals and days to say so. */
function isProven(found: DayMean | undefined, count: number): boolean {
  if (found === undefined || !isEnough(found, count)) return false;
  return found.mean > STANDARD_ERRORS * found.error;
}

function isEnough(found: DayMean | undefined, count: number): boolean {
  return found !== undefined && count >= LEAST_GRADED && found.days >= LEAST_DAYS;
}

function meanOf(graded: readonly Graded[], of: (one: Graded) => number): DayMean | undefined {
  return dayMean(graded.map((one) => ({ time: one.signal.time, value: of(one) })));
}

function squaredMiss(p: number, isHit: boolean): number {
  return (p - (isHit ? 1 : 0)) ** 2;
}
