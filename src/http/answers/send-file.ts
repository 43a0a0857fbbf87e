import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';

/** A file that is sent while it is read. */
export interface SentFile {
  contentType: string;
  /** Without quotes and path. */
  fileName: string;
  pieces: AsyncIterable<string>;
  /** For who asks again and again: the answer is 304 while nothing has changed. */
  version?: { /** Without quotes. */ etag?: string | undefined; changedAt: Date };
}

/** A file that cannot be read to its end breaks the connection, so that nobody takes a half for the whole. */
export async function sendFile(
  req: Request,
  res: Response,
  { contentType, fileName, pieces, version }: SentFile,
): Promise<void> {
  res.status(200).set({
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': version === undefined ? 'no-store' : 'private, no-cache',
  });
  if (version !== undefined) {
    res.set('Last-Modified', version.changedAt.toUTCString());
    if (version.etag !== undefined) res.set('ETag', `"${version.etag}"`);
    if (req.fresh) {
      res.removeHeader('Content-Type');
      res.status(304).end();
      return;
    }
  }
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  try {
    await pipeline(Readable.from(pieces), res);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
