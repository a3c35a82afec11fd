import { z } from 'zod';
import { ScannerError } from '../../../errors.js';
import type { NewsSource } from '../news-source.js';
import type { AnalystEngine } from '../statistical-engine.js';
import { languageModelEngine } from './language-model-engine.js';
import { messagesApi } from './messages-api.js';

/** How a language model joins the analyst. */
export interface AnthropicEngineOptions {
  /** Never logged. */
  readonly apiKey: string;
  /** Models are retired after a year or so; name a newer one when that happens. @defaultValue 'claude-haiku-5-5' */
  readonly model?: string | undefined;
  /** Other models that a question may wish for by name; any other wish is answered by `model`. @defaultValue `[]` */
  readonly allowedModels?: readonly string[] | undefined;
  /** What sentiment is read from; the model sees its texts, fenced as data. */
  readonly news?: NewsSource | undefined;
  /** @defaultValue 30 */
  readonly callsPerMinute?: number | undefined;
  /** Tokens, asked and answered, within a UTC day. @defaultValue 500_000 */
  readonly tokensPerDay?: number | undefined;
  /** Longest time the model may take; then the statistical answer stands. @defaultValue 10_000 */
  readonly timeoutMs?: number | undefined;
  /** Where requests go instead of the Anthropic API. */
  readonly baseUrl?: string | undefined;
  /** Hears each time why the statistical answer stands. */
  readonly onFallback?: ((error: ScannerError) => void) | undefined;
}

const name = z.string().min(1).max(80);

const termsSchema = z.object({
  apiKey: z.string().min(1),
  model: name.default('claude-haiku-5-5'),
  allowedModels: z.array(name).default([]),
  callsPerMinute: z.int().min(1).default(30),
  tokensPerDay: z.int().min(1).default(500_000),
  timeoutMs: z.number().min(1).max(600_000).default(10_000),
});

/**
 * The statistical analyst with a language model's second thought: it gets numbers and no symbol, answers through a schema, within a
 * budget, and moves a bias by 0.3 at most. On any error the statistical answer stands. Needs the package `@anthropic-ai/sdk`.
 *
 * @throws ScannerError `config` for an option that is wrong, or saying what to install.
 *
 * @example
 * ```ts
 * import { anthropicEngine, serveAnalyst } from 'enhanced-market-scanner/mcp';
 *
 * const engine = await anthropicEngine({ apiKey: 'a key of your own', tokensPerDay: 100_000 });
 * await using analyst = await serveAnalyst({ engine, port: 0 });
 * ```
 */
export async function anthropicEngine(options: AnthropicEngineOptions): Promise<AnalystEngine> {
  const parsed = termsSchema.safeParse(options);
  if (!parsed.success) {
    // Without the value: one of them is a secret.
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ScannerError('config', wrong.join('; '));
  }
  const { baseUrl, news, onFallback = () => undefined } = options;
  const { apiKey, ...terms } = parsed.data;
  const ask = await messagesApi({ apiKey, baseUrl });
  return languageModelEngine({ ...terms, ask, news, onFallback, now: Date.now });
}
