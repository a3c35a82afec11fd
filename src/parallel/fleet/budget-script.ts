import type { Redis } from 'ioredis';
import type { Charge } from '../../ports/charge.js';
import { leadMs, msPerWeight } from '../rate-pace.js';

/** What Redis says to somebody who wants to spend. */
export interface Grant {
  /** Whether the moment in `waitMs` is reserved; otherwise it is when to ask again. */
  readonly isGranted: boolean;
  readonly waitMs: number;
  /** How long limits stay frozen, of those that are. */
  readonly frozenMs: ReadonlyMap<string, number>;
}

/** Nobody reserves a moment further away: who reserved and then was stopped has wasted it. */
const HORIZON_MS = 1_000;

// One bucket for each limit: the moment when all that was spent of it is earned again. A charge goes out `lead` before that,
// at the latest of its limits' moments, and pushes each of them back by what it costs.
const SPEND = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local limits = tonumber(ARGV[1])
local frozen = {}
local wait = 0
for i = limits + 1, #KEYS do
  local left = redis.call('PTTL', KEYS[i])
  frozen[#frozen + 1] = left
  wait = math.max(wait, left)
end
if wait > 0 then return { 0, tostring(wait), unpack(frozen) } end
local paid = {}
local start = now
for i = 1, limits do
  paid[i] = tonumber(redis.call('GET', KEYS[i]) or '0')
  start = math.max(start, paid[i] - ARGV[2 * i + 2])
end
local away = start - now
if away > tonumber(ARGV[2]) then
  return { 0, tostring(away - ARGV[2] / 2), unpack(frozen) }
end
for i = 1, limits do
  local due = math.max(paid[i], start) + ARGV[2 * i + 1]
  redis.call('SET', KEYS[i], string.format('%.3f', due), 'PX', math.ceil(due - now) + 1)
end
return { 1, tostring(away), unpack(frozen) }`;

const FREEZE = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], 1, 'PX', ARGV[1]) end`;

/** Asks for the right to send a request behind an address. */
export async function spend(
  redis: Redis,
  address: string,
  charges: readonly Charge[],
): Promise<Grant> {
  const freezable = freezableOf(charges);
  const keys = [
    ...charges.map(({ limit }) => `ems:budget:${address}:${limit.name}`),
    ...freezable.map((name) => frozenKey(address, name)),
  ];
  const prices = charges.flatMap((charge) => [
    charge.weight * msPerWeight(charge.limit),
    leadMs(charge),
  ]);
  const answer = await redis.eval(
    SPEND,
    keys.length,
    ...keys,
    charges.length,
    HORIZON_MS,
    ...prices,
  );
  const [isGranted, waitMs, ...left] = answer as [number, string, ...number[]];
  const frozen = freezable.map((name, i) => [name, left[i]] as const).filter(([, ms]) => ms > 0);
  return { isGranted: isGranted === 1, waitMs: Number(waitMs), frozenMs: new Map(frozen) };
}

/** Has nobody behind an address spend of a limit for so long; a longer freeze that is on stays. */
export async function freeze(
  redis: Redis,
  address: string,
  limitName: string,
  ms: number,
): Promise<void> {
  await redis.eval(FREEZE, 1, frozenKey(address, limitName), Math.ceil(ms));
}

/** The limits that are drawn on, and the exchanges they are part of: `bitget/candles` is part of `bitget`. */
function freezableOf(charges: readonly Charge[]): readonly string[] {
  const names = charges.map(({ limit }) => limit.name);
  const parts = names.filter((name) => name.includes('/'));
  return [...new Set([...names, ...parts.map((name) => name.slice(0, name.lastIndexOf('/')))])];
}

function frozenKey(address: string, limitName: string): string {
  return `ems:frozen:${address}:${limitName}`;
}
