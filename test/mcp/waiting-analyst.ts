/** An analyst over stdin and stdout that never answers, and writes down when each of its callers gave up. */
import { appendFileSync } from 'node:fs';
import { serveAnalystStdio } from '../../src/mcp/analyst/serve-analyst.js';

const [, , memory = ''] = process.argv;

await serveAnalystStdio({
  engine: {
    answer(_, question, signal) {
      appendFileSync(memory, `asked ${question.as_of}\n`);
      signal?.addEventListener('abort', () => appendFileSync(memory, `given up ${Date.now()}\n`));
      return new Promise(() => undefined);
    },
  },
});
