import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

export interface LargeFeed {
  url: string;
  /** Number of fetches. */
  readonly fetched: number;
  close(): void;
}

/** Every thousandth line has no title. */
export const FAULTY_EVERY = 1_000;
const LINES_A_PIECE = 500;

/** Serves a CSV file with this many products, generated while it is sent, always with the same bytes. */
export async function startLargeFeed(products: number): Promise<LargeFeed> {
  let fetched = 0;
  const server = createServer((_req, res) => {
    fetched += 1;
    Readable.from(csvOf(products)).pipe(
      res.writeHead(200, { 'content-type': 'text/csv', 'last-modified': 'Thu, 15 Jan 2015 15:46:27 GMT' }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/large.csv`,
    get fetched() {
      return fetched;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function* csvOf(products: number): Generator<string> {
  yield 'id;title;price;gtin\n';
  for (let from = 0; from < products; from += LINES_A_PIECE) {
    let piece = '';
    for (let index = from; index < Math.min(products, from + LINES_A_PIECE); index += 1)
      piece +=
        `L-${index};${(index + 1) % FAULTY_EVERY === 0 ? '' : `"Schraube ""M8"" Größe ${index}"`};1,50;` +
        `4006381333931\n`;
    yield piece;
  }
}
