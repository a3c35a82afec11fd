import { expect, test } from 'vitest';
import { PastThreads } from '../../src/cli/past/past-threads.js';

test('work that waits when the threads end hires none', async () => {
  const threads = new PastThreads(1, new AbortController().signal);
  await threads[Symbol.asyncDispose]();
  const work = threads.run<'fit'>(() => {
    throw new Error('a task was made');
  });
  await expect(work).rejects.toMatchObject({ code: 'aborted' });
});
