import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Place } from './socket-places.js';

/** Requests that may wait on one socket behind the one that is being answered. Browsers and proxies send none ahead. */
const MOST_WAITING = 10;

interface Line {
  place: Place;
  isBusy: boolean;
  waiting: [IncomingMessage, ServerResponse][];
}

/**
 * Has each socket's requests answered one after the other: whoever sends thousands at once has one of them worked on.
 * While requests wait, nothing more is read from their socket; one on which more than 10 wait is cut off.
 */
export function inTurn(app: RequestListener): { opened(socket: Socket, place: Place): void; answer: RequestListener } {
  const lines = new WeakMap<Socket, Line>();

  function begin(socket: Socket, line: Line, req: IncomingMessage, res: ServerResponse): void {
    line.isBusy = true;
    line.place.begin(req);
    res.once('close', () => {
      line.place.end();
      line.isBusy = false;
      // An answer with `Connection: close` was the last one.
      if (socket.destroyed || socket.writableEnded) line.waiting = [];
      const next = line.waiting.shift();
      if (next === undefined) return;
      if (line.waiting.length === 0) socket.resume();
      begin(socket, line, ...next);
    });
    app(req, res);
  }

  return {
    opened(socket, place) {
      lines.set(socket, { place, isBusy: false, waiting: [] });
    },
    answer(req, res) {
      const { socket } = req;
      const line = lines.get(socket);
      if (line === undefined || socket.destroyed) return;
      if (!line.isBusy) return begin(socket, line, req, res);
      if (line.waiting.length >= MOST_WAITING) {
        socket.destroy();
        return;
      }
      line.waiting.push([req, res]);
      socket.pause();
    },
  };
}
