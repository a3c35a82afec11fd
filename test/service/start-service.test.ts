import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { syntheticProvider } from '../../src/providers/synthetic.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import {
  type Service,
  type ServiceOptions,
  startService,
} from '../../src/service/start-service.js';

const CONFIG = { timeframes: ['15m', '1h'], candleLimit: 100 } as const;

function scanner(): EnhancedMarketScanner {
  return new EnhancedMarketScanner({
    provider: syntheticProvider({ seed: 3, symbols: 16 }),
    config: CONFIG,
  });
}

/** A service on a free port, with its first scan behind it. */
async function serve(options: Partial<ServiceOptions> = {}): Promise<Service> {
  const service = await startService({ scanner, port: 0, ...options });
  onTestFinished(() => service.close());
  await new Promise((resolve) => service.on('scan', resolve));
  return service;
}

async function json(service: Service, path: string, init?: RequestInit): Promise<unknown> {
  return (await fetch(service.url + path, init)).json();
}

/** The status of a request with headers that `fetch` would not send. */
function statusWith(
  service: Service,
  path: string,
  headers: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    request(service.url + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the API', () => {
  test('gives the signals of the newest scan, best first', async () => {
    const service = await serve();
    const { report } = service.newest ?? {};
    expect(report?.signals.length).toBeGreaterThan(1);
    expect(await json(service, '/api/signals')).toEqual(
      JSON.parse(
        JSON.stringify({
          asOf: report?.asOf,
          complete: true,
          ai: 'absent',
          scanned: report?.scanned,
          failed: 0,
          signals: report?.signals,
        }),
      ),
    );
  });

  test('tells of every symbol what became of it, with its slash written either way', async () => {
    const service = await serve();
    const { signals = [], rejections = [] } = service.newest?.report ?? {};
    const [{ symbol, score }] = signals;
    const signal = { kind: 'signal', signal: { symbol, score } };
    expect(await json(service, `/api/signals/${symbol}`)).toMatchObject(signal);
    expect(await json(service, `/api/signals/${encodeURIComponent(symbol)}`)).toMatchObject(signal);
    const [rejection] = rejections;
    expect(await json(service, `/api/signals/${rejection.symbol}`)).toMatchObject({
      kind: 'rejection',
      rejection: { rule: rejection.rule },
    });
    const missing = await fetch(`${service.url}/api/signals/NOT/LISTED`);
    expect([missing.status, await missing.json()]).toEqual([
      404,
      { error: 'the newest scan has no such symbol' },
    ]);
  });

  test('gives the summary of the scan whose signals it gives', async () => {
    const service = await serve();
    expect(await json(service, '/api/summary')).toMatchObject({
      timestamp: service.newest?.report.asOf,
      totalSymbols: 16,
    });
  });

  test('gives every item of health and metrics', async () => {
    const service = await serve({ workers: async () => 3, expectedWorkers: 3 });
    expect(await json(service, '/api/status')).toMatchObject({
      status: 'ok',
      source: 'ok',
      ai: 'absent',
      workers: 3,
      lastScanAt: expect.any(Number),
      activeSymbols: service.newest?.report.scanned,
      signalQuality: expect.any(Number),
      metrics: {
        meanScanMs: expect.any(Number),
        signalsPerMinute: expect.any(Number),
        cpuUsage: expect.any(Number),
        memoryUsage: expect.any(Number),
        errorRate: 0,
        successRate: 1,
      },
    });
  });

  test('leaves / free and has nothing elsewhere', async () => {
    const service = await serve();
    expect((await fetch(`${service.url}/`)).status).toBe(404);
    expect((await fetch(`${service.url}/api/orders`, { method: 'POST' })).status).toBe(404);
  });
});

describe('before the first scan has ended', () => {
  test('the service is live and not ready, and the API says so', async () => {
    const provider = {
      ...syntheticProvider(),
      id: 'hung',
      fetchMarkets: () => new Promise(() => {}),
    };
    const hung = () => new EnhancedMarketScanner({ provider: provider as never });
    await using service = await startService({ scanner: hung, port: 0 });
    const statuses = ['/health', '/ready', '/api/signals', '/api/summary'].map(
      async (path) => (await fetch(service.url + path)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 503, 503, 503]);
  });
});

