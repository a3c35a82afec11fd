import { serveAnalyst } from '../../src/mcp/analyst/serve-analyst.js';
import { statisticalEngine } from '../../src/mcp/analyst/statistical-engine.js';
import { CAPABILITIES } from '../../src/mcp/capability.js';
import type { HttpService } from '../../src/mcp/http.js';

/** An analyst that writes down each question of the first capability it is asked for. */
export function recordingAnalyst(asked: string[]): Promise<HttpService> {
  const engine = statisticalEngine();
  return serveAnalyst({
    port: 0,
    engine: {
      answer(capability, question) {
        if (capability === CAPABILITIES[0]) asked.push(JSON.stringify(question));
        return engine.answer(capability, question);
      },
    },
  });
}
