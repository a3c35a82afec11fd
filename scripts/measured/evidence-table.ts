import { pooledSupport, provenShare } from '../../src/backtest/tilt-fit.js';
import { defaultModelCard } from '../../src/forecast/default-model-card.js';
import type { TiltFinding } from '../../src/forecast/model-card.js';
import { percentText } from '../../src/report/quantity.js';
import { markdownTable } from './markdown-table.js';

/** Standard errors on either side of a 95 % interval. */
const EITHER_SIDE = 1.96;

/** How far each data set bore out the shipped card's opinion on direction, fitted on the others. */
export function evidenceTable(): string {
  const { provenance, tilt } = defaultModelCard;
  const { findings = [] } = tilt;
  return markdownTable([
    ['data set', 'outcomes on the opinion, 1 where it is right', 'borne out at 95%'],
    ...findings.map((finding, i) => row(provenance.data[i].name, finding)),
    row('together', pooledSupport(findings)),
  ]);
}

function row(name: string, finding: TiltFinding): readonly string[] {
  const { slope, error } = finding;
  const [low, high] = [slope - EITHER_SIDE * error, slope + EITHER_SIDE * error];
  const interval = `${slope.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  return [name, interval, percentText(provenShare(finding))];
}
