import type { Outcome } from '../../domain/error-codes.js';
import { tracePlaceOf } from '../../domain/trace-parent.js';
import type { OrderEvent } from '../../domain/orders/connect-order.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { Job } from '../../ports/job-queue.js';
import type { Logger } from '../../ports/logger.js';
import type { OutboundHttp } from '../../ports/outbound-http.js';
import type { SpanAttributes, Tracing } from '../../ports/tracing.js';
import type { MessageLog } from '../../ports/transmission/message-log.js';
import type { CartEncoder, TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

/** Log lines of work in a trace name it: `trace`. */
export function tracedLog(log: Logger, { current }: Tracing): Logger {
  const named = (facts: object): object => {
    const place = current();
    return place === undefined ? facts : { ...facts, trace: tracePlaceOf(place).traceId };
  };
  return {
    debug: (facts, message) => log.debug(named(facts), message),
    info: (facts, message) => log.info(named(facts), message),
    warn: (facts, message) => log.warn(named(facts), message),
    error: (facts, message) => log.error(named(facts), message),
  };
}

/** Messages of requests in a trace name it. */
export function tracedMessages<Messages extends Pick<MessageLog, 'note'>>(
  messages: Messages,
  { current }: Tracing,
): Messages {
  return {
    ...messages,
    note(message) {
      const place = current();
      messages.note(place === undefined ? message : { traceId: tracePlaceOf(place).traceId, ...message });
    },
  };
}

/** A span for each call to another server, which is told its place. Only the host is named: paths may hold secrets. */
export function tracedSend(send: OutboundHttp, tracing: Tracing): OutboundHttp {
  return (request) => {
    const { method, url } = request;
    return tracing.span(
      method,
      {
        kind: 'client',
        attributes: () => ({ 'http.request.method': method, ...serverOf(url) }),
        outcome: ({ status }) => ({
          'http.response.status_code': status,
          'error.type': status < 400 ? undefined : String(status),
        }),
      },
      () => send({ ...request, headers: { ...request.headers, ...tracing.headers() } }),
    );
  };
}

function serverOf(url: string): SpanAttributes {
  if (!URL.canParse(url)) return {};
  const { protocol, hostname, port } = new URL(url);
  return {
    'server.address': hostname,
    'server.port': port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  };
}

/** A transmission remembers the trace of its call-up; cart writes and the commit of a transfer are spans. */
export function tracedTransmissions(transmissions: TransmissionRepository, tracing: Tracing): TransmissionRepository {
  return {
    ...transmissions,
    create: (transmission) => transmissions.create({ ...transmission, traceParent: tracing.current() }),
    writeCart: (key, write, shownAfter) =>
      tracing.span(
        'punchout.cart_write',
        { parent: key.traceParent, attributes: () => punchoutOf(key), outcome: refusedIn },
        () => transmissions.writeCart(key, write, shownAfter),
      ),
    transfer: (key, transfer) =>
      tracing.span(
        'punchout.commit',
        {
          kind: 'client',
          parent: key.traceParent,
          attributes: () => ({ 'db.system.name': 'postgresql', 'db.operation.name': 'transfer', ...punchoutOf(key) }),
          outcome: (result) => ({ 'punchout.commit.result': result }),
        },
        () => transmissions.transfer(key, transfer),
      ),
  };
}

export function tracedEncoder({ encode }: CartEncoder, tracing: Tracing): CartEncoder {
  return {
    encode: (event) =>
      tracing.span(
        'punchout.encode',
        {
          parent: event.transmission.traceParent,
          attributes: () => ({ ...punchoutOf(event.transmission), 'punchout.cart.lines': event.cart.lines.length }),
          outcome: codeIn,
        },
        () => encode(event),
      ),
  };
}

type Handlers = Record<Job['kind'], (job: Job) => Promise<unknown>>;

/** A job belongs to the trace of what has queued it. */
export function tracedJobs(handlers: Handlers, tracing: Tracing): Handlers {
  const traced = Object.entries(handlers).map(([kind, handler]): [string, Handlers[Job['kind']]] => [
    kind,
    (job) => {
      const { traceParent } = job.input;
      return tracing.span(
        `process ${kind}`,
        {
          kind: 'consumer',
          parent: typeof traceParent === 'string' ? traceParent : undefined,
          attributes: () => ({
            'messaging.operation.type': 'process',
            'messaging.destination.name': kind,
            'messaging.message.id': job.jobId,
            'punchout.tenant.id': job.tenantId,
            'punchout.job.attempts': job.attempts,
          }),
        },
        () => handler(job),
      );
    },
  ]);
  return Object.fromEntries(traced) as Handlers;
}

interface Hooks<To> {
  push(to: To, event: OrderEvent): Promise<bigint | undefined>;
}

/** The delivery of an event belongs to the trace of the punchout that was ordered. */
export function tracedHooks<To extends { shopId: number }, Client extends Hooks<To>>(
  client: Client,
  tracing: Tracing,
): Client {
  return {
    ...client,
    push: (to: To, event: OrderEvent) =>
      tracing.span(
        'send order event',
        {
          kind: 'producer',
          parent: event.traceParent ?? undefined,
          attributes: () => ({
            'messaging.operation.type': 'send',
            'messaging.destination.name': String(to.shopId),
            'messaging.message.id': event.revision,
            'punchout.order.event': event.name,
          }),
        },
        () => client.push(to, event),
      ),
  };
}

type Named = Pick<Transmission, 'tenantId' | 'transmissionId'> &
  Partial<Pick<Transmission, 'connectionId' | 'protocol'>>;

export function punchoutOf({ tenantId, transmissionId, connectionId, protocol }: Named): SpanAttributes {
  return {
    'punchout.tenant.id': tenantId,
    'punchout.transmission.id': transmissionId,
    'punchout.connection.id': connectionId,
    'punchout.protocol': protocol,
  };
}

/** An expected refusal is no fault of the span. */
export function codeIn(outcome: Outcome<unknown>): SpanAttributes {
  return outcome.ok ? {} : { 'punchout.refusal.code': outcome.refusal.code };
}

function refusedIn(written: { ok: true } | { ok: false; refused: string }): SpanAttributes {
  return written.ok ? {} : { 'punchout.refusal.code': written.refused };
}
