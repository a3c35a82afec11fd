export type { CachedProvider, CachedProviderOptions, CacheStatistics } from './cached.js';
export { cachedProvider } from './cached.js';
export type { FilesProviderOptions } from './files.js';
export { filesProvider } from './files.js';
export type { CandlesByTimeframe } from './memory/given-data.js';
export type { MemoryProviderOptions } from './memory.js';
export { memoryProvider } from './memory.js';
export type { SyntheticProvider, SyntheticProviderOptions } from './synthetic.js';
export { syntheticProvider } from './synthetic.js';
