/** Whether a symbol is of a perpetual: the currency that a contract settles in is named after a colon, `BTC/USDT:USDT`. */
export function isPerpetual(symbol: string): boolean {
  return symbol.includes(':');
}
