export type { ChaoticProvider, ChaoticProviderOptions, Fault } from './chaotic-provider.js';
export { chaoticProvider, FAULTS } from './chaotic-provider.js';
export type {
  DataProviderCheckOptions,
  DataProviderReport,
  RuleCheck,
} from './check-data-provider.js';
export { checkDataProvider } from './check-data-provider.js';
