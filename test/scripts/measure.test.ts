import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baseRates } from '../../scripts/measure/base-rates.js';
import { CandleFolder } from '../../scripts/measure/candle-folder.js';
import type { EventLine } from '../../scripts/measure/event-line.js';
import { type Figure, isKept } from '../../scripts/measure/figure.js';
import { Reader } from '../../scripts/measure/reader.js';
import { forecastLines } from '../../src/backtest/forecast-lines.js';
import { wanderingMarket } from '../backtest/wandering-market.js';

const history = { ...wanderingMarket(5, 14), symbol: 'WAN/USDT' };
const market = {
  symbol: history.symbol,
  base: 'WAN',
  quote: 'USDT',
  tickSize: 0.01,
  lotSize: 0.001,
  minNotional: 5,
  takerFeeBps: 10,
};
const lines: readonly EventLine[] = [...forecastLines(history, market)];

const folder = mkdtempSync(join(tmpdir(), 'ems-measure-'));
const rows = Array.from(history.base, ({ time, open, high, low, close, volume }) =>
  [time, open, high, low, close, volume].join(','),
);
writeFileSync(
  join(folder, 'WAN-USDT-5m.csv'),
  ['timestamp,open,high,low,close,volume', ...rows].join('\n'),
);

function read(events: readonly EventLine[], isNull = false): Reader {
  const reader = new Reader(new CandleFolder(folder), isNull);
  for (const event of events) reader.read(event);
  return reader;
}

function figure(reader: Reader, name: string): Figure {
  const found = reader.figures(baseRates([])).find((each) => each.name.startsWith(name));
  expect(found).toBeDefined();
  return found as Figure;
}

describe('npm run measure', () => {
  it('finds every outcome as the back-test wrote it', () => {
    const reader = read(lines);
    expect(reader.lines).toBeGreaterThan(5000);
    expect(reader.wrong).toEqual([]);
  });

  it('catches an outcome that the candles do not bear out, whatever the kind of line', () => {
    const lies = lines.slice(0, 200).map((line): EventLine => {
      if (line.kind === 'barrier') {
        return { ...line, outcome: line.outcome === 'target' ? 'stop' : 'target' };
      }
      if (line.kind === 'touch') return { ...line, touched: !line.touched };
      return { ...line, realisedRange: 1.01 * line.realisedRange };
    });
    expect(read(lies).wrong).toHaveLength(200);
  });

  it('says that an opinion which is none has neither gained nor lost', () => {
    const silent = lines.map((line) =>
      line.kind === 'barrier' ? { ...line, p: line.noSkill } : line,
    );
    expect(figure(read(silent), 'worst skill against noSkill').value).toBe(0);
  });

  it('sees through a chance that is too sure of itself', () => {
    const sure = lines.map((line) => (line.kind === 'touch' ? { ...line, p: 0.99 } : line));
    expect(isKept(figure(read(sure), 'touch 1 h: calibration error'))).toBe(false);
    expect(isKept(figure(read(sure), 'touch 1 h: Brier skill'))).toBe(false);
  });

  it('counts what is tradeable on a market of nothing but chance as false alarms', () => {
    const eager = lines.map((line) =>
      line.kind === 'barrier' ? { ...line, tradeable: true } : line,
    );
    const alarms = figure(read(eager, true), 'tradeable');
    expect(alarms.value).toBeGreaterThan(5);
    expect(isKept(alarms)).toBe(false);
    expect(isKept(figure(read(lines, true), 'tradeable'))).toBe(true);
  });
});
