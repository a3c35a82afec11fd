/** Shorter ones would be found in ordinary words and numbers. */
const SHORTEST_SECRET = 6;
const REDACTED = '[redacted]';

/** Takes known secrets, and what signed requests carry, out of a text. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  // In a capsule a secret stands as JSON spells it, in a URL as URLs do.
  const spellings = known.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
  ]);
  return (text) =>
    spellings
      .reduce((clean, secret) => clean.replaceAll(secret, REDACTED), text)
      .replace(/\b(\w+:\/\/)[^\s/?#"]*@/g, '$1')
      .replace(
        /([?&](?:\w*key|\w*sign\w*|\w*token|\w*secret|passphrase)=)[^&\s"]+/gi,
        `$1${REDACTED}`,
      );
}
