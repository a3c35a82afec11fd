import type { DataProvider } from '../../../src/ports/data-provider.js';

export function ownSource(): DataProvider;
