import type { Migration } from './migration.js';

/**
 * The trace of a distributed system that a row belongs to: of the call-up (`traceparent`), handed on to the events of
 * its order; of a logged request the trace id.
 */
export const traceParent: Migration = {
  name: '111-trace-parent',
  up: (knex) =>
    knex.raw(`
      alter table transmission add column trace_parent text;
      alter table connect_event add column trace_parent text;
      alter table message_log add column trace_id text`),
};
