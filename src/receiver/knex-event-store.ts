import type { Knex } from 'knex';
import type { ReceivedEvent, WebhookReceiverOptions } from './webhook-receiver.js';

export interface KnexEventStoreOptions {
  /** One row per stream: `stream`, `last_revision`. Default 'connect_revision'. */
  revisionTable?: string;
  /** `stream`, `revision`, `event`, `document`, `received_at`. Default 'connect_received'. */
  eventTable?: string;
  /** Separates the streams of several shops in one database. Default ''. */
  stream?: string;
  /** Your own writes in the same transaction: they happen once per event; if they fail, the event is sent again. */
  handle?: (event: ReceivedEvent, transaction: Knex.Transaction) => Promise<unknown>;
}

/** `lastRevision` and `store` of a receiver, on any database that knex supports. `prepare` creates missing tables. */
export function knexEventStore(
  knex: Knex,
  {
    revisionTable = 'connect_revision',
    eventTable = 'connect_received',
    stream = '',
    handle,
  }: KnexEventStoreOptions = {},
): Pick<WebhookReceiverOptions, 'lastRevision' | 'store'> & { prepare(): Promise<void> } {
  return {
    async prepare() {
      if (!(await knex.schema.hasTable(revisionTable))) {
        await knex.schema.createTable(revisionTable, (table) => {
          table.string('stream').primary();
          table.bigInteger('last_revision').notNullable();
        });
      }
      if (!(await knex.schema.hasTable(eventTable))) {
        await knex.schema.createTable(eventTable, (table) => {
          table.string('stream').notNullable();
          table.bigInteger('revision').notNullable();
          table.string('event').notNullable();
          table.text('document', 'longtext').notNullable();
          table.timestamp('received_at').notNullable().defaultTo(knex.fn.now());
          table.primary(['stream', 'revision']);
        });
      }
      await knex(revisionTable).insert({ stream, last_revision: 0 }).onConflict('stream').ignore();
    },

    async lastRevision() {
      const row: { last_revision: string | number } | undefined = await knex(revisionTable)
        .where({ stream })
        .first('last_revision');
      return row?.last_revision ?? 0;
    },

    async store(event) {
      await knex.transaction(async (transaction) => {
        // Locks the row, so that an event that arrives twice at the same time is stored once.
        const moved: number = await transaction(revisionTable)
          .where({ stream })
          .where('last_revision', '<', event.revision)
          .update({ last_revision: event.revision });
        if (moved === 0) return;
        await transaction(eventTable).insert({
          stream,
          revision: event.revision,
          event: event.event,
          document: event.document,
        });
        await handle?.(event, transaction);
      });
    },
  };
}
