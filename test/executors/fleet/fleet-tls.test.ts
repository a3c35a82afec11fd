import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ems } from '../../cli/ems.js';
import { isInstalled } from '../is-installed.js';
import { freePort, hasRedis } from './redis-server.js';
import { WorkerProcess } from './worker-process.js';

const canMakeCertificates = isInstalled('openssl', 'version');

describe.skipIf(!hasRedis || !canMakeCertificates)(
  'a fleet over TLS (skipped where redis-server or openssl is not installed)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'ems-tls-'));
    const trusted = { NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') };
    let port: number;
    let server: ChildProcess;

    const url = (password: string): string => `rediss://:${password}@127.0.0.1:${port}`;
    const status = (password: string, env: NodeJS.ProcessEnv) =>
      ems(['fleet', 'status', '--fleet', url(password)], env);

    beforeAll(async () => {
      makeCertificate(folder);
      port = await freePort();
      const tls = ['--tls-cert-file', 'cert.pem', '--tls-key-file', 'key.pem'];
      const flags = ['--port', '0', '--tls-port', `${port}`, ...tls, '--tls-auth-clients', 'no'];
      const local = ['--bind', '127.0.0.1', '--save', '', '--requirepass', 'canary-51c9'];
      server = spawn('redis-server', [...flags, ...local], { cwd: folder, stdio: 'ignore' });
      while ((await status('canary-51c9', trusted)).code !== 0) await sleep(50);
    });

    afterAll(() => {
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });

    test('workers and scanners reach it by rediss:// and the password in it', async () => {
      const command = ['dist/bin/ems.js', 'worker', '--fleet', url('canary-51c9')];
      await using worker = await WorkerProcess.run(command, trusted);
      expect(worker.stderr).not.toContain('away');
      expect((await status('canary-51c9', trusted)).stdout).toMatch(/^workers {4}1$/m);
    });

    test('who does not know the certificate or the password is told so, and no password is printed', async () => {
      const stranger = await status('canary-51c9', {});
      expect(stranger.stderr).toMatch(/Redis is away: self-signed certificate/);
      const guess = await status('guess-77', trusted);
      expect(guess.stderr).toMatch(/Redis is away: WRONGPASS/);
      expect(stranger.stdout + stranger.stderr).not.toContain('canary-51c9');
      expect(guess.stdout + guess.stderr).not.toContain('guess-77');
    });
  },
);

function makeCertificate(folder: string): void {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem'];
  const name = ['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...key, ...name], { cwd: folder, stdio: 'ignore' });
}
