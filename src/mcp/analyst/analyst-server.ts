import { McpServer } from '@modelcontextprotocol/server';
import { boundedMap, limiter } from '../../parallel/bounded-map.js';
import { throwIfAborted } from '../../parallel/deadline.js';
import type { AnalystAnswer } from '../analyst-answer.js';
import {
  type AnalystQuestion,
  type BatchAnswer,
  type BatchQuestion,
  batchAnswerSchema,
  batchQuestionSchema,
  questionSchema,
} from '../analyst-question.js';
import { answerSchemas } from '../answer-schema.js';
import { CAPABILITIES, type Capability } from '../capability.js';
import { toolResult } from '../tool-result.js';
import type { AnalystEngine } from './statistical-engine.js';

const TITLES: Readonly<Record<Capability, readonly [title: string, description: string]>> = {
  market_analysis: ['Market analysis', 'Where a market is going, beyond what chance would do.'],
  risk_assessment: ['Risk assessment', 'What can be lost: value at risk, shortfall, drawdown.'],
  pattern_recognition: ['Pattern recognition', 'Chart patterns of the newest turning points.'],
  sentiment_analysis: ['Sentiment', 'What is written about a market; confidence 0 if unknown.'],
  volatility_prediction: ['Volatility', 'How far price may move over the next 12 candles.'],
  market_regime: ['Market regime', 'Bull, bear, range or volatile, and how sure.'],
};

/** An engine that waits for a model waits for several at once; one that computes is no slower for it. */
const QUESTIONS_AT_ONCE = 4;

/** Programs read the answer to a batch, and those of this package read so much. */
const MOST_BATCH_BYTES = 1 << 20;

const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
} as const;

/** A server of the six analyst tools and `analyze_batch`; cheap to make, one for each connection. */
export function analystServer(engine: AnalystEngine, version: string): McpServer {
  const { asksElsewhere: openWorldHint = false } = engine;
  const annotations = { ...READ_ONLY, openWorldHint };
  const server = new McpServer(
    { name: 'enhanced-market-scanner-analyst', title: 'Market analyst', version },
    {
      instructions:
        'Give closes of consecutive candles, oldest first. Confidence 0 means that nothing is known. Arithmetic on the past, not advice.',
    },
  );
  for (const capability of CAPABILITIES) {
    const [title, description] = TITLES[capability];
    server.registerTool(
      capability,
      {
        title,
        description,
        inputSchema: questionSchema,
        outputSchema: answerSchemas[capability],
        annotations,
      },
      (question, { mcpReq }) =>
        toolResult(() => engine.answer(capability, question, mcpReq.signal)),
    );
  }
  server.registerTool(
    'analyze_batch',
    {
      title: 'Analyse many markets',
      description: 'Answers several questions about up to 50 markets in one call.',
      inputSchema: batchQuestionSchema,
      outputSchema: batchAnswerSchema,
      annotations,
    },
    (batch, { mcpReq }) =>
      toolResult(() => answerBatch(engine, batch, mcpReq.signal), { maxBytes: MOST_BATCH_BYTES }),
  );
  return server;
}

/** Answers every question of a batch; what cannot be answered is listed with its reason. @throws ScannerError `aborted` */
export async function answerBatch(
  engine: AnalystEngine,
  { capabilities, symbols }: BatchQuestion,
  signal?: AbortSignal,
): Promise<BatchAnswer> {
  const asked = [...new Set(capabilities)];
  const answers = await boundedMap(symbols, limiter(QUESTIONS_AT_ONCE), async (question) => {
    // Lets a cancellation in, and other requests, between two symbols.
    await new Promise<void>((resolve) => setImmediate(resolve));
    throwIfAborted(signal);
    return answersTo(engine, asked, question, signal);
  });
  return {
    results: answers.flatMap(({ results }) => results),
    errors: answers.flatMap(({ errors }) => errors),
  };
}

async function answersTo(
  engine: AnalystEngine,
  capabilities: readonly Capability[],
  question: AnalystQuestion,
  signal: AbortSignal | undefined,
): Promise<BatchAnswer> {
  const results: AnalystAnswer[] = [];
  const errors: BatchAnswer['errors'][number][] = [];
  for (const capability of capabilities) {
    try {
      results.push(await engine.answer(capability, question, signal));
    } catch (error) {
      throwIfAborted(signal);
      const message = error instanceof Error ? error.message : String(error);
      errors.push({ symbol: question.symbol, capability, code: 'FAILED', message });
    }
  }
  return { results, errors };
}
