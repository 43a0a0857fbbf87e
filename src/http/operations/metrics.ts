import type { RequestHandler } from 'express';
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { type ExchangeFacts, factsOf } from '../exchange-facts.js';
import { stepTimes } from './step-times.js';
import type { ErrorCode } from '../../domain/error-codes.js';
import type { MeasuredStep, StepTimes } from '../../ports/step-times.js';
import type { ConnectorEventName, ConnectorEvents } from '../../domain/transmission/connector-event.js';

export interface Metrics {
  registry: Registry;
  /** Counts one step of a punchout or order. */
  event<Name extends ConnectorEventName>(name: Name, event: ConnectorEvents[Name]): void;
  /** Counts one refused request. */
  refused(code: ErrorCode): void;
  /** How long steps and calls to the shop have taken. */
  steps: StepTimes;
  /** Measures the duration of the connector's own routes. */
  measure: RequestHandler;
}

/** Connections with labels of their own; further ones are counted together as `other`. */
const MOST_CONNECTIONS = 1_000;

/** Prometheus metrics, served on a separate listener (T69). */
export function metrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'punchout_events_total',
    help: 'Steps of punchouts: setup, setup-refused, login, transfer, logout; and orders.',
    labelNames: ['event', 'tenant', 'connection'] as const,
    registers,
  });
  const refusals = new Counter({
    name: 'punchout_refusals_total',
    help: 'Refused requests by error code.',
    labelNames: ['code'] as const,
    registers,
  });
  const seconds = new Histogram({
    name: 'punchout_http_request_seconds',
    help: 'Time to answer, by method and status class.',
    labelNames: ['method', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers,
  });
  const steps = stepTimes(registry);
  const known = new Set<string>();

  function ownerOf(event: ConnectorEvents[ConnectorEventName]): { tenant: string; connection: string } {
    if (!('transmission' in event)) return { tenant: 'order' in event ? event.order.tenantId : '', connection: '' };
    const { tenantId: tenant, connectionId: connection } = event.transmission;
    const name = `${tenant} ${connection}`;
    if (!known.has(name)) {
      if (known.size >= MOST_CONNECTIONS) return { tenant: 'other', connection: 'other' };
      known.add(name);
    }
    return { tenant, connection };
  }

  return {
    registry,
    steps,
    event: (name, event) => events.inc({ event: name, ...ownerOf(event) }),
    refused: (code) => refusals.inc({ code }),
    measure: (req, res, next) => {
      const started = process.hrtime.bigint();
      res.once('finish', () => {
        // A stream of events is open for hours.
        if (String(res.getHeader('content-type')).startsWith('text/event-stream')) return;
        const took = Number(process.hrtime.bigint() - started) / 1e9;
        seconds.observe({ method: req.method, status: `${Math.floor(res.statusCode / 100)}xx` }, took);
        const step = stepOf(factsOf(res));
        if (step !== undefined) steps.observe(step, took);
      });
      next();
    },
  };
}

/** The step that a request has taken; undefined for a refused one, and for all others. */
function stepOf(facts: ExchangeFacts | undefined): MeasuredStep | undefined {
  if (facts === undefined || facts.refusal !== undefined) return undefined;
  if (facts.step !== undefined) return facts.step;
  return facts.transmission !== undefined && CALL_UPS.test(facts.kind ?? '') ? 'call_up' : undefined;
}

/** Kinds of documents that start a session. */
const CALL_UPS = /^PunchOutSetupRequest$|call-up$/;
