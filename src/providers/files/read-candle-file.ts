import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ScannerError } from '../../errors.js';
import type { CandleFile } from './candle-folder.js';
import { type CandleFileContent, CandleRows } from './candle-rows.js';
import { readCsv } from './csv.js';
import { readNdjson } from './ndjson.js';

/** The most bytes of one file, unzipped: some nine million rows, and too little for a zip bomb to do harm. */
const MAX_BYTES = 512 * 1024 * 1024;
/** Bytes of a typical row: a first guess at how many there are. */
const ROW_BYTES = 40;

const unzip: (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array> =
  promisify(gunzip);

/**
 * Reads one candle file whole.
 *
 * @param latest - Rows that open later come from the future, epoch milliseconds.
 * @throws ScannerError `bad_data` naming the file, and the line where there is one to name.
 */
export async function readCandleFile(file: CandleFile, latest: number): Promise<CandleFileContent> {
  const { fileName, symbol, timeframe } = file;
  const bytes = await load(file);
  if (bytes.length === 0) {
    throw new ScannerError('bad_data', `${fileName} must hold candles, is empty`, { symbol });
  }
  const rows = new CandleRows({ fileName, symbol, timeframe, latest }, bytes.length / ROW_BYTES);
  if (file.format === 'csv') readCsv(bytes, rows);
  else readNdjson(bytes, rows);
  return rows.finish();
}

async function load(file: CandleFile): Promise<Uint8Array> {
  const { fileName, symbol } = file;
  try {
    const bytes = await readRegularFile(file.path);
    return file.gzipped ? await unzip(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
  } catch (cause) {
    const reason = cause instanceof Error ? reasonOf(cause) : String(cause);
    throw new ScannerError('bad_data', `${fileName} cannot be read: ${reason}`, { symbol, cause });
  }
}

async function readRegularFile(path: string): Promise<Uint8Array> {
  // A link could point anywhere on the machine; the folder that was named is all that may be read.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Error('it is not a regular file');
    if (stat.size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  // What a system says of a link that must not be followed speaks of loops, where there are none.
  return error.code === 'ELOOP' ? 'it is a symbolic link, not the file itself' : error.message;
}
