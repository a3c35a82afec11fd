import type { TimeframeReadings } from '../analysis/timeframe-reader.js';
import type { ModelCard } from '../forecast/model-card.js';
import type { Timeframe } from '../market/timeframe.js';
import { type Composite, composite, directionOf } from './composite.js';
import type { Continuity } from './continuity.js';
import { type DataQuality, dataQuality } from './data-quality.js';
import type { Factor } from './factor.js';
import { baseMicroPoints, scoreOf } from './ledger.js';
import { isWorthwhile, type Outlook, outlookOf } from './outlook.js';
import { type Penalty, penalties } from './penalties.js';
import type { ScoringSettings } from './settings.js';
import type { Direction, QualityCode, TradePlan } from './signal.js';
import { structureLevels } from './structure-levels.js';
import { type Touch, touchOf, touchSpreadBps } from './touch.js';
import { tradePlan } from './trade-plan.js';
import { evaluateFactors, factorInput, type PartialSnapshot, type Voice } from './voices.js';

/** What one symbol is scored from. */
export interface ScoringInput {
  /** What is known of the symbol. A plan needs the readings of the plan timeframe, whatever the factors need. */
  readonly snapshot: PartialSnapshot;
  /** The moment the signal speaks of: the close of the newest candle used, epoch milliseconds. */
  readonly timestamp: number;
  /** The timeframes that were asked for, shortest first. */
  readonly timeframes: readonly Timeframe[];
  readonly factors: readonly Factor[];
  readonly settings: ScoringSettings;
  /** The forecast's fitted numbers. @defaultValue the shipped card */
  readonly modelCard?: ModelCard | undefined;
  /** What was found wrong or missing where the data was fetched. */
  readonly quality?: readonly QualityCode[] | undefined;
  /** How whole the candles are, where that was counted as they arrived; what is not in it is counted from the candles. */
  readonly continuity?: ReadonlyMap<Timeframe, Continuity> | undefined;
}

/**
 * The numbers behind one decision. They cost no text: a back-test takes thousands of decisions nobody reads, and sentences
 * are written only for what ends in a report.
 */
export class Judgement {
  readonly quality: DataQuality;
  readonly voices: readonly Voice[];
  readonly composite: Composite;
  readonly direction: Direction;
  readonly touch: Touch | undefined;
  /** Logarithm of ask over bid, in basis points. */
  readonly spreadBps: number | undefined;
  readonly penalties: readonly Penalty[];
  /** 0 to 1, before any AI adjustment. */
  readonly score: number;
  /** Indicators of the plan timeframe. */
  readonly readings: TimeframeReadings | undefined;
  /** The newest traded price. */
  readonly last: number;
  #plan: TradePlan | undefined;
  #outlook: Outlook | string | undefined;
  #isPlanned = false;

  constructor(readonly input: ScoringInput) {
    const { snapshot, factors, timeframes, settings } = input;
    const { planTimeframe } = settings;
    const asked = factorInput(snapshot, timeframes, planTimeframe);
    this.quality = dataQuality(asked, factors, input.quality, input.continuity);
    this.voices = evaluateFactors(factors, asked);
    this.composite = composite(this.voices);
    this.direction = directionOf(this.composite.bias);
    this.touch = touchOf(snapshot);
    this.spreadBps = this.touch && touchSpreadBps(this.touch);
    this.penalties = penalties(this.spreadBps, this.quality.codes);
    this.score = scoreOf(baseMicroPoints(this.composite.bias, this.penalties));
    this.readings = snapshot.readings?.get(planTimeframe);
    this.last = snapshot.ticker.last;
  }

  /** The trade this market would be, worked out on first use; `undefined` without a direction, a range or a fine enough tick. */
  get plan(): TradePlan | undefined {
    if (!this.#isPlanned) {
      const { settings } = this.input;
      const plan = this.planWith(settings);
      this.#outlook = this.#outlookOf(plan);
      this.#plan = isWorthwhile(this.#outlook)
        ? this.planWith(settings, this.#outlook.decidedChance)
        : plan;
      this.#isPlanned = true;
    }
    return this.#plan;
  }

  /** What the plan can be expected to bring, or why nobody can say. */
  get outlook(): Outlook | string {
    return this.plan === undefined ? 'there is no plan' : (this.#outlook ?? 'there is no plan');
  }

  #outlookOf(plan: TradePlan | undefined): Outlook | string {
    const { snapshot, settings, modelCard } = this.input;
    if (plan === undefined || this.direction === 'neutral') return 'there is no plan';
    return outlookOf({
      direction: this.direction,
      plan,
      volatility: snapshot.volatility,
      readings: snapshot.readings,
      time: snapshot.time,
      horizonMs: settings.horizonMs,
      card: modelCard,
      trustDirection: settings.trustDirection,
    });
  }

  /**
   * The trade it would be under other settings of size and distance.
   *
   * @param probability - Caps the size by Kelly; only an edge is worth a cap, for without one Kelly's fraction is 0.
   */
  planWith(settings: ScoringSettings, probability?: number): TradePlan | undefined {
    const { direction, readings, last, touch } = this;
    const { snapshot } = this.input;
    if (direction === 'neutral' || readings === undefined || Number.isNaN(readings.atr)) {
      return undefined;
    }
    return tradePlan({
      direction,
      market: snapshot.market,
      last,
      touch,
      orderBook: snapshot.orderBook,
      atr: readings.atr,
      structure: structureLevels(snapshot, settings.planTimeframe),
      settings,
      probability,
    });
  }
}
