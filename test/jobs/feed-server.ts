import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves one feed; every answer can be replaced. */
export interface FeedServer {
  url: string;
  asked: number;
  answer: (res: ServerResponse) => void;
  close(): void;
}

export async function startFeedServer(answer: (res: ServerResponse) => void): Promise<FeedServer> {
  const feed: FeedServer = {
    url: '',
    asked: 0,
    answer,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer((_req, res) => {
    feed.asked += 1;
    feed.answer(res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  feed.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.csv`;
  return feed;
}
