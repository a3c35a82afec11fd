import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { quote, ScannerError } from '../../errors.js';
import { type CandleFileName, type FileMarketType, parseFileName } from './file-name.js';

/** A candle file of a folder. */
export interface CandleFile extends CandleFileName {
  readonly fileName: string;
  readonly path: string;
}

/**
 * The candle files of a folder by symbol, in alphabetical order; files with other names are passed over.
 *
 * @throws ScannerError `config` when there is no such folder, or no candle file in it.
 */
export async function listCandleFiles(
  folder: string,
  marketType: FileMarketType,
): Promise<Map<string, CandleFile[]>> {
  const names = await readNames(folder);
  const files = new Map<string, CandleFile[]>();
  for (const fileName of names.toSorted()) {
    const parsed = parseFileName(fileName, marketType);
    if (parsed === undefined) continue;
    const file = { ...parsed, fileName, path: join(folder, fileName) };
    files.set(file.symbol, [...(files.get(file.symbol) ?? []), file]);
  }
  if (files.size > 0) return files;
  throw new ScannerError(
    'config',
    `folder ${quote(folder)} must hold candle files such as BTC-USDT-5m.csv.gz, has ${names.length} files and none of that kind`,
  );
}

async function readNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'is a file' : 'is not there';
    throw new ScannerError(
      'config',
      `candle folder must be a readable folder, ${quote(folder)} ${reason}`,
      { cause },
    );
  }
}
