import type { Factor } from '../../../src/scoring/factor.js';

export const calm: Factor;
export const explodes: Factor;
export const loops: Factor;
export const exits: Factor;
export const hoards: Factor;
