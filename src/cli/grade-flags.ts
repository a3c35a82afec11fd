/** What `ems grade` can be told. */
export interface GradeFlags {
  readonly journal: string;
  readonly source: string;
  readonly baseUrl?: string;
  readonly at?: number;
  readonly json?: true;
}