test('metrics are what Prometheus reads', async () => {
  const service = await serve();
  const answer = await fetch(`${service.url}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const lines = (await answer.text()).split('\n');
  expect(lines).toContain('ems_ready 1');
  expect(lines).toContain('ems_source_up 1');
  expect(lines).toContain(`ems_active_symbols ${service.newest?.report.scanned}`);
  expect(lines).toContain('ems_scans_total{result="complete"} 1');
  expect(lines).toContain('ems_scan_duration_seconds_count 1');
  expect(lines).toContain('ems_alert_active{alert="memory",severity="critical"} 0');
  const samples = lines.filter((line) => line !== '' && !line.startsWith('#'));
  for (const line of samples) expect(line).toMatch(/^[a-z_]+(\{[^}]+\})? (-?[\d.e+-]+|Nan)$/);
});

describe('a caller', () => {
  const token = 'a-token-of-this-test';
  const bearer = { authorization: `Bearer ${token}` };

  test('must bear the token where there is one, but for the probes', async () => {
    const service = await serve({ token });
    const paths = ['/api/signals', '/api/status', '/metrics', '/'];
    for (const path of paths) {
      const refused = await fetch(service.url + path);
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
    expect((await fetch(`${service.url}/api/signals`, { headers: bearer })).status).toBe(200);
    const wrong = { authorization: `${bearer.authorization}x` };
    expect((await fetch(`${service.url}/metrics`, { headers: wrong })).status).toBe(401);
    expect((await fetch(`${service.url}/health`)).status).toBe(200);
    expect(await json(service, '/ready')).toEqual({
      ready: true,
      lastGoodScanAgeMs: expect.any(Number),
    });
  });

  test('must call the service by one of its names, and a page that asks must be its own', async () => {
    const service = await serve({ allowedHosts: ['scanner'] });
    const path = '/api/signals';
    const status = (headers: Record<string, string>) => statusWith(service, path, headers);
    expect(await status({ host: 'scanner:8011' })).toBe(200);
    expect(await status({ host: 'rebound.example' })).toBe(403);
    expect(await status({ host: 'a b' })).toBe(400);
    expect(await status({ origin: 'http://localhost:3000' })).toBe(200);
    expect(await status({ origin: 'https://page.example' })).toBe(403);
    expect(await status({ origin: 'null' })).toBe(403);
    expect(await statusWith(service, '/health', { host: '10.0.0.7' })).toBe(200);
  });

  test('may send no large body, whether or not it says how large it is', async () => {
    const service = await serve({ maxBodyBytes: 1_000 });
    const post = (body: string | ReadableStream) =>
      fetch(`${service.url}/api/signals`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect((await post('x'.repeat(1_001))).status).toBe(413);
    expect((await post(new Blob(['x'.repeat(1_001)]).stream())).status).toBe(413);
    expect((await post('x')).status).toBe(404);
  });

  test('reads no stack of ours', async () => {
    const service = await serve();
    const answer = await (await fetch(`${service.url}/api/signals/%E0%A4%A`)).text();
    expect(answer).not.toContain(' at ');
  });
});

describe('a service', () => {
  test('beyond this machine needs a token', async () => {
    await expect(startService({ scanner, host: '0.0.0.0', port: 0 })).rejects.toThrow(
      'a service on 0.0.0.0 needs a token',
    );
  });

  test('says that it cannot listen, and closes what it made', async () => {
    const first = await serve();
    const made: EnhancedMarketScanner[] = [];
    const make = () => made[made.push(scanner()) - 1];
    const port = Number(new URL(first.url).port);
    await expect(startService({ scanner: make, port })).rejects.toThrow(
      /cannot listen.*EADDRINUSE/,
    );
    expect(made.map((each) => each.health().reasons)).toEqual([['the scanner is closed']]);
  });

  test('ends though a client keeps its connection and a scan is under way', async () => {
    const provider = {
      ...syntheticProvider(),
      id: 'hung',
      fetchMarkets: () => new Promise(() => {}),
    };
    const hung = () => new EnhancedMarketScanner({ provider: provider as never });
    const service = await startService({ scanner: hung, port: 0 });
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname).on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    const gone = new Promise((resolve) => socket.once('close', resolve));
    await service.close();
    await service.close();
    await gone;
    await expect(fetch(`${service.url}/health`)).rejects.toThrow();
  });
});
