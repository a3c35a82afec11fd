import { quote, ScannerError } from '../../errors.js';
import type { DataProvider } from '../../ports/data-provider.js';
import { filesProviderByName } from '../../providers/files-by-name.js';
import { syntheticProvider } from '../../providers/synthetic.js';

/**
 * Opens the source that a text names: `synthetic`, `synthetic:SEED`, `files:DIR` or `files:DIR:swap`, as on the command line.
 *
 * @throws ScannerError `config` for any other text.
 */
export async function openSource(source: string): Promise<DataProvider> {
  const colon = source.indexOf(':');
  const kind = colon < 0 ? source : source.slice(0, colon);
  const detail = colon < 0 ? '' : source.slice(colon + 1);
  if (kind === 'files' && detail !== '') return filesProviderByName(detail);
  if (kind === 'synthetic' && /^\d{0,15}$/.test(detail)) {
    return syntheticProvider(detail === '' ? {} : { seed: Number(detail) });
  }
  throw new ScannerError(
    'config',
    `a source must be synthetic[:SEED] or files:DIR, was ${quote(source)}`,
  );
}
