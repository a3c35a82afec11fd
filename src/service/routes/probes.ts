import { Hono } from 'hono';
import type { ServiceStatus } from '../service-status.js';

/**
 * What whoever runs the service asks: `/health`, whether scans go on at all, and `/ready`, whether the last one with data is
 * recent. 200 or 503, with no more than that: probes bear no token.
 */
export function probeRoutes(status: () => ServiceStatus): Hono {
  return new Hono()
    .get('/health', (context) => {
      const { isLive, status: health } = status();
      return context.json({ live: isLive, status: health }, isLive ? 200 : 503);
    })
    .get('/ready', (context) => {
      const { isReady, lastGoodScanAgeMs: age } = status();
      const lastGoodScanAgeMs = age === undefined ? undefined : Math.round(age);
      return context.json({ ready: isReady, lastGoodScanAgeMs }, isReady ? 200 : 503);
    });
}
