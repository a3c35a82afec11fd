import { z } from 'zod';
import type { BacktestReport } from '../../backtest/backtest-report.js';
import type { Estimate } from '../../backtest/resampling.js';
import { failureText } from '../tool-result.js';
import type { Job } from './job-board.js';
import { plain } from './scan-view.js';

/** A job as an assistant is shown it: a handle while it runs, its result when it is done. */
export interface JobView {
  readonly job_id: string;
  readonly state: string;
  readonly progress: number;
  readonly result?: object;
  readonly error?: string;
}

export function jobView({ id, state, progress, result, error }: Job): JobView {
  return {
    job_id: id,
    state,
    progress,
    ...(result !== undefined && { result }),
    ...(error !== undefined && { error: plain(failureText(error)) }),
  };
}

/** What a back-test came to, without its curves: about 3 kB. */
export function backtestView(report: BacktestReport): object {
  const { summary, winRateInterval, meanWinProbability, meanNoSkill, breakEvenRate } = report;
  const [low, high] = winRateInterval;
  return {
    from: report.from,
    to: report.to,
    decisions: report.decisions,
    signals: report.signals,
    trades: report.trades,
    win_rate: { value: summary.winRate, low, high },
    target_rate: estimate(report.hitRate) ?? { value: summary.hitRate },
    net_bps_per_trade: estimate(report.expectancyBps) ?? { value: summary.netBps },
    ...absentLeftOut({
      forecast_target_rate: meanWinProbability,
      no_skill_target_rate: meanNoSkill,
      break_even_win_rate: breakEvenRate,
      sharpe: estimate(report.sharpe),
      chance_that_luck_did_it: report.permutationChance,
    }),
    gross_bps_per_trade: summary.grossBps,
    max_drawdown: report.maxDrawdown,
    exposure: report.exposure,
    start_equity: report.startEquity,
    end_equity: report.endEquity,
    by_symbol: report.bySymbol.map(({ name, count, winRate, netBps }) => ({
      ...{ symbol: plain(name), trades: count, win_rate: winRate, net_bps: netBps },
    })),
    note: 'Arithmetic on the past. A range that holds 0 shows no edge; the more settings were tried, the less one good result says.',
  };
}

function estimate(of: Estimate | undefined): object | undefined {
  return of && { value: of.value, low: of.low, high: of.high };
}

function absentLeftOut(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const range = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** Too few days of trades give a value and no range. */
const perhapsRange = range.partial({ low: true, high: true });

const backtestSchema = z.object({
  from: z.int(),
  to: z.int(),
  decisions: z.int(),
  signals: z.int(),
  trades: z.int(),
  win_rate: range,
  target_rate: perhapsRange,
  net_bps_per_trade: perhapsRange,
  forecast_target_rate: z.number().optional(),
  no_skill_target_rate: z.number().optional(),
  break_even_win_rate: z.number().optional(),
  sharpe: range.optional(),
  chance_that_luck_did_it: z.number().optional(),
  gross_bps_per_trade: z.number(),
  max_drawdown: z.number(),
  exposure: z.number(),
  start_equity: z.number(),
  end_equity: z.number(),
  by_symbol: z.array(
    z.object({
      symbol: z.string(),
      trades: z.int(),
      win_rate: z.number(),
      net_bps: z.number(),
    }),
  ),
  note: z.string(),
});

/** The schema of {@link JobView}; back-tests are the only jobs. */
export const jobSchema: z.ZodType = z.object({
  job_id: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  progress: z.number(),
  result: backtestSchema.optional(),
  error: z.string().optional(),
});
