export { LocalRateBudget } from '../../parallel/rate-budget.js';
export { ccxtProvider } from './ccxt-provider.js';
export type { CcxtLike } from './exchange.js';
export type { MarketType } from './listing.js';
export type { CcxtByNameOptions } from './provider-by-name.js';
export { ccxtProviderByName } from './provider-by-name.js';
export type { CcxtProviderOptions } from './provider-options.js';
