import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { CandleSeries } from '../../market/candle-series.js';
import { candleOpen, type Timeframe, timeframeMs } from '../../market/timeframe.js';
import type { KnownCandles } from './known-candles.js';

/** Raised when the layout changes: what another layout wrote is not read. */
const FORMAT = 1;
/** Checksum and format, 4 bytes each; then `until` and `wholeAt`, 8 bytes each. The columns follow. */
const HEADER_BYTES = 24;

/** A series as bytes, with a checksum over all of them. */
export function encodeKnown({ candles, until, wholeAt }: KnownCandles): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + candles.buffer.byteLength);
  bytes.writeUInt32LE(FORMAT, 4);
  bytes.writeDoubleLE(until, 8);
  bytes.writeDoubleLE(wholeAt ?? Number.NaN, 16);
  bytes.set(new Uint8Array(candles.buffer), HEADER_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
  return bytes;
}

/** The series in bytes that may be anything; `undefined` where they are not what was written, or not of the timeframe. */
export function decodeKnown(bytes: Buffer, timeframe: Timeframe): KnownCandles | undefined {
  if (bytes.length <= HEADER_BYTES || bytes.readUInt32LE(4) !== FORMAT) return undefined;
  if (bytes.readUInt32LE(0) !== crc32(bytes.subarray(4))) return undefined;
  const until = bytes.readDoubleLE(8);
  const wholeAt = bytes.readDoubleLE(16);
  try {
    const candles = CandleSeries.fromBuffer(Uint8Array.from(bytes.subarray(HEADER_BYTES)).buffer);
    const isOnGrid = candles.time.every((time) => candleOpen(time, timeframe) === time);
    const closed = (candles.at(-1)?.time ?? Number.NaN) + timeframeMs(timeframe);
    if (!isOnGrid || !Number.isSafeInteger(until) || !(closed <= until)) return undefined;
    return { candles, until, wholeAt: Number.isNaN(wholeAt) ? undefined : wholeAt };
  } catch {
    // Whoever wrote it had no valid series: it is as good as not there.
    return undefined;
  }
}
