import { type Context, Hono } from 'hono';
import type { Survey } from '../../scanner/survey.js';
import type { ServiceStatus } from '../service-status.js';

/** What the API answers from. */
export interface ApiSource {
  /** The newest scan that ended. */
  survey(): Survey | undefined;
  status(): ServiceStatus;
}

/** `/api/signals`, `/api/signals/:symbol`, `/api/summary` and `/api/status`: the newest scan, and how the service stands. */
export function apiRoutes(source: ApiSource): Hono {
  return new Hono()
    .get('/signals', (context) => {
      const survey = source.survey();
      if (survey === undefined) return notYet(context);
      const { asOf, complete, ai, scanned, signals, failures } = survey.report;
      return context.json({ asOf, complete, ai, scanned, failed: failures.length, signals });
    })
    .get('/signals/:symbol{.+}', (context) => {
      const survey = source.survey();
      if (survey === undefined) return notYet(context);
      const symbol = context.req.param('symbol');
      const place = placeOf(survey, symbol);
      if (place !== undefined) return context.json({ asOf: survey.report.asOf, ...place });
      return context.json({ error: 'the newest scan has no such symbol' }, 404);
    })
    .get('/summary', (context) => {
      const survey = source.survey();
      return survey === undefined ? notYet(context) : context.json(survey.summary);
    })
    .get('/status', (context) => context.json(source.status()));
}

/** What became of a symbol: a signal, or the reason why there is none. */
function placeOf({ report }: Survey, symbol: string): object | undefined {
  const isIt = (each: { readonly symbol: string }): boolean => each.symbol === symbol;
  const signal = report.signals.find(isIt);
  if (signal !== undefined) return { kind: 'signal', signal };
  const rejection = report.rejections.find(isIt);
  if (rejection !== undefined) return { kind: 'rejection', rejection };
  const failure = report.failures.find(isIt);
  if (failure === undefined) return undefined;
  const { code, message, retryable } = failure.error;
  return { kind: 'failure', failure: { symbol, code, message, retryable } };
}

function notYet(context: Context): Response {
  context.header('retry-after', '5');
  return context.json({ error: 'the first scan has not ended yet' }, 503);
}
