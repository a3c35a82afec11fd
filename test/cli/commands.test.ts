import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { ems, folderOf, hourlyCsv, interrupted, shell } from './ems.js';

// Short histories of the invented exchange are quickly invented.
const QUICK = ['--timeframes', '5m,15m'];

const reports = new Map<string, Promise<ScanReport>>();

/** The report of a scan that is complete and silent; the same flags are run once. */
function scan(...flags: string[]): Promise<ScanReport> {
  const key = flags.join(' ');
  const report = reports.get(key) ?? runScan(flags);
  reports.set(key, report);
  return report;
}

async function runScan(flags: readonly string[]): Promise<ScanReport> {
  const { code, stdout, stderr } = await ems(['scan', '--json', ...QUICK, ...flags]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as ScanReport;
}

describe('ems scan', () => {
  test('--json is the report and nothing else, the same bytes each time but for the duration', async () => {
    const [one, two] = await Promise.all([ems(['scan', '--json']), ems(['scan', '--json'])]);
    expect(one.stderr).toBe('');
    const timeless = ({ stdout }: typeof one) => stdout.replace(/"durationMs": [\d.]+/, '');
    expect(timeless(one)).toBe(timeless(two));
    const report = JSON.parse(one.stdout) as ScanReport;
    expect(report.signals.length).toBeGreaterThan(0);
    expect(report.complete).toBe(true);
  });

  test('another seed is another market', async () => {
    const [one, two] = await Promise.all([scan(), scan('--source', 'synthetic:2')]);
    expect(one.signals).not.toEqual(two.signals);
  });

  test('--ndjson is one line per symbol, told apart by kind', async () => {
    const [report, { stdout }] = await Promise.all([scan(), ems(['scan', '--ndjson', ...QUICK])]);
    const places = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const symbols = (kind: string) =>
      places.filter((place) => place.kind === kind).map((place) => place.symbol);
    expect(symbols('signal')).toEqual(report.signals.map(({ symbol }) => symbol));
    expect(symbols('rejection')).toEqual(report.rejections.map(({ symbol }) => symbol));
    expect(new Set(places.map(({ symbol }) => symbol)).size).toBe(64);
  });

  test('flags win over the configuration file, and it over the environment', async () => {
    const folder = folderOf({ 'ems.json': '{"maxPositions": 3}' });
    const config = ['scan', '--json', ...QUICK, '--config', join(folder, 'ems.json')];
    const env = { MAX_POSITIONS: '1' };
    const runs = [
      ems(['scan', '--json', ...QUICK], env),
      ems(config, env),
      ems([...config, '--limit', '2'], env),
    ];
    const counts = (await Promise.all(runs)).map(({ stdout }) => JSON.parse(stdout).signals.length);
    expect(counts).toEqual([1, 3, 2]);
  });

  test('--equity gives every signal a size', async () => {
    const { signals } = await scan('--equity', '10k', '--limit', '3');
    expect(signals.length).toBeGreaterThan(0);
    for (const { positionSize } of signals) expect(positionSize).toBeGreaterThan(0);
  });

  test('--at is the moment of the report: another moment, another market, nothing later', async () => {
    const report = await scan('--at', '2024-03-01T12:00Z');
    expect(report.asOf).toBe(Date.UTC(2024, 2, 1, 12));
    for (const { timestamp } of report.signals) expect(timestamp).toBeLessThanOrEqual(report.asOf);
  });

  test('without --at a folder is scanned at the close of its newest candle', async () => {
    const folder = folderOf({ 'BTC-USDT-1h.csv': hourlyCsv() });
    const { asOf } = await scan('--source', `files:${folder}`, '--timeframes', '1h,4h');
    expect(asOf).toBe(Date.UTC(2024, 4, 1));
  });

  test('--symbols takes them however they are typed', async () => {
    const { signals, rejections } = await scan('--symbols', 'btcusdt,ETH-USDT');
    const symbols = [...signals, ...rejections].map(({ symbol }) => symbol);
    expect(symbols.sort()).toEqual(['BTC/USDT', 'ETH/USDT']);
  });

  test('the table has no colour in a pipe, and colour where it is asked for', async () => {
    const [plain, colored, refused] = await Promise.all([
      ems(['scan', ...QUICK]),
      ems(['scan', ...QUICK], { FORCE_COLOR: '1' }),
      ems(['scan', ...QUICK], { FORCE_COLOR: '1', NO_COLOR: '1' }),
    ]);
    expect(plain.stdout).not.toContain('\u001b');
    expect(colored.stdout).toContain('\u001b[1msynthetic');
    expect(refused.stdout).toBe(plain.stdout);
    expect(plain.stdout).toMatch(/^synthetic at 2024-06-01 00:00 UTC\n\n *# {2}SYMBOL/);
  });

  test.each(['80', '100', '120'])('the table fits %s columns', async (columns) => {
    const { stdout } = await ems(['scan', ...QUICK], { COLUMNS: columns });
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(
      Number(columns),
    );
  });
});

describe('a pipe', () => {
  test('that closes early ends the run without a word', async () => {
    const { stdout, stderr } = await shell(`ems scan --ndjson ${QUICK.join(' ')} | head -n 1`);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).kind).toBe('signal');
  });

  test('that is slow gets every byte', async () => {
    const [direct, slow] = await Promise.all([
      ems(['scan', '--ndjson', ...QUICK]),
      shell(`ems scan --ndjson ${QUICK.join(' ')} | (sleep 0.3; cat)`),
    ]);
    expect(slow.stdout).toBe(direct.stdout);
  });
});

