import { leadMs, msPerWeight } from '../../parallel/rate-pace.js';
import type { Charge } from '../../ports/charge.js';
import { type BudgetLedger, type Grant, HORIZON_MS } from './budget-ledger.js';
import type { FleetConnection } from './fleet-connection.js';
import { REDIS_NOW } from './redis-time.js';

/** How long Redis may take to answer. */
const ANSWER_MS = 500;

/**
 * Lua that spends at `now`. One bucket for each limit: the moment when all that was spent of it is earned again. A charge goes
 * out `lead` before that, at the latest of its limits' moments, and pushes each of them back by what it costs.
 */
export const SPEND = `
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

const SPEND_NOW = `${REDIS_NOW}${SPEND}`;

const FREEZE = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], 1, 'PX', ARGV[1]) end`;

/** The ledger of one address, in Redis. */
export class RedisLedger implements BudgetLedger {
  readonly #connection: FleetConnection;
  readonly #address: string;

  constructor(connection: FleetConnection, address: string) {
    this.#connection = connection;
    this.#address = address;
  }

  async spend(charges: readonly Charge[]): Promise<Grant> {
    const freezable = freezableOf(charges);
    const keys = [
      ...charges.map(({ limit }) => `ems:budget:${this.#address}:${limit.name}`),
      ...freezable.map((name) => this.#frozenKey(name)),
    ];
    const answer = await this.#connection.ask(
      (redis) => redis.eval(SPEND_NOW, keys.length, ...keys, ...spendArguments(charges)),
      ANSWER_MS,
    );
    const [isGranted, waitMs, ...left] = answer as [number, string, ...number[]];
    const frozen = freezable.map((name, i) => [name, left[i]] as const).filter(([, ms]) => ms > 0);
    return { isGranted: isGranted === 1, waitMs: Number(waitMs), frozenMs: new Map(frozen) };
  }

  async freeze(limitName: string, ms: number): Promise<void> {
    const key = this.#frozenKey(limitName);
    await this.#connection.ask((redis) => redis.eval(FREEZE, 1, key, Math.ceil(ms)), ANSWER_MS);
  }

  #frozenKey(limitName: string): string {
    return `ems:frozen:${this.#address}:${limitName}`;
  }
}

/** What {@link SPEND} takes: how many limits, the horizon, and of each limit the price and the lead. */
export function spendArguments(charges: readonly Charge[]): readonly number[] {
  const prices = charges.flatMap((charge) => [
    charge.weight * msPerWeight(charge.limit),
    leadMs(charge),
  ]);
  return [charges.length, HORIZON_MS, ...prices];
}

/** The limits that are drawn on, and the exchanges they are part of: `bitget/candles` is part of `bitget`. */
function freezableOf(charges: readonly Charge[]): readonly string[] {
  const names = charges.map(({ limit }) => limit.name);
  const parts = names.filter((name) => name.includes('/'));
  return [...new Set([...names, ...parts.map((name) => name.slice(0, name.lastIndexOf('/')))])];
}
