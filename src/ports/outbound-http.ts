/**
 * One bounded exchange with a server of somebody else. Redirects are answers like any other, never followed.
 * Rejects when there is no complete answer: unreachable, cut off, over `timeoutMs`, over `maxAnswerBytes`, no UTF-8.
 */
export type OutboundHttp = (request: OutboundRequest) => Promise<OutboundAnswer>;

/** The same for large answers: the body as it comes, to be read to its end or given up; the bounds hold until then, by rejecting. */
export type OutboundStream = (
  request: OutboundRequest & StreamBounds,
) => Promise<Omit<OutboundAnswer, 'body'> & { body: AsyncIterable<Buffer> }>;

export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** From the first byte of the connection to the last byte of the answer. */
  timeoutMs: number;
  maxAnswerBytes: number;
}

/** For servers that would take all of `timeoutMs` for next to nothing. */
export interface StreamBounds {
  /** From the first byte of the connection to the first of the body. */
  beginMs?: number;
  /** Each `bytes` have to come within `ms` of waiting for them. */
  pace?: { bytes: number; ms: number };
  /** Gives the request up. */
  signal?: AbortSignal;
}

export interface OutboundAnswer {
  status: number;
  /** Names in lower case; of repeated headers the first. */
  headers: Record<string, string>;
  body: string;
}
