import { register } from 'node:module';
import { getHeapStatistics } from 'node:v8';
import { isBoundMutant } from './bound-mutants.js';
import { FAULT_VARIABLES } from './kill-points.js';

/** Resource use of a process, in bytes. `most`: maximum since the last forced garbage collection. */
export interface Measure {
  heap: number;
  /** Buffers outside the heap. */
  buffers: number;
  most: { heap: number; buffers: number; resident: number };
  /** CPU time since the start, in milliseconds. */
  cpuMs: number;
}

const LOOK_EVERY_MS = 20;
/** The resident memory is read from the system, which takes longer. */
const RESIDENT_EVERY = 10;

let most = { heap: 0, buffers: 0, resident: 0 };

let looks = 0;

function look(): { heap: number; buffers: number; resident: number } {
  const { used_heap_size: heap, external_memory: buffers } = getHeapStatistics();
  const resident = looks % RESIDENT_EVERY === 0 ? process.memoryUsage.rss() : most.resident;
  looks += 1;
  most = {
    heap: Math.max(most.heap, heap),
    buffers: Math.max(most.buffers, buffers),
    resident: Math.max(most.resident, resident),
  };
  return { heap, buffers, resident };
}

// For tests only: loaded before the server, reports to the process that started it; `collect` forces a garbage
// collection first.
setInterval(look, LOOK_EVERY_MS).unref();
process.on('message', (question) => {
  const { user, system } = process.cpuUsage();
  let { heap, buffers, resident } = look();
  const reached = most;
  if (question === 'collect') {
    globalThis.gc?.();
    ({ heap, buffers, resident } = look());
    most = { heap, buffers, resident };
  }
  const measure: Measure = { heap, buffers, most: reached, cpuMs: (user + system) / 1000 };
  process.send?.(measure);
});
process.channel?.unref();

const mutant = process.env[FAULT_VARIABLES.mutant];
if (isBoundMutant(mutant)) register('./rewriting-loader.js', { parentURL: import.meta.url, data: mutant });
