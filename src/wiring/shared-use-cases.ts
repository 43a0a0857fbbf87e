import type { ConnectorEventName, ConnectorEvents } from '../domain/transmission/connector-event.js';
import type { EventSignal } from '../ports/transmission/live-events.js';
import type { Logger } from '../ports/logger.js';
import type { Atomically } from '../ports/managed-directory.js';
import { writeOrderEvent } from '../protocols/order-xml/write-order-event.js';
import { eventTails } from '../usecases/history/follow-events.js';
import { noteExchange } from '../usecases/history/note-exchange.js';
import { changeContext } from '../usecases/context/change-context.js';
import { readContext } from '../usecases/context/read-context.js';
import { recordOrder } from '../usecases/orders/record-order.js';
import { chooseCustomer } from '../usecases/punchout/choose-customer.js';
import { leftSessions } from '../usecases/punchout/end-session.js';
import type { Closing } from './closing.js';
import type { Repositories } from './repositories.js';
import type { Services } from './services.js';
import type { ConnectorOptions } from '../config/options.js';

export type Emit = <Name extends ConnectorEventName>(name: Name, event: ConnectorEvents[Name]) => void;

interface Deps extends Repositories, Pick<Services, 'measured' | 'messages' | 'store'> {
  emit: Emit;
  /** Of the database: there may be new events. */
  signal: EventSignal;
  isStopping: () => boolean;
  closing: Closing;
  log: Logger;
}

/** Use cases that several API families, the jobs or the mounting app share. */
export function sharedUseCases({ emit, signal, isStopping, closing, log, ...parts }: Deps) {
  const { transmissions, store, contexts, sites, orders, connectShops } = parts;
  const left = leftSessions({ transmissions, emit, log });
  closing.add(left.flush);
  const tails = eventTails({ events: parts.liveEvents, messages: parts.messages, signal, isStopping });
  closing.add(tails.close);
  const read = readContext({ contexts, sites, transmissions, store });
  const note = noteExchange({ ...parts, refused: parts.measured.refused, log });
  const changed = (event: ConnectorEvents['context-changed']): void => emit('context-changed', event);
  return {
    /** One for all families: they share its limits. */
    noteExchange: note,
    /** Sessions whose buyers have left while the database took no writes. */
    left,
    /** One for API and console: they share its bounds. */
    tails,
    sessionContext: {
      contexts,
      read,
      change: changeContext({ contexts, sites, transmissions, store, read, changed }),
    },
    recordOrder: recordOrder({
      orders,
      shops: connectShops,
      writeEvent: writeOrderEvent,
      recorded: (order) => emit('order', { order }),
    }),
    /** Which customer of the shop a call-up, or anything that stands for one, gets its prices as. */
    chooseCustomer: chooseCustomer({ addresses: parts.shipToAddresses }),
    emit,
  };
}

type SharedUseCases = ReturnType<typeof sharedUseCases>;

/** All that there is to wire from. Each API family names the parts that it takes. */
export interface Parts extends Repositories, Services, SharedUseCases {
  options: Pick<
    ConnectorOptions<never>,
    | 'publicUrl'
    | 'demo'
    | 'docs'
    | 'guard'
    | 'console'
    | 'transferHandler'
    | 'headerlessGet'
    | 'restoreReport'
    | 'texts'
    | 'hookTimeoutMs'
    | 'workerPlaces'
    | 'openIdConnect'
  >;
  /** Changes that operators make. */
  atomically: Atomically;
  secrets: readonly string[];
  isStopping: () => boolean;
  log: Logger;
}
