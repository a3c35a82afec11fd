import type { HorizonModel, ModelCard } from '../forecast/model-card.js';
import { countText, momentText, percentText } from './quantity.js';
import type { TextStyle } from './style.js';
import { type Column, tableLines } from './table.js';

const HOUR_MS = 3_600_000;

/** A fitted model card, as a page of text. */
export function modelCardLines(card: ModelCard, path: string, style: TextStyle): readonly string[] {
  const { id, provenance, horizons, tilt } = card;
  const isSilent = tilt.weights.every((weight) => weight === 0);
  return [
    `${id}, written to ${path}`,
    ...provenance.data.map(
      ({ name, symbols, from, to, decisions }) =>
        `  ${name}: ${countText(symbols, 'symbol')}, ${momentText(from)} to ${momentText(to)}, ${countText(decisions, 'decision')}`,
    ),
    '',
    ...tableLines(COLUMNS, horizons, style),
    '',
    isSilent
      ? 'direction: nothing that unseen data bear out'
      : `direction: a whisper, of which ${percentText(tilt.provenShare)} holds in every set`,
  ];
}

const COLUMNS: readonly Column<HorizonModel>[] = [
  { head: 'HORIZON', align: 'right', text: ({ horizonMs }) => `${horizonMs / HOUR_MS} h` },
  { head: 'BARRIERS', align: 'right', text: ({ barrier }) => pair(barrier) },
  { head: 'TOUCHES', align: 'right', text: ({ touch }) => pair(touch) },
  { head: 'ERROR ON UNSEEN SETS', align: 'right', text: ({ reliability }) => errorOf(reliability) },
];

function pair({ sigmaScale, sigmaSpread }: HorizonModel['barrier']): string {
  return `${sigmaScale.toFixed(2)} x, spread ${sigmaSpread.toFixed(2)}`;
}

/** Mean distance of forecast and hit rate over the bins; unknown where one set alone was given. */
function errorOf({ count, hits, meanChance }: HorizonModel['reliability']): string {
  const events = count.reduce((sum, events) => sum + events, 0);
  if (events === 0) return 'unknown';
  const distance = count.reduce(
    (sum, events, bin) => sum + Math.abs(events * meanChance[bin] - hits[bin]),
    0,
  );
  return percentText(distance / events);
}
