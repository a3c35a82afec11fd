import { describe, expect, test } from 'vitest';
import {
  readAmount,
  readDuration,
  readMoment,
  readShare,
  readSymbols,
  readTimeframes,
  readWhole,
} from '../../src/cli/values.js';

describe('readMoment', () => {
  test.each([
    ['2024-05-01', Date.UTC(2024, 4, 1)],
    ['2024-05-01T12:30', Date.UTC(2024, 4, 1, 12, 30)],
    ['2024-05-01 12:30:05', Date.UTC(2024, 4, 1, 12, 30, 5)],
    ['2024-05-01T12:30:05.250Z', Date.UTC(2024, 4, 1, 12, 30, 5, 250)],
    ['2024-05-01T12:30:00+02:00', Date.UTC(2024, 4, 1, 10, 30)],
    ['1714521600000', 1714521600000],
  ])('reads %s, in UTC where no offset is given', (text, time) => {
    expect(readMoment('--at')(text)).toBe(time);
  });

  test.each([
    'yesterday',
    '',
    '2024-02-31',
    '2024-13-01',
    '2024-05-01T25:00Z',
    '05/01/2024',
    '20240501',
    '99999999999999999999',
    '-1',
  ])('refuses "%s" with what it takes and what it was', (text) => {
    expect(() => readMoment('--at')(text)).toThrow(
      `--at takes an ISO date such as 2024-05-01T00:00:00Z, or epoch milliseconds such as 1714521600000, was "${text}"`,
    );
  });
});

describe('lists', () => {
  test('timeframes come shortest first and each once', () => {
    expect(readTimeframes('1h, 5m,1h')).toEqual(['5m', '1h']);
  });

  test('a timeframe that does not exist is named', () => {
    expect(() => readTimeframes('5m,7m')).toThrow(
      /--timeframes takes names out of 1m, .*, was "7m"/,
    );
  });

  test('symbols keep their order and their spelling', () => {
    expect(readSymbols('eth/usdt, BTC/USDT:USDT,eth/usdt')).toEqual(['eth/usdt', 'BTC/USDT:USDT']);
  });

  test.each(['', ',', 'BTC/USDT,'])('an empty name in "%s" is refused', (text) => {
    expect(() => readSymbols(text)).toThrow('separated by commas');
  });
});

describe('numbers', () => {
  test.each([
    ['250000', 250_000],
    ['250_000', 250_000],
    ['250k', 250_000],
    ['1.5M', 1_500_000],
    ['2b', 2_000_000_000],
    ['0', 0],
  ])('an amount of %s is %d', (text, amount) => {
    expect(readAmount('--equity')(text)).toBe(amount);
  });

  test.each(['-5', 'much', '1e6', '', 'Infinity', 'NaN', '1.5x'])('"%s" is no amount', (text) => {
    expect(() => readAmount('--equity')(text)).toThrow(
      `--equity takes an amount such as 250000, 250k or 1.5m, was "${text}"`,
    );
  });

  test.each(['0', '-1', '1.5', 'ten', '', '99999999999999999999'])(
    '"%s" is no whole number from 1 up',
    (text) => {
      expect(() => readWhole('--limit', 1)(text)).toThrow('--limit takes a whole number from 1 up');
    },
  );

  test.each([
    ['0', 0],
    ['.25', 0.25],
    ['1', 1],
  ])('a share of %s is %d', (text, share) => {
    expect(readShare('--min-score')(text)).toBe(share);
  });

  test.each(['1.1', '-0.1', '30%', ''])('"%s" is no share', (text) => {
    expect(() => readShare('--min-score')(text)).toThrow('--min-score takes a number from 0 to 1');
  });

  test.each([
    ['0', 0],
    ['500ms', 500],
    ['1.5s', 1500],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
  ])('a duration of %s is %d ms', (text, duration) => {
    expect(readDuration('--every')(text)).toBe(duration);
  });

  test.each(['5', '-5m', 'soon', '5 m', '', '30d'])('"%s" is no duration', (text) => {
    expect(() => readDuration('--every')(text)).toThrow('--every takes a duration such as 30s');
  });
});
