/** knex' log. Failures reach the caller as errors; knex would print them a second time, connection details included. */
export const SILENT = { warn() {}, error() {}, debug() {}, deprecate() {} };
