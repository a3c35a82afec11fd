// Factors as a user may write them, loaded into worker threads by name.
const quiet = { bias: 0.5, confidence: 1, reason: 'calm' };

function factor(id, evaluate) {
  return { id, needs: [], weight: 1, evaluate };
}

export const calm = factor('calm', () => quiet);

export const loops = factor('loops', ({ market }) => {
  while (market.symbol === 'ETH/USDT');
  return quiet;
});

export const exits = factor('exits', ({ market }) => {
  if (market.symbol === 'ETH/USDT') process.exit(7);
  return quiet;
});

export const hoards = factor('hoards', ({ market }) => {
  const hoard = [];
  while (market.symbol === 'ETH/USDT') hoard.push(new Array(1_000).fill(hoard.length));
  return quiet;
});

export const explodes = factor('explodes', () => {
  setTimeout(() => {
    throw new Error('long after its scan');
  }, 50);
  return quiet;
});
