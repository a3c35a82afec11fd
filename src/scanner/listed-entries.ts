import { quote, ScannerError } from '../errors.js';

/** What a source listed: every symbol it names is in exactly one of the two maps. */
export interface Listed<Entry> {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Why a symbol's entry cannot be used. */
  readonly errors: ReadonlyMap<string, ScannerError>;
  /** How many entries name no symbol. */
  readonly nameless: number;
}

/**
 * The entries of a list by symbol. One that is broken, or there twice, spoils no other.
 *
 * @param call - Who gave the list, as messages name it.
 * @param faultOf - What makes an entry unusable.
 * @throws ScannerError `bad_data` when the answer is no list.
 */
export function readList<Entry extends { readonly symbol: string }>(
  call: string,
  answer: unknown,
  faultOf: (entry: Entry) => ScannerError | undefined,
): Listed<Entry> {
  if (!Array.isArray(answer)) {
    throw new ScannerError('bad_data', `${call} must give a list, gave ${quote(answer)}`);
  }
  const entries = new Map<string, Entry>();
  const errors = new Map<string, ScannerError>();
  let nameless = 0;
  for (const entry of answer as readonly Entry[]) {
    const symbol = symbolOf(entry);
    if (symbol === undefined) {
      nameless++;
    } else if (errors.has(symbol) || entries.delete(symbol)) {
      errors.set(symbol, fault(symbol, `${call} must give a symbol once, gave it again`));
    } else {
      const error = faultIn(call, symbol, entry, faultOf);
      if (error === undefined) entries.set(symbol, entry);
      else errors.set(symbol, error);
    }
  }
  return { entries, errors, nameless };
}

function symbolOf(entry: { readonly symbol: unknown } | undefined | null): string | undefined {
  try {
    const symbol = entry?.symbol;
    return typeof symbol === 'string' && symbol !== '' ? symbol : undefined;
  } catch {
    return undefined;
  }
}

function faultIn<Entry>(
  call: string,
  symbol: string,
  entry: Entry,
  faultOf: (entry: Entry) => ScannerError | undefined,
): ScannerError | undefined {
  try {
    return faultOf(entry);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    return fault(symbol, `${call} gave an entry that cannot be read: ${quote(reason)}`, error);
  }
}

function fault(symbol: string, message: string, cause?: unknown): ScannerError {
  return new ScannerError('bad_data', message, { symbol, cause });
}
