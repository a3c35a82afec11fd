// Writes docs/scan.svg: what `ems scan` prints on a terminal, drawn from its real output. Run by `npm run picture`.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { svgOfTerminal } from './terminal-svg.js';

const COLUMNS = 100;
const ARGUMENTS = ['scan', '--limit', '6'];

const output = execFileSync(process.execPath, ['dist/bin/ems.js', ...ARGUMENTS], {
  encoding: 'utf8',
  env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '1', COLUMNS: String(COLUMNS) },
});

writeFileSync('docs/scan.svg', svgOfTerminal(`$ ems ${ARGUMENTS.join(' ')}\n\n${output}`, COLUMNS));
