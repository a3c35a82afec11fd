import type { QualityCode } from './signal.js';

/** A symbol that was looked at and not returned. */
export interface Rejection {
  readonly symbol: string;
  /** The rule that binds, in the order of the funnel. */
  readonly rule: string;
  readonly value: number | undefined;
  readonly threshold: number | undefined;
  /** The smallest change to one value that would admit it, and to what: the next stage or the signals. */
  readonly nearestMiss: string;
  /** The setting whose value alone would admit it past this rule, where one would. */
  readonly remedy: Remedy | undefined;
  readonly quality: readonly QualityCode[];
}

/** A change to one setting. */
export interface Remedy {
  readonly setting: string;
  readonly to: number;
}

/** One rule that a symbol failed: numbers only, so that a decision nobody reads costs no text. */
export interface Miss {
  readonly rule: string;
  /** What was measured; `undefined` where there was nothing to measure. */
  readonly value: number | undefined;
  readonly threshold: number | undefined;
  /** Where the value must lie. */
  readonly sense: 'at-least' | 'at-most';
  readonly remedy: Remedy | undefined;
  /** The change to a setting that would pass it, in words, where no number says it: `quotes with EUR`. */
  readonly change?: string | undefined;
  /** Says what was found where value and threshold do not say it all. */
  readonly detail?: (() => string) | undefined;
}

/** A setting that bounds one value of a symbol. */
export interface ThresholdRule {
  readonly rule: string;
  /** The setting that holds the threshold. */
  readonly setting: string;
  readonly value: number;
  readonly threshold: number;
  readonly sense: 'at-least' | 'at-most';
}

/**
 * Holds a value against the setting that bounds it; `undefined` when it passes.
 *
 * The remedy is exact: the setting moved to the value itself admits the symbol past this rule, and the next number short of
 * it does not.
 */
export function thresholdMiss(check: ThresholdRule): Miss | undefined {
  const { rule, setting, value, threshold, sense } = check;
  const passes = sense === 'at-least' ? value >= threshold : value <= threshold;
  if (passes) return undefined;
  const remedy = Number.isFinite(value) ? { setting, to: value } : undefined;
  return { rule, value, threshold, sense, remedy };
}

/** What {@link rejectionFor} needs to know. */
export interface RejectionInput {
  readonly symbol: string;
  /** Every rule of this stage that the symbol is known to fail, in the order of the funnel; at least one. */
  readonly misses: readonly [Miss, ...Miss[]];
  /** Where the symbol goes once no rule of this stage holds it back. */
  readonly admitsTo: string;
  /** Whether every later rule of this stage was held against the symbol too. @defaultValue true */
  readonly allRulesKnown?: boolean | undefined;
  readonly quality?: readonly QualityCode[] | undefined;
}

/**
 * The rejection of a symbol by the first rule it failed, with the smallest single change that would admit it.
 *
 * @example
 * ```ts
 * import { rejectionFor, thresholdMiss } from 'enhanced-market-scanner';
 *
 * const miss = thresholdMiss({
 *   rule: 'min-volume', setting: 'minQuoteVolume24h', value: 8e5, threshold: 1e6, sense: 'at-least',
 * });
 * if (miss) console.log(rejectionFor({ symbol: 'A/USDT', misses: [miss], admitsTo: 'the analysis' }).nearestMiss);
 * // minQuoteVolume24h of 800000 or less would admit it to the analysis
 * ```
 */
export function rejectionFor(input: RejectionInput): Rejection {
  const [miss] = input.misses;
  return {
    symbol: input.symbol,
    rule: miss.rule,
    value: finite(miss.value),
    threshold: finite(miss.threshold),
    nearestMiss: nearestMiss(input),
    remedy: miss.remedy,
    quality: input.quality ?? [],
  };
}

function nearestMiss({ misses, admitsTo, allRulesKnown = true }: RejectionInput): string {
  const [miss, ...others] = misses;
  const found = miss.detail === undefined ? '' : `${miss.detail()}; `;
  const remedy = miss.change ?? inNumbers(miss);
  if (remedy === undefined) return `${found}no setting would admit it`;
  const change = `${found}${remedy}`;
  if (others.length > 0) {
    return `${change} would admit it past ${miss.rule}, then ${others.map(inWords).join(' and ')}`;
  }
  return allRulesKnown
    ? `${change} would admit it to ${admitsTo}`
    : `${change} would admit it past ${miss.rule}; what follows was not examined`;
}

function inNumbers({ remedy, sense }: Miss): string | undefined {
  if (remedy === undefined) return undefined;
  return `${remedy.setting} of ${remedy.to} or ${sense === 'at-least' ? 'less' : 'more'}`;
}

function inWords({ rule, value, threshold, sense }: Miss): string {
  if (value === undefined || threshold === undefined) return `${rule} would still reject it`;
  const bound = sense === 'at-least' ? 'at least' : 'at most';
  return `${rule} would still reject it (${value}, ${bound} ${threshold})`;
}

// A report is JSON, which knows no NaN and no infinity.
function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
