/** How much may be spent in any stretch of time of a given length. */
export interface RateLimit {
  /** What the limit belongs to, such as `bitget/candles`: whoever names it draws on the same allowance. */
  readonly name: string;
  /** What the owner of the limit allows; a budget spends a share of it. */
  readonly weight: number;
  readonly perMs: number;
}

/** What one request costs of one limit. */
export interface Charge {
  readonly limit: RateLimit;
  readonly weight: number;
}
