import { expect, test } from 'vitest';
import { endpointsOf } from '../../src/mcp/scorer/server-address.js';

test('an address is tried as given and below the usual paths', () => {
  expect(
    endpointsOf('http://localhost:8811').map(({ transport, url }) => [transport, url.pathname]),
  ).toEqual([
    ['http', '/'],
    ['http', '/mcp'],
    ['sse', '/'],
    ['sse', '/sse'],
  ]);
});

test.each([
  'http://localhost:8811',
  'http://mcp-server:8811',
  'http://127.0.0.1',
  'http://10.1.2.3',
  'http://172.31.0.1',
  'http://192.168.1.1',
  'http://[::1]:8811',
  'http://[fd00::1]',
  'http://box.local',
  'http://analyst.internal',
  'https://example.com',
])('%s may be asked', (serverUrl) => {
  expect(endpointsOf(serverUrl)).not.toHaveLength(0);
});

test.each([
  'http://example.com',
  'http://10.evil.example',
  'http://127.0.0.1.evil.example',
  'http://192.168.1.1.nip.example',
  'http://172.32.0.1',
  'http://169.254.169.254',
  'http://8.8.8.8',
  'http://[2001:db8::1]',
  'http://local.example',
])('%s would have to be https: others could read the token', (serverUrl) => {
  expect(() => endpointsOf(serverUrl)).toThrow(/must be https/);
});

test.each([
  'ftp://user:hunter2@example.com',
  'http//user:hunter2@example.com',
  'http://user:hunter2@localhost',
  'user:hunter2',
  'http://example.com/?key=hunter2',
])('what is wrong with %s is said without repeating it', (serverUrl) => {
  expect(() => endpointsOf(serverUrl)).toThrow(/^serverUrl must/);
  expect(() => endpointsOf(serverUrl)).not.toThrow(/hunter2/);
});
