import { quote, ScannerError } from '../../errors.js';
import { boundedMap, limiter } from '../../parallel/bounded-map.js';
import type { AnalystAnswer } from '../analyst-answer.js';
import { batchAnswerSchema } from '../analyst-question.js';
import { answerSchema } from '../answer-schema.js';
import type { AnalystTool, Capability } from '../capability.js';
import type { Peer } from './peer.js';
import type { QuestionPayload } from './question.js';

const BATCH: AnalystTool = 'analyze_batch';
const BATCH_SIZE = 30;
const BATCHES_AT_ONCE = 2;
const CALLS_AT_ONCE = 4;
/** An answer may speak of a moment so long before the question's. */
const MOST_AGE_MS = 600_000;
/** Clocks differ. */
const MOST_LEAD_MS = 60_000;

/** Takes the answers to one question as they come. */
export type Deliver = (question: QuestionPayload, answers: readonly AnalystAnswer[]) => void;

/** What is asked of each market, and until when. */
export interface AskingTerms {
  readonly capabilities: readonly Capability[];
  readonly signal: AbortSignal;
}

/**
 * Asks an analyst: in batches where it takes them, else question by question.
 *
 * @throws ScannerError `bad_data` for an answer that is none; what the calls throw.
 */
export async function askAnalyst(
  peer: Peer,
  questions: readonly QuestionPayload[],
  { capabilities: wanted, signal }: AskingTerms,
  deliver: Deliver,
): Promise<void> {
  const tools = await peer.tools(signal);
  const capabilities = wanted.filter((name) => tools.has(name) || tools.has(BATCH));
  if (capabilities.length === 0) throw noTools(wanted, tools);
  const send = tools.has(BATCH) ? sendBatches : sendEach;
  await send(peer, questions, { capabilities, signal }, deliver);
}

async function sendBatches(
  peer: Peer,
  questions: readonly QuestionPayload[],
  { capabilities, signal }: AskingTerms,
  deliver: Deliver,
): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(questions.length / BATCH_SIZE) }, (_, i) =>
    questions.slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE),
  );
  await boundedMap(chunks, limiter(BATCHES_AT_ONCE), async (symbols) => {
    const content = await peer.call(BATCH, { capabilities, symbols }, signal);
    const parsed = batchAnswerSchema.safeParse(content);
    if (!parsed.success) throw badAnswer(BATCH, parsed.error.issues[0]?.path);
    const asked = new Map(symbols.map((question) => [question.symbol as string, question]));
    const { results } = parsed.data;
    if (results.length === 0) throw badAnswer(BATCH, ['results']);
    for (const answer of results) requireEcho(answer, asked.get(answer.symbol));
    for (const [symbol, question] of asked) {
      const answers = results.filter((answer) => answer.symbol === symbol);
      if (answers.length > 0) deliver(question, oneEach(answers, capabilities));
    }
  });
}

async function sendEach(
  peer: Peer,
  questions: readonly QuestionPayload[],
  { capabilities, signal }: AskingTerms,
  deliver: Deliver,
): Promise<void> {
  const limit = limiter(CALLS_AT_ONCE);
  await Promise.all(
    questions.map(async (question) => {
      const answers = await boundedMap(capabilities, limit, async (capability) => {
        const parsed = answerSchema.safeParse(await peer.call(capability, { ...question }, signal));
        if (!parsed.success) throw badAnswer(capability, parsed.error.issues[0]?.path);
        if (parsed.data.capability !== capability) throw badAnswer(capability, ['capability']);
        requireEcho(parsed.data, question);
        return parsed.data;
      });
      deliver(question, answers);
    }),
  );
}

/** The first answer of each capability that was asked: who says a thing twice has said it once. */
function oneEach(
  answers: readonly AnalystAnswer[],
  capabilities: readonly Capability[],
): readonly AnalystAnswer[] {
  return capabilities.flatMap(
    (capability) => answers.find((answer) => answer.capability === capability) ?? [],
  );
}

function requireEcho(answer: AnalystAnswer, question: QuestionPayload | undefined): void {
  if (answer.symbol !== question?.symbol) throw badAnswer(answer.capability, ['symbol']);
  const age = question.as_of - answer.as_of;
  if (age > MOST_AGE_MS || -age > MOST_LEAD_MS) throw badAnswer(answer.capability, ['as_of']);
}

function badAnswer(tool: string, path: readonly PropertyKey[] = []): ScannerError {
  const field = path.map(String).join('.') || 'answer';
  return new ScannerError('bad_data', `${tool} gave a bad ${quote(field)}`);
}

/** A gateway may have put a prefix before the names. */
function noTools(wanted: readonly Capability[], tools: ReadonlySet<string>): ScannerError {
  const alike = [...tools].find((tool) => [BATCH, ...wanted].some((name) => tool.endsWith(name)));
  const hint = alike === undefined ? '' : `; it has ${quote(alike)}, which toolMap could name`;
  return new ScannerError('bad_data', `the server has none of ${wanted.join(', ')}${hint}`);
}
