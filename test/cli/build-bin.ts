import { build } from 'tsup';

/** Builds the command line once before all tests, as `npm run build:bin` does. */
export async function setup(): Promise<void> {
  await build({ config: 'tsup.bin.config.ts', silent: true });
}