describe('a malformed row', () => {
  test('fails its symbol alone: 3, a sentence with file and row, the rest unharmed', async () => {
    const good = hourlyCsv();
    const folder = folderOf({ 'BTC-USDT-1h.csv': good, 'ETH-USDT-1h.csv': good });
    const lines = good.split('\n');
    lines[17] = lines[17].replace(/,.*/, ',1,2,3,x,5');
    writeFileSync(join(folder, 'BAD-USDT-1h.csv'), lines.join('\n'));
    const flags = ['--source', `files:${folder}`, '--timeframes', '1h,4h', '--min-volume', '0'];
    const { code, stdout, stderr } = await ems(['scan', '--json', ...flags]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^ems: BAD\/USDT failed: .*BAD-USDT-1h\.csv.*18.*"x".*\n$/);
    const report = JSON.parse(stdout) as ScanReport;
    expect(report.failures.map(({ symbol }) => symbol)).toEqual(['BAD/USDT']);
    expect(report.failures[0].error.code).toBe('bad_data');
    expect(report.signals.length + report.rejections.length).toBe(2);
  });
});

describe('ems explain', () => {
  test('a signal: ledger that adds up, timeframes, levels', async () => {
    const { signals } = await scan();
    const { code, stdout, stderr } = await ems(['explain', signals[0].symbol, ...QUICK]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const heading of ['Ledger', 'Timeframes', 'Levels'])
      expect(stdout).toContain(`\n${heading}\n`);
    const points = [...stdout.matchAll(/^([+-]\d\.\d{6}) {2}(\S+)/gm)];
    const micro = points.map(([, value]) => Math.round(Number(value) * 1e6));
    const total = micro.pop();
    expect(micro.reduce((sum, each) => sum + each, 0)).toBe(total);
    expect(total).toBe(Math.round(signals[0].score * 1e6));
  });

  test('a rejected symbol: the rule, what was asked, what it would need, and the evidence', async () => {
    const { rejections } = await scan();
    const rejected = rejections.find(({ rule }) => rule === 'min-score') ?? rejections[0];
    const { code, stdout } = await ems(['explain', rejected.symbol, ...QUICK]);
    expect(code).toBe(0);
    expect(stdout).toContain(`${rejected.symbol} is not a signal: ${rejected.rule} rejected it`);
    expect(stdout).toContain('Would need');
    expect(stdout).toContain('\nTimeframes\n');
  });

  test('--json is the place of the symbol in the report', async () => {
    const { signals } = await scan();
    const { stdout } = await ems(['explain', signals[0].symbol, '--json', ...QUICK]);
    expect(JSON.parse(stdout)).toEqual({ kind: 'signal', ...signals[0] });
  });
});

describe('ems universe', () => {
  test('shows the funnel and every rejection', async () => {
    const [{ rejections, funnel }, { code, stdout }] = await Promise.all([
      scan(),
      ems(['universe', ...QUICK]),
    ]);
    expect(code).toBe(0);
    for (const { symbol } of rejections) expect(stdout).toContain(`${symbol} `);
    for (const { rule } of funnel) expect(stdout).toContain(rule);
    expect(stdout).toMatch(/^listed +64 {2}#+\nmin-volume +-\d+ +\d+ {2}#+$/m);
  });

  test('--ndjson is one rejection per line', async () => {
    const [{ rejections }, { stdout }] = await Promise.all([
      scan(),
      ems(['universe', '--ndjson', ...QUICK]),
    ]);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(rejections);
  });
});

describe('ems summary', () => {
  test('says sentiment, breadth, volatility, regime and the best signals', async () => {
    const { code, stdout, stderr } = await ems(['summary', ...QUICK]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of ['Sentiment', 'Breadth', 'Volatility', 'Regime', 'SYMBOL']) {
      expect(stdout).toContain(`\n${word}`.replace('\nSYMBOL', 'SYMBOL'));
    }
  });

  test('--json is the summary', async () => {
    const { stdout } = await ems(['summary', '--json', ...QUICK]);
    expect(JSON.parse(stdout)).toMatchObject({ totalSymbols: 64, timestamp: Date.UTC(2024, 5, 1) });
  });
});

describe('ems watch', () => {
  const HOURLY = ['watch', '--pace', '0', '--every', '1h', ...QUICK];

  test('moves market time between reports and ends after --count', async () => {
    const { code, stdout, stderr } = await ems([...HOURLY, '--count', '3', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const moments = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).asOf);
    const start = Date.UTC(2024, 5, 1);
    expect(moments).toEqual([start, start + 3_600_000, start + 7_200_000]);
  });

  test('prints the report first, and then what changed', async () => {
    const { stdout } = await ems([...HOURLY, '--count', '3']);
    expect(stdout).toMatch(/^synthetic at 2024-06-01 00:00 UTC\n/);
    expect(stdout).toMatch(/^2024-06-01 01:00 UTC \d+ signals?/m);
    expect(stdout).toMatch(/^2024-06-01 02:00 UTC \d+ signals?/m);
  });

  test('a report of a watch is that of a scan at its moment', async () => {
    const [watched, scanned] = await Promise.all([
      ems([...HOURLY, '--count', '3', '--json']),
      scan('--at', '2024-06-01T02:00Z'),
    ]);
    const last = JSON.parse(watched.stdout.trimEnd().split('\n')[2]) as ScanReport;
    expect(last.signals).toEqual(scanned.signals);
    expect(last.rejections).toEqual(scanned.rejections);
  });

  test('Ctrl-C ends it cleanly', async () => {
    const { code, stderr } = await interrupted(['watch', '--pace', '1h', ...QUICK]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
