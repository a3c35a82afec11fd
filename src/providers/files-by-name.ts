import type { DataProvider } from '../ports/data-provider.js';
import { filesProvider } from './files.js';

/**
 * A provider over the folder that a text names: `DIR`, or `DIR:swap` where the candles are of perpetuals and `DIR:spot` where
 * they are not.
 */
export function filesProviderByName(text: string): DataProvider {
  // A Windows path has a colon of its own.
  const [, folder, marketType] = /^(.+?)(?::(spot|swap))?$/s.exec(text) ?? [];
  return filesProvider(folder ?? text, marketType === 'swap' ? { marketType } : {});
}
