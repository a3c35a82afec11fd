import { getHeapStatistics } from 'node:v8';

/** What a process takes of its machine. */
export interface ProcessUsage {
  /** Resident memory in bytes. */
  readonly memoryBytes: number;
  /** Share of the memory it may use, 0 to 1: of its container or machine, or of its heap, whichever is fuller. */
  readonly memoryUsage: number;
  /** Processor time over time passed since it was asked before; 1 is one core. */
  readonly cpuUsage: number;
}

/** Measures this process, from one call to the next. */
export function processUsageMeter(): () => ProcessUsage {
  let before = { cpu: process.cpuUsage(), at: performance.now() };
  return () => {
    const now = { cpu: process.cpuUsage(), at: performance.now() };
    const busyUs = now.cpu.user - before.cpu.user + now.cpu.system - before.cpu.system;
    const passedUs = Math.max(1, (now.at - before.at) * 1_000);
    before = now;
    const { rss, heapUsed } = process.memoryUsage();
    const { heap_size_limit: heapLimit } = getHeapStatistics();
    return {
      memoryBytes: rss,
      memoryUsage: Math.max(rss / allowedBytes(), heapUsed / heapLimit),
      cpuUsage: busyUs / passedUs,
    };
  };
}

/** The limit of the container, where there is one below the memory of the machine. */
function allowedBytes(): number {
  const machine = process.availableMemory() + process.memoryUsage.rss();
  const limit = process.constrainedMemory();
  return limit > 0 && limit < Number.MAX_SAFE_INTEGER ? limit : machine;
}
