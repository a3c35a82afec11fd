import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const PAGE = readFileSync('docs/how-to/scale.md', 'utf8').replaceAll('\n', ' ');

function kept<T>(name: string): T {
  return JSON.parse(readFileSync(`bench/results/${name}.json`, 'utf8')) as T;
}

test('docs/how-to/scale.md says what the proof by kills found', () => {
  const found = kept<{
    readonly scans: number;
    readonly kills: { readonly killed: number; readonly frozen: number };
    readonly longestSeconds: number;
    readonly wrong: number;
  }>('fleet-kills');
  const { scans, kills, longestSeconds, wrong } = found;
  expect(PAGE).toContain(`in ${scans} scans by six workers, ${kills.killed} workers were killed`);
  expect(PAGE).toContain(`${kills.frozen} frozen for nine seconds`);
  expect(PAGE).toContain(`the longest scan took ${longestSeconds.toFixed(1)} s`);
  expect(wrong).toBe(0);
});

test('docs/how-to/scale.md says what the proof of speed found', () => {
  const { speedUp, rows } = kept<{
    readonly speedUp: number;
    readonly rows: readonly { readonly seconds: number }[];
  }>('fleet-speed-up');
  const [one, five, shared] = rows.map(({ seconds }) => Math.round(seconds));
  expect(PAGE).toContain(`took one worker ${one} s`);
  expect(PAGE).toContain(`${five} s (${speedUp.toFixed(1)} times as fast)`);
  expect(PAGE).toContain(`behind one address ${shared} s`);
});

test('the compose file leaves a worker and a service half as much memory again as they were measured to take', () => {
  const compose = readFileSync('examples/docker/compose.yaml', 'utf8');
  const limitMb = (service: string): number =>
    Number(new RegExp(`\n  ${service}:\n[^]*?mem_limit: (\\d+)m`).exec(compose)?.[1]);
  const { worker, service } =
    kept<Record<'worker' | 'service', { readonly mostMb: number }>>('memory');
  expect(limitMb('scanner-worker')).toBeGreaterThan(1.5 * worker.mostMb);
  expect(limitMb('scanner')).toBeGreaterThan(1.5 * service.mostMb);
  const page = readFileSync('docs/how-to/run-as-a-service.md', 'utf8');
  expect(page).toContain(
    `a worker takes up to ${worker.mostMb} MB and a service ${service.mostMb} MB`,
  );
});
