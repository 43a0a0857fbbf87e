/** An answer to a call-up of ours. */
export interface OwnAnswer {
  status: number;
  text: string;
  /** Of `X-Request-Id`. */
  reference?: string;
}

const PATIENCE_MS = 10_000;

/**
 * Posts to this server by its public address, as a buyer's system does: through every proxy before it. Redirects are
 * not followed. `failed`: why there is no answer.
 */
export async function callOwnServer(
  url: string,
  { contentType, body }: { contentType: string; body: string },
): Promise<OwnAnswer | { failed: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer: OwnAnswer = { status: response.status, text: await response.text() };
    const reference = response.headers.get('x-request-id');
    if (reference !== null) answer.reference = reference;
    return answer;
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

/** fetch hides the cause behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
