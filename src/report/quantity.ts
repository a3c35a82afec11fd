// Numbers as a trader reads them: UTC moments, prices without exponents, ratios as percent.

/** A moment in UTC, to the minute: `2024-05-01 00:00 UTC`; seconds appear where they are not zero. */
export function momentText(time: number): string {
  const [date, clock] = new Date(time).toISOString().split('T');
  const seconds = clock.slice(5, 8);
  return `${date} ${clock.slice(0, 5)}${seconds === ':00' ? '' : seconds} UTC`;
}

const PLAIN = new Intl.NumberFormat('en', { maximumSignificantDigits: 8, useGrouping: false });

/** A price in plain decimals, up to eight significant digits: `63210.5`, `0.00002314`. */
export function priceText(price: number): string {
  return PLAIN.format(price);
}

const COMPACT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, notation: 'compact' });

/** A large amount in three digits and a letter: `12.3M`, `840K`. */
export function compactText(amount: number): string {
  return COMPACT.format(amount);
}

/** A fraction as a percentage: 0.0123 is `1.2%`. */
export function percentText(fraction: number, digits = 1): string {
  return `${unsignedZero((fraction * 100).toFixed(digits))}%`;
}

/** A number that always carries its sign, so that support and objection are told apart at a glance. */
export function signedText(value: number, digits = 2): string {
  const text = unsignedZero(value.toFixed(digits));
  return text.startsWith('-') ? text : `+${text}`;
}

/** A fraction as a percentage that always carries its sign. */
export function signedPercentText(fraction: number, digits = 1): string {
  return `${signedText(fraction * 100, digits)}%`;
}

/** Any measured value: whole numbers as they are, others to four significant digits, large ones compact. */
export function valueText(value: number): string {
  if (Math.abs(value) >= 10_000) return compactText(value);
  return Number.isInteger(value) ? String(value) : priceText(Number(value.toPrecision(4)));
}

/** A count with its noun: `1 signal`, `2 signals`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

// `(-0.001).toFixed(2)` is "-0.00", a sign without a meaning.
function unsignedZero(text: string): string {
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}
