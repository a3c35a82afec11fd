/** Members by name, in the order the names first came. */
export function groupBy<Member>(
  members: readonly Member[],
  nameOf: (member: Member) => string,
): ReadonlyMap<string, readonly Member[]> {
  const found = new Map<string, Member[]>();
  for (const member of members) {
    const name = nameOf(member);
    const known = found.get(name);
    if (known === undefined) found.set(name, [member]);
    else known.push(member);
  }
  return found;
}
