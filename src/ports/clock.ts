/** The current time in epoch milliseconds. Live it is `Date.now`; over history it is the moment being replayed. */
export type Clock = () => number;
