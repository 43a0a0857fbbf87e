import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { SessionContexts } from '../../ports/context.js';
import type { ReadContext } from './read-context.js';

const MOST_ATTRIBUTES = 100;

interface AttributeCommand {
  tenantId: string;
  sessionId: string;
  name: string;
  actor: string;
}

/** Attributes of a context, one by one and without optimistic locking. */
export interface ContextAttributes {
  set(command: AttributeCommand & { value: unknown }): Promise<Outcome<void>>;
  remove(command: AttributeCommand): Promise<Outcome<void>>;
}

export function contextAttributes({
  contexts,
  read,
}: {
  contexts: SessionContexts;
  read: ReadContext;
}): ContextAttributes {
  return {
    async set({ tenantId, sessionId, name, value, actor }) {
      const context = await read(tenantId, sessionId);
      if (context === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      if (!Object.hasOwn(context.attributes, name) && Object.keys(context.attributes).length >= MOST_ATTRIBUTES)
        return refuse('INVALID_REQUEST', `A context has ${MOST_ATTRIBUTES} attributes at most.`, { field: 'key' });
      return (await contexts.setAttribute(tenantId, sessionId, name, value, actor))
        ? accept(undefined)
        : refuse('TRANSMISSION_NOT_FOUND');
    },
    async remove({ tenantId, sessionId, name, actor }) {
      const gone =
        !name.includes('\0') &&
        (await read(tenantId, sessionId)) !== undefined &&
        (await contexts.removeAttribute(tenantId, sessionId, name, actor));
      return gone ? accept(undefined) : refuse('TRANSMISSION_NOT_FOUND');
    },
  };
}
