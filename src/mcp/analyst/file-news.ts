import { readFile, stat } from 'node:fs/promises';
import { quote, ScannerError } from '../../errors.js';
import type { NewsItem, NewsSource } from './news-source.js';

const MOST_BYTES = 16 * 1024 * 1024;

/**
 * News from a local file: RSS, or a JSON object per line with `time` (epoch milliseconds or ISO), `text` and, if known, `source`. The
 * file is read again when it has changed. Lines that are neither are left out.
 *
 * @param path - A file of at most 16 MiB.
 */
export function fileNews(path: string): NewsSource {
  let changed = -1;
  let items: readonly NewsItem[] = [];
  const load = async (): Promise<readonly NewsItem[]> => {
    try {
      const { mtimeMs, size } = await stat(path);
      if (size > MOST_BYTES) throw new Error(`it has ${size} bytes, the most is ${MOST_BYTES}`);
      if (mtimeMs !== changed) {
        items = parseNews(await readFile(path, 'utf8'));
        changed = mtimeMs;
      }
      return items;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ScannerError('bad_data', `news file ${quote(path)} cannot be read: ${why}`, {
        cause,
      });
    }
  };
  return {
    async itemsAbout(symbol, from, to) {
      const names = new Set([symbol, symbol.split(/[/:-]/)[0]].map((name) => name.toUpperCase()));
      return (await load()).filter(
        ({ time, text }) => time > from && time <= to && mentions(text, names),
      );
    },
  };
}

function mentions(text: string, names: ReadonlySet<string>): boolean {
  return text
    .split(/[^\p{L}\p{N}/:-]+/u)
    .some((word) => names.has(word.replace(/[/:-]+$/, '').toUpperCase()));
}

/** The items of a text in either format. */
export function parseNews(text: string): readonly NewsItem[] {
  return text.trimStart().startsWith('<') ? parseRss(text) : parseLines(text);
}

function parseLines(text: string): readonly NewsItem[] {
  return text.split('\n').flatMap((line) => {
    const item = parsedObject(line);
    const { time: published, text: words, source } = item;
    const time = typeof published === 'string' ? Date.parse(published) : published;
    if (typeof time !== 'number' || Number.isNaN(time) || typeof words !== 'string') return [];
    return [{ time, text: words, source: typeof source === 'string' ? source : '' }];
  });
}

function parsedObject(line: string): Readonly<Record<string, unknown>> {
  if (!line.trimStart().startsWith('{')) return {};
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

// Three elements of a flat format, from a local file: no entities are resolved beyond the five of XML and nothing is fetched.
function parseRss(text: string): readonly NewsItem[] {
  const channel = elementOf(text, 'title');
  return text
    .split(/<item[\s>]/)
    .slice(1)
    .flatMap((item) => {
      const time = Date.parse(elementOf(item, 'pubDate'));
      if (Number.isNaN(time)) return [];
      const words = `${elementOf(item, 'title')} ${elementOf(item, 'description')}`;
      return [{ time, text: words, source: elementOf(item, 'source') || channel }];
    });
}

function elementOf(text: string, name: string): string {
  const open = text.search(new RegExp(`<${name}[\\s>]`));
  if (open < 0) return '';
  const begin = text.indexOf('>', open) + 1;
  const end = text.indexOf(`</${name}>`, begin);
  if (begin === 0 || end < 0) return '';
  return text
    .slice(begin, end)
    .replace(/<!\[CDATA\[|\]\]>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, entity: string) => ENTITIES[entity] ?? ' ')
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' },
};
