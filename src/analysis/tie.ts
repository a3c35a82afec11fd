/**
 * Largest share of a price by which two price differences may part and still count as equal.
 *
 * Prices are decimals, their differences are not: 20.48 - 20.47 and 20.47 - 20.46 are one tick each and differ in the
 * sixteenth digit. Without a tolerance that digit decides which side of a tie a directional move or a money flow counts for,
 * for as many candles as the window is long. No tick is near a millionth of a millionth of its price.
 */
export const TIE_TOLERANCE = 1e-12;
