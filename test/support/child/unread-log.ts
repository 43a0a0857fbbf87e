import { constants, openSync } from 'node:fs';
import { jsonLog, outputTo } from '../../../src/adapters/json-log.js';

/**
 * Writes a log of 32 MB to a pipe that is never read, and prints how many bytes were dropped. It is a process of
 * its own: the log never stops trying, even when its file descriptor is closed and belongs to something else.
 */
const [, , pipe = ''] = process.argv;
const output = outputTo(openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)).on('error', () => undefined);
let dropped = 0;
output.on('drop', (line: string) => void (dropped += line.length));
const log = jsonLog('info', output);
for (let index = 0; index < 8_000; index += 1) log.info({ path: 'x'.repeat(4_000) }, 'told');
// Without this, the exit would wait until the whole log is written.
output.destroy();
process.stdout.write(String(dropped), () => process.exit(0));
