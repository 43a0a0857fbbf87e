/**
 * One HTTP exchange with a foreign server, with limits. Redirects are returned like any other answer and never
 * followed. Rejects if there is no complete answer: unreachable, cut off, longer than `timeoutMs`, larger than
 * `maxAnswerBytes`, not UTF-8.
 */
export type OutboundHttp = (request: OutboundRequest) => Promise<OutboundAnswer>;

/**
 * The same for large answers: the body is a stream, to be read to its end or destroyed. A limit that is exceeded
 * meanwhile makes the stream fail.
 */
export type OutboundStream = (
  request: OutboundRequest & StreamBounds,
) => Promise<Omit<OutboundAnswer, 'body'> & { body: AsyncIterable<Buffer> }>;

export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** In place of `body`: sent as they come, in chunks unless the headers have `content-length`. */
  pieces?: AsyncIterable<string>;
  /** From the first byte of the connection to the last byte of the answer. */
  timeoutMs: number;
  maxAnswerBytes: number;
}

/** Protects against servers that send almost nothing for all of `timeoutMs`. */
export interface StreamBounds {
  /** From the first byte of the connection to the first byte of the body. */
  beginMs?: number;
  /** Each `bytes` must arrive within `ms`. */
  pace?: { bytes: number; ms: number };
  /** Cancels the request. */
  signal?: AbortSignal;
}

export interface OutboundAnswer {
  status: number;
  /** Names in lower case. Of repeated headers the first. */
  headers: Record<string, string>;
  body: string;
}
