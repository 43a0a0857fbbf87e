import { readFileSync } from 'node:fs';

/** The documents whose rules tests must cite. */
export const BOOKS = ['cxml.md', 'oci.md'] as const;
export type Book = (typeof BOOKS)[number];

/** One row of a rule table: `| 7.2 | rule | test files |`. */
export interface Rule {
  book: Book;
  id: string;
  wording: string;
  heldBy: string;
}

export const RULE_ROW = /^\| (\d+(?:\.\d+)?) \| (.+?) \| ?(.*?) ?\|$/;

export function bookPath(book: Book): string {
  return `docs/${book}`;
}

export const ALL_RULES: readonly Rule[] = BOOKS.flatMap((book) =>
  readFileSync(bookPath(book), 'utf8')
    .split('\n')
    .flatMap((line): Rule[] => {
      const [, id, wording = '', heldBy = ''] = RULE_ROW.exec(line) ?? [];
      return id === undefined ? [] : [{ book, id, wording, heldBy }];
    }),
);
