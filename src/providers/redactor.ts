/** Shorter ones would be found in ordinary words and numbers. */
const SHORTEST_SECRET = 4;
const REDACTED = '[redacted]';

/** Takes known secrets, and what signed requests and addresses with a password carry, out of a text. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  // In an exchange's answer a secret stands as JSON spells it, in a URL as URLs do.
  const spellings = known
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    // A secret that holds another one goes as a whole.
    .sort((a, b) => b.length - a.length);
  return (text) =>
    spellings
      .reduce((clean, secret) => clean.replaceAll(secret, REDACTED), text)
      .replace(/\b(\w+:\/\/)[^\s/?#"]*@/g, '$1')
      .replace(
        /([?&](?:\w*key|\w*sign\w*|\w*token|\w*secret|passphrase)=)[^&\s"]+/gi,
        `$1${REDACTED}`,
      );
}

/** Plain data whose texts, names of fields among them, are redacted; numbers, and the bytes of candles, stay what they are. */
export function redactData(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((inner) => redactData(inner, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      redact(name),
      name === '$candles' ? inner : redactData(inner, redact),
    ]),
  );
}
