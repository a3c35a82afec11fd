import type { CandleSeries } from '../../market/candle-series.js';
import { type Timeframe, timeframeMs } from '../../market/timeframe.js';
import type { ScannerConfig } from '../../scanner/config.js';
import type { Factor } from '../../scoring/factor.js';
import { rankArea } from './rank-area.js';
import { simulatedMarket } from './simulated-market.js';
import { type Answer, Subject } from './subject.js';
import { otherFuture, pastAlone } from './worlds.js';

/** What the proofs are carried out with. */
export interface Trial {
  readonly subject: Subject;
  readonly config: ScannerConfig;
  /** Five-minute candles that the factor is asked about. */
  readonly candles: CandleSeries;
  /** Indices of the candles that come next at the moments of the questions, rising. */
  readonly cuts: readonly number[];
  readonly seed: number;
  /** Largest change of a bias when the windows are four times as long. */
  readonly warmUpTolerance: number;
}

/** One proof: what must hold, and a sentence on what does not; `undefined` when it holds. */
export interface Proof {
  readonly rule: string;
  /** Whether it is carried out before the others, wherever it stands among them. */
  readonly isFirst?: true;
  refute(trial: Trial): string | undefined;
}

const CANDLE_MS = 300_000;

/** Enough to tell an edge of one part in a hundred, and a planted one of six. */
const CHANCE_DAYS = 20;
const PLANTED_DAYS = 8;

/** How long after a decision the price is compared: one candle, an hour and four hours. */
const AHEAD = [1, 12, 48] as const;

/** Distances from a half that chance does not reach: in area, and in standard errors. */
const LEAST_AREA = 0.01;
const ERRORS = 4;

const LOOKS_BACK: Factor<'candles'> = {
  id: 'last-candle',
  needs: ['candles'],
  weight: 1,
  evaluate({ candles }) {
    const newest = candles.get('5m')?.at(-1);
    if (newest === undefined) return undefined;
    return {
      bias: Math.tanh(300 * Math.log(newest.close / newest.open)),
      confidence: 1,
      reason: 'the newest candle goes on',
    };
  },
};

/** The six proofs, in the order of their names in the literature of this library. */
export const PROOFS: readonly Proof[] = [
  {
    rule: 'what is said at a moment is the same whether or not there is a future, and in whatever order it is asked',
    refute({ subject, candles, cuts }) {
      const whole = subject.on(candles);
      const first = cuts.map((cut) => whole(momentAt(candles, cut)));
      for (let k = cuts.length - 1; k >= 0; k--) {
        const moment = momentAt(candles, cuts[k]);
        const alone = subject.on(pastAlone(candles, cuts[k]))(moment);
        const told =
          difference(moment, first[k], alone) ?? difference(moment, first[k], whole(moment));
        if (told !== undefined) return told;
      }
      return undefined;
    },
  },
  {
    rule: 'another future changes nothing that was said before it',
    refute({ subject, candles, cuts }) {
      const whole = subject.on(candles);
      for (const [k, cut] of cuts.entries()) {
        const changed = subject.on(otherFuture(candles, cut));
        for (const earlier of cuts.slice(Math.max(0, k - 1), k + 1)) {
          const moment = momentAt(candles, earlier);
          const told = difference(moment, whole(moment), changed(moment));
          if (told !== undefined) return told;
        }
      }
      return undefined;
    },
  },
  {
    rule: 'windows four times as long change no opinion',
    refute({ subject, candles, cuts, config, warmUpTolerance }) {
      const longer = { ...config, candleLimit: 4 * config.candleLimit };
      const usual = subject.on(candles);
      const patient = subject.on(candles, longer);
      for (const cut of cuts.slice(-Math.ceil(cuts.length / 4))) {
        const moment = momentAt(candles, cut);
        const [a, b] = [usual(moment), patient(moment)];
        const change = Math.abs((a?.bias ?? 0) - (b?.bias ?? 0));
        if (change > warmUpTolerance) {
          return `at ${nameOf(moment)} the bias was ${a?.bias}, and ${b?.bias} on longer windows`;
        }
      }
      return undefined;
    },
  },
  {
    rule: 'nothing is known of a market that is chance alone',
    // A factor that keeps the first series it sees says the same in every world that is compared later: it must first meet one
    // in which knowing the future shows.
    isFirst: true,
    refute({ subject, candles, seed }) {
      // Far from the prices of the others, so that extremes which are kept are not those of all worlds alike.
      const price = 1000 * candles.close[0];
      return foresight(subject, simulatedMarket({ days: CHANCE_DAYS, seed, price }));
    },
  },
  {
    rule: 'an edge that was planted is found by the same measure',
    refute({ config, seed }) {
      const planted = simulatedMarket({ days: PLANTED_DAYS, seed, momentum: 0.2 });
      const found = foresight(new Subject(() => LOOKS_BACK, config), planted);
      return found === undefined ? 'the last candle said nothing of the next' : undefined;
    },
  },
  {
    rule: 'a peek at what comes next would be seen',
    refute({ subject, candles, cuts, config }) {
      const peek = Math.max(
        ...config.timeframes.map((timeframe: Timeframe) => timeframeMs(timeframe)),
      );
      const whole = subject.on(candles);
      const isSeen = cuts.some((cut) => {
        const moment = momentAt(candles, cut);
        const alone = subject.on(pastAlone(candles, cut));
        return difference(moment, whole(moment + peek), alone(moment + peek)) !== undefined;
      });
      return isSeen ? undefined : 'the factor says the same whatever comes, so nothing is proven';
    },
  },
];

/** The moment at which the candle of an index begins: all before it are closed. */
function momentAt(candles: CandleSeries, index: number): number {
  return candles.time[index - 1] + CANDLE_MS;
}

function difference(moment: number, a: Answer, b: Answer): string | undefined {
  const isSame =
    Object.is(a?.bias, b?.bias) &&
    Object.is(a?.confidence, b?.confidence) &&
    Object.is(a?.coverage, b?.coverage);
  return isSame ? undefined : `at ${nameOf(moment)} it said ${spelt(a)}, and ${spelt(b)}`;
}

function spelt(answer: Answer): string {
  return answer === undefined
    ? 'nothing'
    : `bias ${answer.bias} with confidence ${answer.confidence}`;
}

function nameOf(moment: number): string {
  return new Date(moment).toISOString();
}

/** What a factor tells of the future of a market; `undefined` where it tells nothing. */
function foresight(subject: Subject, candles: CandleSeries): string | undefined {
  const answer = subject.along(candles);
  const said = Array.from(candles.time, (time) => answer(time + CANDLE_MS)?.bias);
  for (const ahead of AHEAD) {
    const pairs: (readonly [number, boolean])[] = [];
    for (let i = 0; i + ahead < said.length; i += ahead) {
      const bias = said[i];
      const later = candles.close[i + ahead];
      if (bias !== undefined && later !== candles.close[i]) {
        pairs.push([bias, later > candles.close[i]]);
      }
    }
    const told = rankArea(pairs);
    const far = told && Math.max(LEAST_AREA, ERRORS * told.error);
    if (told && far && Math.abs(told.area - 0.5) > far) {
      return `it tells rises from falls ${ahead} candles ahead with an area of ${told.area.toFixed(3)}`;
    }
  }
  return undefined;
}
