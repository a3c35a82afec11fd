import { describe, expect, it } from 'vitest';
import { Breaker } from '../../src/parallel/breaker.js';
import { VirtualTimers } from './virtual-timers.js';

function closed(): { timers: VirtualTimers; breaker: Breaker } {
  const timers = new VirtualTimers();
  return { timers, breaker: new Breaker({ timers, what: 'venue', failures: 2, openMs: 10_000 }) };
}

describe('a breaker', () => {
  it('opens after failures in a row, and says for how long and why', () => {
    const { breaker } = closed();
    breaker.fail('it was reset', breaker.enter());
    breaker.succeed(breaker.enter());
    breaker.fail('it was reset', breaker.enter());
    breaker.fail('it was reset', breaker.enter());
    expect(() => breaker.enter()).toThrow('venue is not asked for 10 s, because it was reset');
  });

  it('takes failures of calls that were under way together for one', () => {
    const { breaker } = closed();
    const together = Array.from({ length: 30 }, () => breaker.enter());
    for (const entered of together) breaker.fail('it was reset', entered);
    breaker.refuse();
    breaker.fail('it was reset', breaker.enter());
    expect(() => breaker.refuse()).toThrow('venue is not asked for 10 s');
  });

  it('does not hold a failure of long ago against its probe', async () => {
    const { breaker, timers } = closed();
    const slow = breaker.enter();
    breaker.fail('it was reset', breaker.enter());
    breaker.fail('it was reset', breaker.enter());
    await timers.advance(10_000);
    const probe = breaker.enter();
    breaker.fail('it was reset', slow);
    breaker.succeed(probe);
    breaker.refuse();
  });

  it('is not closed by a call that was under way when it opened, nor is its probe doubled by one', async () => {
    const { breaker, timers } = closed();
    const [early, earlier] = [breaker.enter(), breaker.enter()];
    breaker.open(5_000, 'rate_limit', 'it bans');
    breaker.succeed(early);
    expect(() => breaker.refuse()).toThrow('venue is not asked for 5 s, because it bans');
    await timers.advance(5_000);
    breaker.enter();
    breaker.leave(earlier);
    expect(() => breaker.enter()).toThrow('until a probe succeeds');
  });

  it('lets one probe through when its time is over, and closes when that succeeds', async () => {
    const { breaker, timers } = closed();
    breaker.open(5_000, 'rate_limit', 'it bans');
    await timers.advance(5_000);
    const probe = breaker.enter();
    expect(() => breaker.enter()).toThrow('until a probe succeeds');
    breaker.succeed(probe);
    breaker.enter();
    breaker.enter();
  });

  it('opens again when the probe fails', async () => {
    const { breaker, timers } = closed();
    breaker.open(5_000, 'rate_limit', 'it bans');
    await timers.advance(5_000);
    breaker.fail('it was reset', breaker.enter());
    expect(() => breaker.refuse()).toThrow('venue is not asked for 10 s');
  });

  it('lets another probe through when the first told nothing', async () => {
    const { breaker, timers } = closed();
    breaker.open(5_000, 'network', 'it was reset');
    await timers.advance(5_000);
    breaker.leave(breaker.enter());
    breaker.enter();
  });

  it('stays open for the longer of two times', async () => {
    const { breaker, timers } = closed();
    breaker.open(60_000, 'network', 'it has a firewall');
    breaker.open(1_000, 'network', 'it was reset');
    await timers.advance(59_999);
    expect(() => breaker.refuse()).toThrow('it has a firewall');
  });
});
