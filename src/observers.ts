import type { ConnectorEventName, ConnectorEvents } from './domain/transmission/connector-event.js';
import type { Logger } from './ports/logger.js';

export type Observer<Name extends ConnectorEventName> = (event: ConnectorEvents[Name]) => void | Promise<void>;

export interface Observers {
  /** Returns the function that removes the observer. */
  on<Name extends ConnectorEventName>(name: Name, observer: Observer<Name>): () => void;
  emit<Name extends ConnectorEventName>(name: Name, event: ConnectorEvents[Name]): void;
}

/** Publishes events after the fact. Observers cannot veto, cannot affect each other, and are not awaited. */
export function observers(log: Logger): Observers {
  const listening = new Map<ConnectorEventName, Set<Observer<ConnectorEventName>>>();

  function of(name: ConnectorEventName): Set<Observer<ConnectorEventName>> {
    let set = listening.get(name);
    if (set === undefined) listening.set(name, (set = new Set()));
    return set;
  }

  return {
    on(name, observer) {
      const set = of(name);
      set.add(observer as Observer<ConnectorEventName>);
      return () => set.delete(observer as Observer<ConnectorEventName>);
    },
    emit(name, event) {
      for (const observer of of(name)) {
        Promise.resolve()
          .then(() => observer(event as never))
          .catch((error: unknown) => {
            log.error({ err: error, event: name }, 'an observer failed');
          });
      }
    },
  };
}
