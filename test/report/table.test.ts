import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';
import { columnsOf, cut, printable, wrap } from '../../src/report/columns.js';
import { type Column, tableLines } from '../../src/report/table.js';

const plain = picocolors.createColors(false);
const colored = picocolors.createColors(true);

const COLUMNS: readonly Column<string>[] = [
  { head: 'NAME', align: 'left', text: (row) => row },
  { head: 'LENGTH', align: 'right', text: (row) => String(row.length) },
  { head: 'TWICE', align: 'left', text: (row) => row + row, sacrifice: 1 },
  { head: 'THRICE', align: 'left', text: (row) => row + row + row, sacrifice: 2 },
];

describe('tableLines', () => {
  test('aligns words to the left and numbers to the right', () => {
    expect(tableLines(COLUMNS, ['ab', 'c'], { colors: plain, width: 80 })).toEqual([
      'NAME  LENGTH  TWICE  THRICE',
      'ab         2  abab   ababab',
      'c          1  cc     ccc',
    ]);
  });

  test('leaves out the most expendable columns until the table fits the page', () => {
    const heads = (width: number) => tableLines(COLUMNS, ['ab'], { colors: plain, width })[0];
    expect(heads(27)).toBe('NAME  LENGTH  TWICE  THRICE');
    expect(heads(26)).toBe('NAME  LENGTH  TWICE');
    expect(heads(18)).toBe('NAME  LENGTH');
    expect(heads(5)).toBe('NAME  LENGTH');
  });

  test('colour changes no alignment', () => {
    const painted = COLUMNS.map((column) => ({ ...column, paint: colored.red }));
    const lines = tableLines(painted, ['ab', 'c'], { colors: colored, width: 80 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape sequences
    const bare = lines.map((line) => line.replace(/\u001b\[\d+m/g, ''));
    expect(bare).toEqual(tableLines(COLUMNS, ['ab', 'c'], { colors: plain, width: 80 }));
    expect(lines.join()).toContain('\u001b[31m');
  });

  test('wide characters take two columns, and control characters have none of their powers', () => {
    const lines = tableLines(COLUMNS.slice(0, 2), ['币安', 'a\u001b[2Jb'], {
      colors: plain,
      width: 80,
    });
    expect(lines).toEqual(['NAME    LENGTH', '币安         2', 'a?[2Jb       6']);
  });
});

describe('columns', () => {
  test('a cut text ends in an ellipsis and fits', () => {
    expect(cut('trend up', 8)).toBe('trend up');
    expect(cut('trend up on all', 9)).toBe('trend up…');
    expect(columnsOf(cut('币安人生币安人生', 7))).toBeLessThanOrEqual(7);
  });

  test('wrapped text breaks between words', () => {
    expect(wrap('a bc def ghij', 6)).toEqual(['a bc', 'def', 'ghij']);
    expect(wrap('abcdefgh i', 4)).toEqual(['abcdefgh', 'i']);
  });

  test('invisible characters become question marks', () => {
    expect(printable('a\u0007b\u202ec\n')).toBe('a?b?c?');
  });
});
