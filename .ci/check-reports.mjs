// Checks two reports of one scan: node .ci/check-reports.mjs FIRST SECOND AT
// Every symbol is in exactly one list, every number is a number, nothing is later than AT, and but for timings both are equal.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

function read(path) {
  return JSON.parse(readFileSync(path, 'utf8'), (key, value) => {
    // JSON has neither NaN nor Infinity: they became null when the report was written.
    assert.notEqual(value, null, `${key} is NaN or infinite`);
    return value;
  });
}

const [first, second, at] = process.argv.slice(2);
const report = read(first);
const { signals, rejections, failures } = report;

const symbols = [...signals, ...rejections, ...failures].map(({ symbol }) => symbol);
assert.ok(symbols.length > 0, 'no symbol was looked at');
assert.equal(new Set(symbols).size, symbols.length, 'a symbol is in two lists');
assert.equal(report.complete, true, 'the report is not complete');
for (const { symbol, timestamp } of signals) {
  assert.ok(timestamp <= Date.parse(at), `${symbol} speaks of ${timestamp}, after ${at}`);
}

const timings = { startedAt: 0, durationMs: 0 };
assert.deepEqual({ ...read(second), ...timings }, { ...report, ...timings });
