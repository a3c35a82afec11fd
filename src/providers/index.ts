export type { CachedProvider, CachedProviderOptions, CacheStatistics } from './cached.js';
export { cachedProvider } from './cached.js';
export type { FilesProviderOptions } from './files.js';
export { filesProvider } from './files.js';
export type { CandlesByTimeframe } from './memory/given-data.js';
export type { MemoryProviderOptions } from './memory.js';
export { memoryProvider } from './memory.js';
export type { MultiProviderOptions } from './multi.js';
export { multiProvider } from './multi.js';
export type { Capsule, RecordedAnswer, RecordedCall, RecordedScorer } from './recorded/capsule.js';
export { parseCapsule } from './recorded/capsule.js';
export type {
  CapsuleDetails,
  RecordedProvider,
  RecordedProviderOptions,
} from './recorded.js';
export { recordedProvider } from './recorded.js';
export type { ReplayProvider } from './replay.js';
export { replayProvider } from './replay.js';
export type { SyntheticProvider, SyntheticProviderOptions } from './synthetic.js';
export { syntheticProvider } from './synthetic.js';
