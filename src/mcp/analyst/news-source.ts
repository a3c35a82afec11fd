/** One piece of news or one post. Its text is foreign: it is counted, never obeyed, and never shown as ours. */
export interface NewsItem {
  /** When it was published, epoch milliseconds. */
  readonly time: number;
  /** Where it comes from, to count sources. */
  readonly source: string;
  readonly text: string;
}

/** Where news comes from. */
export interface NewsSource {
  /** News published within `(from, to]` that names the symbol or its base. @throws ScannerError when it cannot be read. */
  itemsAbout(symbol: string, from: number, to: number): Promise<readonly NewsItem[]>;
}
