import type { Response } from 'express';

/** Aborted when the caller is gone before the answer is sent. */
export function goneSignal(res: Response | undefined): AbortSignal {
  const aborter = new AbortController();
  res?.once('close', () => {
    if (!res.writableFinished) aborter.abort();
  });
  return aborter.signal;
}
