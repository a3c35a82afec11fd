/**
 * What a second opinion costs a scan: 30 candidates in one batch to the statistical analyst, in a process of its own on this machine.
 *
 * Goals: at most 100 ms, and less than one once the breaker keeps the server away. Every scan is of another moment, so no answer
 * comes from the cache.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AiScorer, EnhancedMarketScanner } from '../dist/index.js';
import { mcpScorer } from '../dist/mcp.js';
import { syntheticProvider } from '../dist/providers.js';
import { median } from './interleave.js';
import { report } from './report.js';

const MINUTE = 60_000;
const CANDIDATES = 30;
const ROUNDS = 20;
/** After the first five, all failed, the breaker is open. */
const WARM_UP = 6;
const MOST_MS = 100;

const provider = syntheticProvider({ seed: 7 });
let now = (await provider.fetchTime?.()) ?? 0;

/** A scorer whose reviews are timed: what it adds to a scan, which waits for it and does nothing else meanwhile. */
class TimedScorer implements AiScorer {
  readonly id = 'timed';
  readonly times: number[] = [];
  /** Time this process spent computing, which other work on the machine does not lengthen. */
  readonly processorTimes: number[] = [];
  readonly #scorer: AiScorer;

  constructor(scorer: AiScorer) {
    this.#scorer = scorer;
  }

  async review(
    ...[signals, options]: Parameters<AiScorer['review']>
  ): ReturnType<AiScorer['review']> {
    if (signals.length !== CANDIDATES) throw new Error(`${signals.length} candidates were shown`);
    const begin = performance.now();
    const computing = process.cpuUsage();
    try {
      return await this.#scorer.review(signals, options);
    } finally {
      const { user, system } = process.cpuUsage(computing);
      this.times.push(performance.now() - begin);
      this.processorTimes.push((user + system) / 1_000);
    }
  }
}

/** What each scan waited for a scorer. */
async function waits(scorer: AiScorer): Promise<TimedScorer> {
  const timed = new TimedScorer(scorer);
  const scanner = new EnhancedMarketScanner({
    provider,
    aiScorer: timed,
    clock: () => now,
    // A scan shows twice as many candidates as it has places.
    config: { maxPositions: CANDIDATES / 2, minScore: 0, minConfidence: 0, minRewardToRisk: 0 },
  });
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    now += 5 * MINUTE;
    await scanner.scan();
  }
  return timed;
}

async function main(): Promise<void> {
  const serve = `
    import(${JSON.stringify(new URL('../dist/mcp.js', import.meta.url).href)})
      .then(({ serveAnalyst }) => serveAnalyst({ port: 0 }))
      .then(({ url }) => process.stdout.write(url));`;
  const options = { stdio: ['ignore', 'pipe', 'inherit'] } as const;
  const analyst = spawn(process.execPath, ['--eval', serve], options);
  const [url] = await once(analyst.stdout, 'data');
  const sound = mcpScorer({ serverUrl: String(url), deadlineMs: 10_000 });
  const asked = await waits(sound);
  await sound.close();
  analyst.kill();
  const broken = mcpScorer({ serverUrl: 'http://127.0.0.1:9' });
  const open = await waits(broken);
  if (broken.health()[0] !== 'open') throw new Error('the breaker is not open');
  await broken.close();
  const row = (name: string, { times, processorTimes }: TimedScorer, goal: number) => ({
    name,
    'ms, fastest': Math.min(...times.slice(WARM_UP)),
    'ms, median': median(times.slice(WARM_UP)),
    'ms of processor': median(processorTimes.slice(WARM_UP)),
    goal,
  });
  report({
    title: `What a scan waits for an opinion on ${CANDIDATES} candidates`,
    notes: ['wall time over loopback; other work on the machine shows in the median'],
    rows: [row('an analyst is asked', asked, MOST_MS), row('its breaker is open', open, 1)],
  });
}

await main();
