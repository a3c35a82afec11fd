import type { ModelCard } from '../../forecast/model-card.js';

/** Digits that are kept of a fitted number: more than the data know. */
const DIGITS = 6;

/** A card as it is kept in files. */
export function rounded(card: ModelCard): ModelCard {
  const text = JSON.stringify(card, (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value)
      ? Number(value.toPrecision(DIGITS))
      : value,
  );
  return JSON.parse(text) as ModelCard;
}
