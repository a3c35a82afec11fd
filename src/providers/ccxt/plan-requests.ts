import type { Charge } from '../../ports/charge.js';
import type { PlannedPass, PlannedQuestion, PlannedRequests } from '../../ports/request-plan.js';
import { askedDepth, type Endpoint, type ExchangeFacts, type Question } from './exchange-facts.js';
import type { MarketType } from './listing.js';

/** So many requests to one endpoint. */
interface Batch extends Question {
  readonly endpoint: Endpoint;
  readonly requests: number;
}

/** What an exchange is asked once, and then not for a while. */
const ONCE: ReadonlySet<PlannedQuestion['kind']> = new Set(['time', 'markets']);
/** The candle that is still forming comes along, and one more may close before the answer. */
const ROWS_BESIDES = 1;

/** The requests that a provider makes of questions, and what they are charged. */
export function planRequests(
  questions: readonly PlannedQuestion[],
  pass: PlannedPass,
  facts: ExchangeFacts,
  types: readonly MarketType[],
): readonly PlannedRequests[] {
  return questions.flatMap((question) => {
    const { kind, times } = question;
    if (times === 0 || (pass === 'repeated' && ONCE.has(kind))) return [];
    const batches = batchesOf(question, facts, types).filter(({ requests }) => requests > 0);
    const requests = batches.reduce((sum, batch) => sum + batch.requests, 0);
    return { kind, requests, charges: batches.flatMap((batch) => chargesOf(batch, facts)) };
  });
}

function batchesOf(
  { kind, times, rows = 1 }: PlannedQuestion,
  facts: ExchangeFacts,
  types: readonly MarketType[],
): readonly Batch[] {
  const { candleRows, listing = {}, bareTickers = [] } = facts;
  switch (kind) {
    case 'markets': {
      const requests = types.reduce((sum, type) => sum + (listing[type] ?? 1), 0);
      return [{ endpoint: kind, requests: times * requests }];
    }
    case 'tickers': {
      const bare = types.filter((type) => bareTickers.includes(type)).length;
      return [
        { endpoint: kind, requests: times * types.length },
        { endpoint: 'bidsAsks', requests: times * bare },
      ];
    }
    case 'candles': {
      const asked = rows + ROWS_BESIDES;
      if (asked <= candleRows.recent) return [{ endpoint: kind, rows: asked, requests: times }];
      const pages = Math.ceil(rows / (candleRows.past - 1));
      return [{ endpoint: kind, rows: candleRows.past, requests: times * pages }];
    }
    case 'orderBook':
      return [{ endpoint: kind, rows: askedDepth(facts, rows) ?? rows, requests: times }];
    default:
      return [{ endpoint: kind, rows, requests: times }];
  }
}

function chargesOf({ requests, ...question }: Batch, facts: ExchangeFacts): readonly Charge[] {
  return facts.charges(question).map(({ limit, weight }) => ({ limit, weight: weight * requests }));
}
