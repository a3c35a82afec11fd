import { describe, expect, test } from 'vitest';
import { KeptScanner } from './kept-scanner.js';

describe('an alert is raised and cleared', () => {
  test('when symbols fail', async () => {
    const kept = await KeptScanner.start();
    kept.dials.failing = 0.4;
    await kept.scans(3);
    expect(kept.alerts).toEqual(['scan-failures']);
    expect(kept.keeper.status()).toMatchObject({ status: 'degraded', isReady: true });
    kept.dials.failing = 0;
    // The mean is over ten scans, so the alert outlasts its cause.
    await kept.scans(9);
    expect(kept.alerts).toEqual(['scan-failures']);
    await kept.scans(5);
    expect(kept.alerts).toEqual([]);
  });

  test('when scans are slow', async () => {
    const kept = await KeptScanner.start();
    kept.dials.slownessMs = 45_000;
    await kept.scans(10);
    expect(kept.alerts).toEqual(['slow-scans']);
    kept.dials.slownessMs = 0;
    await kept.scans(12);
    expect(kept.alerts).toEqual([]);
  });

  test('when memory runs out, and only once it is well below the limit again', async () => {
    const kept = await KeptScanner.start();
    kept.dials.memoryUsage = 0.95;
    await kept.scans(1);
    expect(kept.alerts).toEqual([]);
    await kept.scans(1);
    expect(kept.alerts).toEqual(['memory']);
    kept.dials.memoryUsage = 0.85;
    await kept.scans(10);
    expect(kept.alerts).toEqual(['memory']);
    kept.dials.memoryUsage = 0.5;
    await kept.scans(3);
    expect(kept.alerts).toEqual([]);
  });

  test('when scores drift down', async () => {
    const kept = await KeptScanner.start();
    await kept.scans(25);
    kept.dials.bias = 0.4;
    await kept.scans(12);
    expect(kept.alerts).toEqual(['signal-quality']);
    kept.dials.bias = 0.6;
    await kept.scans(14);
    expect(kept.alerts).toEqual([]);
  });

  test('when signals do not keep what they promised, though their scores are as ever', async () => {
    const kept = await KeptScanner.start({ rising: true });
    const changes: string[] = [];
    kept.keeper.events.on('alert', ({ kind, alert }) => changes.push(`${alert.id} ${kind}`));
    // Prices go on rising; from now on every signal is to sell.
    kept.dials.bias = -0.6;
    await kept.scans(26);
    const { alerts, calibration, signalQuality } = kept.keeper.status();
    expect(alerts).toMatchObject([{ id: 'signal-quality', value: calibration.shortfall }]);
    expect(calibration.count).toBeGreaterThan(30);
    expect(calibration.realized).toBeLessThan(calibration.predicted / 2);
    expect(signalQuality).toBeCloseTo(0.6);
    kept.dials.bias = 0.6;
    await kept.scans(28);
    expect(changes).toEqual(['signal-quality raised', 'signal-quality cleared']);
    expect(kept.keeper.status()).toMatchObject({ status: 'ok', calibration: { shortfall: 0 } });
    expect(kept.actions).toEqual([]);
  });

  test('when the AI scorer is lost', async () => {
    const kept = await KeptScanner.start({ ai: true });
    kept.dials.aiIsDown = true;
    await kept.scans(2);
    expect(kept.alerts).toEqual(['ai-lost']);
    expect(kept.keeper.newest?.report.signals.length).toBeGreaterThan(0);
    kept.dials.aiIsDown = false;
    await kept.scans(1);
    expect(kept.alerts).toEqual([]);
  });

  test('when workers are missing', async () => {
    let present = 3;
    const kept = await KeptScanner.start({}, { workers: async () => present, expectedWorkers: 3 });
    present = 2;
    await kept.scans(2);
    expect(kept.alerts).toEqual(['workers-lost']);
    expect(kept.keeper.status()).toMatchObject({ workers: 2, expectedWorkers: 3 });
    present = 3;
    await kept.scans(2);
    expect(kept.alerts).toEqual([]);
  });

  test('when the workers cannot even be counted', async () => {
    const workers = () => Promise.reject(new Error('no answer'));
    const kept = await KeptScanner.start({}, { workers, expectedWorkers: 3 });
    await kept.scans(1);
    expect([kept.alerts, kept.keeper.status().workers]).toEqual([['workers-lost'], 0]);
  });

  test('when the executor is away, whose work the scanner then does', async () => {
    const kept = await KeptScanner.start({ executor: true });
    const { report } = kept.keeper.newest ?? {};
    kept.dials.executorIsDown = true;
    await kept.scans(2);
    expect(kept.alerts).toEqual(['workers-lost']);
    expect(kept.keeper.newest?.report.scanned).toBe(report?.scanned);
    kept.dials.executorIsDown = false;
    await kept.scans(2);
    expect(kept.alerts).toEqual([]);
  });

  test('when the source is lost, and until then what it gave last is not ready', async () => {
    const kept = await KeptScanner.start();
    expect(kept.keeper.status().isReady).toBe(true);
    kept.dials.sourceIsDown = true;
    await kept.scans(4);
    expect(kept.alerts).toEqual(['scan-failures', 'source-lost']);
    expect(kept.keeper.status()).toMatchObject({ status: 'down', isReady: false, isLive: true });
    kept.dials.sourceIsDown = false;
    await kept.scans(1);
    expect(kept.alerts).toEqual(['scan-failures']);
    expect(kept.keeper.status().isReady).toBe(true);
  });
});

