/**
 * What a second opinion costs a scan: 30 candidates in one batch to the statistical analyst, in a process of its own on this machine.
 *
 * Goals: at most 100 ms more a scan, and nothing once the breaker keeps the server away. Every scan is of another moment, so no answer
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
const ROUNDS = 25;
const WARM_UP = 5;
const MOST_MS = 100;
/** Failures in a row that open the breaker. */
const FAILURES = 5;

const provider = syntheticProvider({ seed: 7 });
let now = (await provider.fetchTime?.()) ?? 0;

/** Shows a scorer the same number of candidates each time, and counts them. */
function counted(scorer: AiScorer): AiScorer {
  return {
    id: scorer.id,
    review(signals, options) {
      if (signals.length !== CANDIDATES) throw new Error(`${signals.length} candidates were shown`);
      return scorer.review(signals, options);
    },
  };
}

function scannerWith(scorer?: AiScorer): EnhancedMarketScanner {
  return new EnhancedMarketScanner({
    provider,
    aiScorer: scorer && counted(scorer),
    clock: () => now,
    // A scan shows twice as many candidates as it has places.
    config: { maxPositions: CANDIDATES / 2, minScore: 0, minConfidence: 0, minRewardToRisk: 0 },
  });
}

async function timed(scanner: EnhancedMarketScanner): Promise<number> {
  const begin = performance.now();
  await scanner.scan();
  return performance.now() - begin;
}

async function main(): Promise<void> {
  const serve = `
    import(${JSON.stringify(new URL('../dist/mcp.js', import.meta.url).href)})
      .then(({ serveAnalyst }) => serveAnalyst({ port: 0 }))
      .then(({ url }) => process.stdout.write(url));`;
  const analyst = spawn(process.execPath, ['--eval', serve], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = await once(analyst.stdout, 'data');
  const dead = mcpScorer({ serverUrl: 'http://127.0.0.1:9' });
  const scanners = {
    'without an opinion': scannerWith(),
    'with the opinion of an analyst': scannerWith(
      mcpScorer({ serverUrl: String(url), deadlineMs: 10_000 }),
    ),
    'with the breaker open': scannerWith(dead),
  };
  const times = new Map(Object.keys(scanners).map((name) => [name, [] as number[]]));
  for (let i = 0; i < FAILURES; i++) await scanners['with the breaker open'].scan();
  if (dead.health()[0] !== 'open') throw new Error('the breaker is not open');
  for (let round = 0; round < ROUNDS; round++) {
    now += 5 * MINUTE;
    for (const [name, scanner] of Object.entries(scanners)) times.get(name)?.push(await timed(scanner));
  }
  for (const scanner of Object.values(scanners)) await scanner.close();
  analyst.kill();
  const middle = (name: string): number => median((times.get(name) ?? []).slice(WARM_UP));
  const alone = middle('without an opinion');
  report({
    title: `Scans that ask about ${CANDIDATES} candidates, milliseconds`,
    notes: ['wall time on loopback, scans of the three kinds by turns'],
    rows: Object.keys(scanners).map((name) => ({
      name,
      'ms per scan': middle(name),
      'ms more': middle(name) - alone,
      goal: name === 'with the breaker open' ? 0 : MOST_MS,
    })),
  });
}

await main();
