import { quote, ScannerError } from '../errors.js';
import { DIRECTION_FEATURES } from './direction-tilt.js';
import { MAX_SIGMA_SPREAD } from './likely-sigmas.js';
import type { ModelCard } from './model-card.js';
import { VOLATILITY_FEATURES } from './volatility-features.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A model card from its JSON.
 *
 * @throws ScannerError `bad_data` naming the first thing that is missing or wrong.
 */
export function readModelCard(text: string): ModelCard {
  const card = fieldsOf(parsed(text), 'a model card');
  const { id, provenance, horizons, tilt } = card;
  need(typeof id === 'string', 'id', 'a name', id);
  fieldsOf(provenance, 'provenance');
  need(Array.isArray(horizons) && horizons.length > 0, 'horizons', 'a list', horizons);
  let shorter = 0;
  for (const [i, horizon] of (horizons as readonly unknown[]).entries()) {
    shorter = checkHorizon(fieldsOf(horizon, `horizons[${i}]`), `horizons[${i}]`, shorter);
  }
  const opinion = fieldsOf(tilt, 'tilt');
  const { weights } = opinion;
  checkNumbers(weights, 'tilt.weights', DIRECTION_FEATURES.length);
  checkNumber(opinion, 'tilt', 'provenShare', 0, 1);
  return card as unknown as ModelCard;
}

/** @returns The horizon, which the next must exceed. */
function checkHorizon(model: Fields, name: string, shorter: number): number {
  const { horizonMs, weights, reliability } = model;
  need(
    typeof horizonMs === 'number' && horizonMs > shorter,
    `${name}.horizonMs`,
    `more than ${shorter}`,
    horizonMs,
  );
  checkNumber(model, name, 'intercept', Number.NEGATIVE_INFINITY);
  for (const field of ['smearing', 'rangeFactor', 'designEffect']) {
    checkNumber(model, name, field, Number.MIN_VALUE);
  }
  checkNumbers(weights, `${name}.weights`, VOLATILITY_FEATURES.length);
  for (const part of ['barrier', 'touch']) {
    const calibration = fieldsOf(model[part], `${name}.${part}`);
    checkNumber(calibration, `${name}.${part}`, 'sigmaScale', Number.MIN_VALUE);
    checkNumber(calibration, `${name}.${part}`, 'sigmaSpread', 0, MAX_SIGMA_SPREAD);
  }
  const table = fieldsOf(reliability, `${name}.reliability`);
  const { count } = table;
  need(Array.isArray(count), `${name}.reliability.count`, 'a list', count);
  for (const column of ['count', 'hits', 'meanChance']) {
    checkNumbers(table[column], `${name}.reliability.${column}`, (count as unknown[]).length);
  }
  return horizonMs as number;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ScannerError('bad_data', 'a model card must be JSON', { cause });
  }
}

function fieldsOf(value: unknown, name: string): Fields {
  need(
    typeof value === 'object' && value !== null && !Array.isArray(value),
    name,
    'an object',
    value,
  );
  return value as Fields;
}

function checkNumber(
  fields: Fields,
  name: string,
  field: string,
  least: number,
  most = Number.MAX_VALUE,
): void {
  const value = fields[field];
  const holds =
    typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most;
  const atMost = most === Number.MAX_VALUE ? '' : ` and at most ${most}`;
  need(holds, `${name}.${field}`, `a number of at least ${least}${atMost}`, value);
}

function checkNumbers(value: unknown, name: string, count: number): void {
  const holds = Array.isArray(value) && value.length === count && value.every(Number.isFinite);
  need(holds, name, `${count} numbers`, value);
}

function need(holds: boolean, name: string, expected: string, found: unknown): void {
  if (!holds)
    throw new ScannerError('bad_data', `${name} must be ${expected}, was ${quote(found)}`);
}