describe('the service recovers', () => {
  test('a lost AI scorer by connecting anew', async () => {
    const kept = await KeptScanner.start({ ai: true });
    kept.dials.aiIsDown = true;
    await kept.scans(3);
    expect(kept.counts.reconnects).toBe(2);
    expect(kept.actions).toEqual(['reconnect-ai', 'reconnect-ai']);
    kept.dials.aiIsDown = false;
    await kept.scans(3);
    expect(kept.counts.reconnects).toBe(2);
  });

  test.each([
    ['source', 'sourceIsDown', {}],
    ['executor', 'executorIsDown', { executor: true }],
  ] as const)('a lost %s by a new scanner, at growing intervals', async (_, isDown, has) => {
    const kept = await KeptScanner.start(has);
    kept.dials[isDown] = true;
    // The first restart comes with the alert, then after 1, 2, 4 scans in between.
    await kept.scans(2);
    expect(kept.counts).toMatchObject({ made: 2, closed: 1 });
    await kept.scans(15);
    expect(kept.counts).toMatchObject({ made: 5, closed: 4 });
    expect(new Set(kept.actions)).toEqual(new Set(['restart-scanner']));
  });

  test('a scanner that is not its own by nothing, and leaves it open', async () => {
    const lender = await KeptScanner.start();
    const scanner = lender.makeScanner();
    const kept = await KeptScanner.start({}, { scanner });
    lender.dials.sourceIsDown = true;
    await kept.scans(4);
    expect(kept.alerts).toContain('source-lost');
    expect(kept.actions).toEqual([]);
    await kept.keeper.close();
    lender.dials.sourceIsDown = false;
    expect((await scanner.scan()).scanned).toBeGreaterThan(0);
    await scanner.close();
  });

  test('memory by forgetting, then by depth, then by fewer symbols at once, and never by fewer symbols', async () => {
    const kept = await KeptScanner.start();
    const before = kept.keeper.newest?.report;
    const [seen, bytes] = [kept.symbols.size, kept.cachedBytes];
    kept.symbols.clear();
    kept.dials.memoryUsage = 0.95;
    await kept.scans(2);
    expect([kept.actions, bytes > 0, kept.cachedBytes]).toEqual([['release-memory'], true, 0]);
    await kept.scans(12);
    expect(kept.actions.filter((action) => action !== 'release-memory')).toEqual([
      'less-depth',
      'less-depth',
      'less-concurrency',
      'less-concurrency',
    ]);
    const { report } = kept.keeper.newest ?? {};
    expect(report?.workload).toEqual({ orderBookDepth: 12, tradeLimit: 50, concurrency: 1 });
    expect([report?.scanned, kept.symbols.size]).toEqual([before?.scanned, seen]);
    expect(kept.keeper.status().reasons.join()).toContain('12 book levels');
  });

  test('its load step by step once all has been quiet', async () => {
    const kept = await KeptScanner.start();
    kept.dials.memoryUsage = 0.95;
    await kept.scans(8);
    expect(kept.keeper.newest?.report.workload).toBeDefined();
    kept.dials.memoryUsage = 0.3;
    await kept.scans(34);
    expect(kept.actions.slice(-2)).toEqual(['more-load', 'more-load']);
    expect(kept.keeper.newest?.report.workload).toBeUndefined();
    expect(kept.keeper.status()).toMatchObject({ status: 'ok', reasons: [] });
  });

  test('slow scans by depth, and by fewer symbols at once only where the processor is what they wait for', async () => {
    const kept = await KeptScanner.start();
    kept.dials.slownessMs = 45_000;
    await kept.scans(20);
    expect(kept.actions).toEqual(['less-depth', 'less-depth']);
    kept.dials.cpuUsage = 0.99;
    await kept.scans(4);
    expect(kept.actions.slice(2)).toEqual(['less-concurrency', 'less-concurrency']);
  });

  test('nothing by itself where only a human can tell: failing symbols and scores that drift', async () => {
    const kept = await KeptScanner.start();
    await kept.scans(25);
    Object.assign(kept.dials, { bias: 0.4, failing: 0.4 });
    await kept.scans(12);
    expect(kept.alerts).toEqual(['scan-failures', 'signal-quality']);
    expect(kept.actions).toEqual([]);
  });
});
