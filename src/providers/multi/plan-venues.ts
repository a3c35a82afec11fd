import type { DataProvider } from '../../ports/data-provider.js';
import type { PlannedPass, PlannedQuestion, PlannedRequests } from '../../ports/request-plan.js';

/** One of several venues, and how large a part of the symbols is its own. */
export interface PlannedVenue {
  readonly venue: DataProvider;
  /** How many markets it listed; with 0 at every venue all have as many. */
  readonly markets: number;
}

/** Which method answers a question. */
const METHODS: Readonly<Record<PlannedQuestion['kind'], keyof DataProvider>> = {
  time: 'fetchTime',
  markets: 'fetchMarkets',
  tickers: 'fetchTickers',
  candles: 'fetchCandles',
  orderBook: 'fetchOrderBook',
  trades: 'fetchTrades',
};
/** What every venue is asked; the other questions are about one symbol, of one venue. */
const EVERYWHERE: ReadonlySet<PlannedQuestion['kind']> = new Set(['time', 'markets', 'tickers']);

/** The requests of all venues: what concerns one symbol is divided among them as the markets they listed are. */
export function planVenues(
  venues: readonly PlannedVenue[],
  questions: readonly PlannedQuestion[],
  pass: PlannedPass,
): readonly PlannedRequests[] {
  const listed = venues.reduce((sum, { markets }) => sum + markets, 0);
  const weightOf = ({ markets }: PlannedVenue): number => (listed === 0 ? 1 : markets);
  const whole = listed === 0 ? venues.length : listed;
  let before = 0;
  return venues.flatMap((planned) => {
    const { venue } = planned;
    const from = before / whole;
    before += weightOf(planned);
    const until = before / whole;
    const its = questions
      .filter(({ kind }) => venue[METHODS[kind]] !== undefined)
      .map((question) => {
        const { kind, times } = question;
        if (EVERYWHERE.has(kind)) return question;
        // Rounded at the borders between venues, so that the parts add up to the whole.
        return { ...question, times: Math.round(times * until) - Math.round(times * from) };
      });
    return venue.planRequests?.(its, pass) ?? its.map(unlimited);
  });
}

function unlimited({ kind, times }: PlannedQuestion): PlannedRequests {
  return { kind, requests: times, charges: [] };
}
