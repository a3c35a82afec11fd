import type { ForecastLineOptions } from '../../backtest/forecast-lines.js';
import type { FitOptions } from '../../backtest/model-card-fit.js';
import type { ReplaySpan } from '../../backtest/replay-span.js';
import type { SignalSettings, SymbolSignals } from '../../backtest/symbol-signals.js';
import type { ScannerErrorCode } from '../../errors.js';
import type { HorizonModel, ModelCard } from '../../forecast/model-card.js';
import type { Market } from '../../market/market.js';
import type { PackedReplay, PackedSet, PackedSymbol } from './packed-history.js';

/** Asks the scanner about every moment of one symbol's past. */
export interface SignalsTask extends Pick<SignalSettings, 'config' | 'cards'> {
  readonly kind: 'signals';
  readonly history: PackedReplay;
  readonly span: ReplaySpan;
}

/** Writes one symbol's forecasts and their outcomes into a file. */
export interface EventsTask {
  readonly kind: 'events';
  readonly history: PackedSymbol;
  readonly market: Market;
  readonly options: ForecastLineOptions;
  readonly file: string;
}

/** Fits a model card. */
export interface FitTask {
  readonly kind: 'fit';
  readonly sets: readonly PackedSet[];
  readonly options: Pick<FitOptions, 'id' | 'command' | 'sampledDecisions' | 'fitted'>;
}

/** A piece of work on the past that a thread can do by itself: plain data in, plain data out. */
export type PastTask = SignalsTask | EventsTask | FitTask;

/** What each piece of work comes to. */
export interface PastResults {
  readonly signals: SymbolSignals;
  readonly events: undefined;
  readonly fit: ModelCard;
}

/** How far a piece of work is. */
export interface PastProgress {
  readonly kind: 'progress';
  readonly done: number;
  /** What is being done, or a horizon that has just been fitted. */
  readonly doing?: string | undefined;
  readonly total?: number | undefined;
  readonly fitted?: HorizonModel | undefined;
}

/** What a thread tells. */
export type PastMessage =
  | PastProgress
  | { readonly kind: 'result'; readonly result: PastResults[keyof PastResults] }
  | {
      readonly kind: 'error';
      readonly code: ScannerErrorCode | undefined;
      readonly message: string;
    };
