import { Duplex } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';

/**
 * A socket for node-postgres whose other end is a PGlite in this process: what is written goes into it, what it answers
 * can be read. Types, row counts and errors are then those of a server.
 */
export class EmbeddedStream extends Duplex {
  constructor(private readonly database: PGlite) {
    super();
  }

  /** Asked of a socket by node-postgres. The one backend may remember an earlier connection: its statements are dropped. */
  connect(): this {
    void this.reset();
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    void this.send(chunk, done);
  }

  /** A prepared statement comes as four or five messages at once. */
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    void this.send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  private async reset(): Promise<void> {
    try {
      await this.database.exec('rollback');
      await this.database.exec('discard all');
      this.emit('connect');
    } catch (error) {
      this.destroy(faultOf(error));
    }
  }

  /** The database answers without leaving the event loop's turn; without the pause a loop of queries would starve timers. */
  private async send(messages: Uint8Array, done: (error?: Error | null) => void): Promise<void> {
    let fault: Error | null = null;
    try {
      await this.database.execProtocolRawStream(messages, { onRawData: (data) => this.push(Buffer.from(data)) });
      await new Promise(setImmediate);
    } catch (error) {
      fault = faultOf(error);
    }
    done(fault);
  }
}

function faultOf(error: unknown): Error {
  return error instanceof Error ? error : new Error('The embedded database failed.', { cause: error });
}
