// The colours of a terminal by the number of its escape sequence.
const COLORS: Readonly<Record<string, string>> = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341' };
const PLAIN = '#d1d9e0';

const FONT_SIZE = 14;
const CELL_WIDTH = 8.4;
const LINE_HEIGHT = 20;
const MARGIN = 20;

interface Style {
  readonly color: string;
  readonly bold: boolean;
  readonly dim: boolean;
}

const DEFAULT_STYLE: Style = { color: PLAIN, bold: false, dim: false };

/** Draws lines of text with colour sequences as an SVG; every run of letters is held to its columns, whatever the font. */
export function svgOfTerminal(output: string, columns: number): string {
  const lines = output.trimEnd().split('\n');
  const width = columns * CELL_WIDTH + 2 * MARGIN;
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const text = lines.flatMap((line, row) => runsOf(line).map((run) => textElement(run, row)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Terminal output of ems scan">
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" xml:space="preserve">
${text.join('\n')}
</g>
</svg>
`;
}

interface Run {
  readonly text: string;
  readonly column: number;
  readonly style: Style;
}

/** The runs of one line that share a style; runs of spaces need no ink. */
function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  let style = DEFAULT_STYLE;
  let column = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape sequences
  for (const part of line.split(/(\u001b\[\d+m)/)) {
    if (part.startsWith('\u001b')) style = restyled(style, part.slice(2, -1));
    else {
      for (const { 0: text, index } of part.matchAll(/\S+(?: \S+)*/g)) {
        runs.push({ text, column: column + index, style });
      }
      column += part.length;
    }
  }
  return runs;
}

function restyled(style: Style, code: string): Style {
  if (code === '1') return { ...style, bold: true };
  if (code === '2') return { ...style, dim: true };
  if (code === '22') return { ...style, bold: false, dim: false };
  if (code === '0') return DEFAULT_STYLE;
  return { ...style, color: COLORS[code] ?? PLAIN };
}

function textElement({ text, column, style }: Run, row: number): string {
  const attributes = [
    `x="${round(MARGIN + column * CELL_WIDTH)}"`,
    `y="${round(MARGIN + row * LINE_HEIGHT + FONT_SIZE)}"`,
    `textLength="${round(text.length * CELL_WIDTH)}"`,
    `fill="${style.color}"`,
    ...(style.bold ? ['font-weight="bold"'] : []),
    ...(style.dim ? ['opacity="0.65"'] : []),
  ];
  return `<text ${attributes.join(' ')}>${escaped(text)}</text>`;
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
