import { codeIn, punchoutOf } from '../adapters/tracing/traced-parts.js';
import { transmissionKeyOf } from '../domain/transmission/transmission.js';
import type { Tracing } from '../ports/tracing.js';
import type { TransmissionRepository } from '../ports/transmission/transmission-repository.js';
import type { logIn } from '../usecases/punchout/log-in.js';
import type { startPunchout } from '../usecases/punchout/start-punchout.js';
import type { transferCart } from '../usecases/transfer/transfer-cart.js';

/** The first span of a punchout: the transmission remembers it, and the later steps belong to its trace. */
export function tracedCallUp(start: ReturnType<typeof startPunchout>, tracing: Tracing): typeof start {
  return (callUp) =>
    tracing.span(
      'punchout.call_up',
      {
        attributes: () => ({
          'punchout.tenant.id': callUp.connection.tenantId,
          'punchout.connection.id': callUp.connection.connectionId,
          'punchout.protocol': callUp.protocol,
        }),
        outcome: (started) => (started.ok ? punchoutOf(started.value.transmission) : codeIn(started)),
      },
      () => start(callUp),
    );
}

/** Only where an SDK is registered, the transmission is read before the login, for its trace. */
export function tracedLogin(
  login: ReturnType<typeof logIn>,
  tracing: Tracing,
  { find }: Pick<TransmissionRepository, 'find'>,
): typeof login {
  return async (attempt) => {
    if (!tracing.isRegistered()) return login(attempt);
    const key = transmissionKeyOf(attempt.transmissionId);
    const known = key === undefined ? undefined : await find(key).catch(() => undefined);
    return tracing.span(
      'punchout.login',
      {
        parent: known?.traceParent,
        attributes: () => (known === undefined ? {} : punchoutOf(known)),
        outcome: codeIn,
      },
      () => login(attempt),
    );
  };
}

export function tracedTransfer(transfer: ReturnType<typeof transferCart>, tracing: Tracing): typeof transfer {
  return (command) =>
    tracing.span(
      'punchout.transfer',
      {
        parent: command.transmission.traceParent,
        attributes: () => punchoutOf(command.transmission),
        outcome: codeIn,
      },
      () => transfer(command),
    );
}
