import { ScannerError } from '../../errors.js';
import type { RequestOptions } from '../../ports/data-provider.js';
import { encodeAnswer } from './answer-code.js';
import type { RecordedAnswer, RecordedCall } from './capsule.js';

/** Keeps what came of every question, in the order it was asked. */
export class CallRecorder {
  readonly #redact: (text: string) => string;
  readonly #answers = new Map<string, RecordedAnswer[]>();

  /** @param redact - Takes secrets out of a text. */
  constructor(redact: (text: string) => string) {
    this.#redact = redact;
  }

  get calls(): readonly RecordedCall[] {
    return Array.from(this.#answers, ([question, answers]) => ({ question, answers }));
  }

  /** Asks, and keeps what comes; who stopped waiting heard nothing. Errors lose their secrets before anybody sees them. */
  async record<T>(question: string, { signal }: RequestOptions, ask: () => Promise<T>): Promise<T> {
    const answers = this.#answers.get(question) ?? [];
    this.#answers.set(question, answers);
    const place = answers.push({ kind: 'silence' }) - 1;
    try {
      const value = await ask();
      if (!signal?.aborted) answers[place] = { kind: 'answer', value: encodeAnswer(value) };
      return value;
    } catch (error) {
      const clean = withoutSecrets(error, this.#redact);
      if (!signal?.aborted) answers[place] = recordedError(clean);
      throw clean;
    }
  }
}

function withoutSecrets(error: unknown, redact: (text: string) => string): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? redact(error) : error;
  if (messagesOf(error).every((message) => redact(message) === message)) return error;
  const message = redact(error.message);
  // Without its cause, which may be what holds the secret.
  if (ScannerError.is(error))
    return new ScannerError(error.code, message, { symbol: error.symbol });
  return new Error(message);
}

function messagesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)];
  return [error.message, ...messagesOf(error.cause)];
}

function recordedError(error: unknown): RecordedAnswer {
  const { code, symbol } = ScannerError.is(error) ? error : { code: undefined, symbol: undefined };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'error', code, message, symbol };
}
