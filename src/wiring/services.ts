import { cartEncoder } from '../adapters/cart-encoder/cart-encoder.js';
import { outboundRules, outboundUrlFault } from '../adapters/outbound-http/outbound-rules.js';
import { UndiciHttp } from '../adapters/outbound-http/undici-http.js';
import { openIdConnect } from '../adapters/open-id-connect.js';
import type { Database } from '../adapters/postgres/database/database.js';
import { messageLog } from '../adapters/postgres/history/message-log.js';
import { guessLimits, rateLimits } from '../adapters/rate-limits/rate-limits.js';
import { sharedCounter } from '../adapters/rate-limits/shared-counter.js';
import { redisTurns } from '../adapters/redis-turns.js';
import { type HashCost, scryptSecretVerifier } from '../adapters/secrets/scrypt-secret-verifier.js';
import { databaseSessions } from '../adapters/sessions/database-session-store.js';
import { connectRedis } from '../adapters/sessions/redis-connection.js';
import { openRedisSessions } from '../adapters/sessions/redis-session-store.js';
import { accessTokens, customerTokens, openBuyTokens, startTokens } from '../adapters/tokens.js';
import { tracedEncoder, tracedMessages, tracedSend } from '../adapters/tracing/traced-parts.js';
import { wholeStore } from '../config/store-faults.js';
import { type ConnectorOptions, REQUESTS_PER_ADDRESS, REQUESTS_PER_STRANGER } from '../config/options.js';
import { bodyBudget } from '../http/body/body-budget.js';
import { bodyReader } from '../http/body/read-body.js';
import { PROVIDER_CALLBACK } from '../http/console/console-pages.js';
import { admission } from '../http/callers/admission.js';
import { metrics } from '../http/operations/metrics.js';
import { hookMetrics, jobMetrics } from '../http/operations/queue-metrics.js';
import { readiness, readinessMetrics } from '../http/operations/readiness.js';
import { sweepMetrics } from '../http/operations/sweep-metrics.js';
import { measuredStore } from '../http/operations/store-metrics.js';
import type { Logger } from '../ports/logger.js';
import type { Tracing } from '../ports/tracing.js';
import { oneTimeDoor } from '../usecases/access/one-time-door.js';
import { provenLately } from '../usecases/access/prove-caller.js';
import type { Closing } from './closing.js';
import type { ConnectorServices } from './connector-services.js';
import type { Repositories } from './repositories.js';

/** Wrong passwords per minute of one account from one address. */
const PASSWORD_TRIES = 5;

interface Deps {
  options: ConnectorOptions<ConnectorServices>;
  database: Database;
  repositories: Repositories;
  secrets: readonly string[];
  hashCost: HashCost;
  closing: Closing;
  tracing: Tracing;
  log: Logger;
}

/** Everything beside the database: browser sessions, Redis, the shop, outgoing HTTP, tokens, limits and metrics. */
export function openServices({ options, database, repositories, secrets, hashCost, closing, tracing, log }: Deps) {
  const { publicUrl, redisUrl, demo = false } = options;
  const redis = redisUrl === undefined ? undefined : () => connectRedis(redisUrl);

  const sessions = redisUrl === undefined ? databaseSessions(database) : openRedisSessions({ url: redisUrl });
  closing.add(sessions.close);
  const sharedTurns = redis && redisTurns(redis);
  if (sharedTurns !== undefined) closing.add(sharedTurns.close);
  const measured = metrics();
  const health = [database.health, sessions.health];
  const current = readiness(health, log);
  readinessMetrics(measured.registry, current);
  const opened =
    typeof options.store === 'function'
      ? wholeStore(
          options.store({
            query: database.query,
            knex: database.knex,
            publicUrl,
            secrets,
            findConnection: repositories.connections.find,
            sharedTurns,
            traced: (send) => tracedSend(send, tracing),
          }),
        )
      : options.store;
  closing.add(() => opened.close?.());
  const store = measuredStore(opened, measured.registry, tracing);
  const counter = sharedCounter(redis);
  const limits = rateLimits(counter);
  closing.add(limits.close);
  const guard = outboundRules(demo, options.outbound);
  const http = new UndiciHttp({ connectTimeoutMs: 3_000, connectionsPerOrigin: 128, guard });
  closing.add(() => http.close());
  const provider = options.openIdConnect;
  // The provider's address stands in the settings, as that of the shop does: it may be in a private network.
  const toProvider = provider && new UndiciHttp({ connectTimeoutMs: 3_000, connectionsPerOrigin: 8 });
  closing.add(() => toProvider?.close());
  const messages = tracedMessages(messageLog(database, log), tracing);
  closing.add(messages.close);
  jobMetrics(measured.registry, repositories.jobs.ages);

  return {
    tracing,
    sessions,
    sessionStore: sessions.store,
    store,
    messages,
    outbound: { send: tracedSend(http.send, tracing), stream: http.stream },
    /** What is wrong with the literal URL of a hook or feed. */
    outboundUrlFault: (url: string): string | undefined => outboundUrlFault(url, guard),
    encoder: tracedEncoder(cartEncoder(publicUrl), tracing),
    tokens: startTokens({ secrets, issuer: publicUrl }),
    accessTokens: accessTokens({ secrets, issuer: publicUrl }),
    openBuyTokens: openBuyTokens({ secrets, issuer: publicUrl }),
    customerTokens: customerTokens(
      async (tenantId) => (await repositories.tenants.find(tenantId))?.settings.customerKeys ?? [],
    ),
    admission: admission({
      limits,
      demoEnabled: demo,
      requestsPerAddress: options.requestsPerAddress ?? REQUESTS_PER_ADDRESS,
      requestsPerStranger: options.requestsPerStranger ?? REQUESTS_PER_STRANGER,
      log,
    }),
    /** Reads request bodies, all out of one budget. */
    readBody: bodyReader(bodyBudget()),
    verifier: scryptSecretVerifier(undefined, hashCost),
    /** How often wrong secrets may be tried. */
    guesses: guessLimits(undefined, counter),
    /** The same for passwords of operators, which people choose. */
    passwordGuesses: guessLimits(undefined, counter, PASSWORD_TRIES),
    /** Keys and shops that the guesses of others do not keep waiting. */
    lately: provenLately(),
    /** Where operators sign in besides our own page. */
    identityProvider:
      provider &&
      toProvider &&
      openIdConnect({ options: provider, redirectUrl: `${publicUrl}${PROVIDER_CALLBACK}`, send: toProvider.send }),
    /** The demo's link into the console. */
    consoleDoor: oneTimeDoor(),
    measured,
    sweptRows: sweepMetrics(measured.registry, repositories.sweepFaults.list),
    hookTurn: hookMetrics(measured.registry, () => repositories.hooks.lags(1_000)).turn,
    health,
    readiness: current,
  };
}

export type Services = ReturnType<typeof openServices>;
