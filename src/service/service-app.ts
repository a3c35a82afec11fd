import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type AccessOptions, access } from './access.js';
import { type ApiSource, apiRoutes } from './routes/api.js';
import { metricsRoute } from './routes/metrics.js';
import { probeRoutes } from './routes/probes.js';
import type { ServiceGauges } from './service-gauges.js';

/** What the routes of a service answer from, and for whom. */
export interface ServiceAppOptions extends ApiSource, AccessOptions {
  readonly gauges: ServiceGauges;
  readonly maxBodyBytes: number;
}

/** The routes of a service: probes for everybody, the rest for those who may. `/` is free for a page. */
export function serviceApp(options: ServiceAppOptions): Hono {
  const { maxBodyBytes: maxSize } = options;
  const app = new Hono();
  app.use(
    bodyLimit({
      maxSize,
      onError: (context) =>
        context.json({ error: `a request may have at most ${maxSize} bytes` }, 413),
    }),
  );
  app.route('/', probeRoutes(options.status));
  app.use(access(options));
  app.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
    context.header('x-content-type-options', 'nosniff');
  });
  app.route('/', metricsRoute(options.gauges));
  app.route('/api', apiRoutes(options));
  app.notFound((context) => context.json({ error: 'there is nothing here' }, 404));
  // What a request did wrong has been told by then; what is left is ours, and nobody else's to read.
  app.onError((_, context) => context.json({ error: 'internal error' }, 500));
  return app;
}
