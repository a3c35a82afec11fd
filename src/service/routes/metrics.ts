import { Hono } from 'hono';
import type { ServiceGauges } from '../service-gauges.js';

/** `/metrics`, as Prometheus reads it. */
export function metricsRoute(gauges: ServiceGauges): Hono {
  return new Hono().get('/metrics', async (context) =>
    context.body(await gauges.text(), 200, { 'content-type': gauges.contentType }),
  );
}
