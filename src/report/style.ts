/** Functions that colour a text, or leave it as it is where colour is off. */
export type Colors = Readonly<
  Record<'bold' | 'dim' | 'red' | 'green' | 'yellow', (text: string) => string>
>;

/** What the page that a report is written for can show. */
export interface TextStyle {
  readonly colors: Colors;
  /** Columns per line. */
  readonly width: number;
}
