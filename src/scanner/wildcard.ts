/**
 * Whether a text fits a pattern in which `*` stands for any text, even none: `*USDT` fits `BTC/USDT`. Takes time in
 * proportion to both lengths; a regular expression from a user would promise no such thing.
 */
export function fits(text: string, pattern: string): boolean {
  const [head, ...parts] = pattern.split('*');
  const tail = parts.pop();
  if (tail === undefined) return text === pattern;
  const end = text.length - tail.length;
  let at = head.length;
  if (at > end || !text.startsWith(head) || !text.endsWith(tail)) return false;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
