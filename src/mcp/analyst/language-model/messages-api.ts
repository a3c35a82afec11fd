import { ScannerError } from '../../../errors.js';

/** A question to a language model whose answer must fit a schema. */
export interface ModelRequest {
  readonly model: string;
  readonly maxTokens: number;
  readonly system: string;
  readonly content: string;
  /** JSON schema of the answer. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** What came back, before anybody has looked at it. */
export interface ModelReply {
  readonly text: string;
  /** Tokens that were asked and answered. */
  readonly tokens: number;
}

/** Asks a language model. @throws whatever the call ends with. */
export type AskModel = (request: ModelRequest, signal: AbortSignal) => Promise<ModelReply>;

/** Where the model is. */
export interface ModelAddress {
  readonly apiKey: string;
  /** Where requests go instead of the Anthropic API. */
  readonly baseUrl?: string | undefined;
}

/** Named, so that no variable of the environment sends the key elsewhere. */
const API = 'https://api.anthropic.com';

/** The Anthropic API. @throws ScannerError `config` saying what to install. */
export async function messagesApi({ apiKey, baseUrl }: ModelAddress): Promise<AskModel> {
  const { Anthropic } = await loadSdk();
  // One try: whoever asks has an answer of its own and does not wait for a second.
  const client = new Anthropic({ apiKey, maxRetries: 0, baseURL: baseUrl || API });
  return async ({ model, maxTokens, system, content, schema }, signal) => {
    const message = await client.messages.create(
      {
        ...{ model, system, max_tokens: maxTokens },
        messages: [{ role: 'user', content }],
        output_config: { format: { type: 'json_schema', schema } },
      },
      { signal },
    );
    const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    return { text, tokens: message.usage.input_tokens + message.usage.output_tokens };
  };
}

async function loadSdk(): Promise<typeof import('@anthropic-ai/sdk')> {
  try {
    return await import('@anthropic-ai/sdk');
  } catch (cause) {
    throw new ScannerError(
      'config',
      'a language model needs the package @anthropic-ai/sdk, which is not installed: npm install @anthropic-ai/sdk',
      { cause },
    );
  }
}
