import type { TrackRecord } from '../backtest/journal/track-record.js';
import type { ReliabilityBin } from '../forecast/reliability.js';
import { optionalText } from './estimate-text.js';
import { countText, percentText, signedText } from './quantity.js';
import type { TextStyle } from './style.js';
import { type Column, tableLines } from './table.js';

/** What signals have been worth so far, as a page of text. */
export function trackRecordLines(record: TrackRecord, style: TextStyle): readonly string[] {
  const { graded, open, drift, ai, loss } = record;
  const fact = (name: string, text: string): string => `  ${name.padEnd(26)}${text}`;
  const head = `${countText(graded, 'graded signal')}, ${open} still open`;
  if (graded === 0) return [head];
  return [
    head,
    '',
    fact(
      'target reached',
      `${optionalText(record.hitRate, percentText)}; forecast ${optionalText(record.meanChance, percentText)}, no skill ${optionalText(record.meanNoSkill, percentText)}`,
    ),
    fact('win rate', optionalText(record.winRate, percentText)),
    fact(
      'mean return',
      `${optionalText(record.netBps, (bps) => signedText(bps, 1))} bps after costs`,
    ),
    fact(
      'Brier score',
      `${optionalText(record.brier, score)}, no skill ${optionalText(record.noSkillBrier, score)}`,
    ),
    fact(
      'lost against no skill',
      loss === undefined
        ? 'unknown'
        : `${signedText(loss.mean, 5)}, standard error ${loss.error.toFixed(5)} over ${countText(loss.days, 'day')}`,
    ),
    fact('chances', standing(record)),
    fact('drift', drift.alarm ? 'ALARM: calibrate anew' : 'none'),
    fact(
      'second opinion',
      ai.heard === 0
        ? 'never heard'
        : `heard on ${countText(ai.heard, 'signal')}, keeps ${percentText(ai.weight)} of its say`,
    ),
    '',
    ...tableLines(COLUMNS, record.reliability, style),
  ];
}

function standing({ fallsBack, isEnough }: TrackRecord): string {
  if (fallsBack) return 'fall back to no skill';
  return isEnough ? 'stand' : 'stand until 50 signals on 10 days can judge them';
}

function score(value: number): string {
  return value.toFixed(4);
}

const COLUMNS: readonly Column<ReliabilityBin>[] = [
  { head: 'CHANCE', align: 'right', text: ({ meanChance }) => percentText(meanChance) },
  { head: 'HIT', align: 'right', text: ({ hitRate }) => percentText(hitRate) },
  {
    head: '95 % OF IT',
    align: 'right',
    text: ({ low, high }) => `${percentText(low)} to ${percentText(high)}`,
  },
  { head: 'SIGNALS', align: 'right', text: ({ count }) => String(count) },
];
