import { readdirSync, readFileSync } from 'node:fs';

/** A text that people read: a Markdown page, or the doc comments of a source file. */
export interface Page {
  /** From the repository root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** One fenced block of code. */
export interface Fence {
  readonly path: string;
  /** Line of its first line of code, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** The files below a folder whose names end in `suffix`; nothing that is generated. */
function filesBelow(folder: string, suffix: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(suffix) && !path.startsWith('docs/api/'))
    .sort();
}

function read(path: string): Page {
  return { path, text: readFileSync(path, 'utf8') };
}

/** Every Markdown page of the repository's top level and of `docs`. */
export function markdownPages(): readonly Page[] {
  const top = readdirSync('.').filter((path) => path.endsWith('.md'));
  return [...top, ...filesBelow('docs', '.md')].map(read);
}

/** Every source file as a page: its doc comments without their stars, at the lines they stand on. */
export function commentPages(): readonly Page[] {
  return filesBelow('src', '.ts').map((path) => {
    const { text } = read(path);
    return { path, text: text.replace(/^\s*\* ?/gm, '') };
  });
}

/** The fenced blocks of a page. */
export function fencesOf({ path, text }: Page): readonly Fence[] {
  const fences: Fence[] = [];
  for (const match of text.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm)) {
    const line = text.slice(0, match.index).split('\n').length + 1;
    fences.push({ path, line, language: match[1], code: match[2] });
  }
  return fences;
}

/** Where the links of a Markdown page lead, as they are written; links inside code are not links. */
export function linksOf({ text }: Page): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]);
}

/** The anchors of a page, by the rule of GitHub: lower case, no punctuation, spaces to hyphens. */
export function anchorsOf({ text }: Page): ReadonlySet<string> {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
  return new Set(
    [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** The rows of every table of a page, each as its cells; headings are rows, rules are not. */
export function tableRowsOf({ text }: Page): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s:-]+$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The code in a table's cell: `` `a`, `b` `` is a and b. */
export function codeIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
}
