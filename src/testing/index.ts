export type {
  DataProviderCheckOptions,
  DataProviderReport,
  RuleCheck,
} from './check-data-provider.js';
export { checkDataProvider } from './check-data-provider.js';
