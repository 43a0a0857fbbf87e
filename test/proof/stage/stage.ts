import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type CompiledProgram, compileProgram } from './compiled-program.js';
import { type Erp, startErp } from './erp.js';
import { freePort } from './free-port.js';
import { type OwnDatabase, createOwnDatabase } from './own-database.js';
import { type OwnRedis, startOwnRedis } from './own-redis.js';
import { ServerProcess } from './server-process.js';
import { type TcpLink, tcpLink } from './tcp-link.js';

export interface Stage {
  database: OwnDatabase;
  /** A connection to PostgreSQL that can be cut; used only by processes with `throughLink`. */
  databaseLink: TcpLink;
  throughLink: Record<string, string>;
  redis: OwnRedis;
  erp: Erp;
  /**
   * A server process, not started yet. `faulty` ones obey the environment of server-under-fault.ts; `measured` ones
   * have a heap of 256 MiB and report their resource use (fault/measured.ts).
   */
  process(name: string, kind?: 'faulty' | 'measured'): Promise<ServerProcess>;
  /** Two plain processes, started. */
  pair(extra?: Record<string, string>, faulty?: 'faulty'): Promise<[ServerProcess, ServerProcess]>;
  /** Ends the processes of a phase. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Everything that the proof needs. All parts are its own, except the PostgreSQL server, on which it has its own
 * database.
 */
export async function setStage(): Promise<Stage> {
  // The database last, so that no failure here leaves it behind.
  const redis = await startOwnRedis();
  const program = await compileProgram(ROOT);
  const erp = await startErp();
  const database = await createOwnDatabase();
  const databaseLink = await tcpLink(database.host, database.port);
  const processes: ServerProcess[] = [];
  const environment = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    SESSION_SECRET: randomBytes(36).toString('base64url'),
    PUBLIC_URL: erp.publicUrl,
  };
  const process = async (name: string, kind?: 'faulty' | 'measured'): Promise<ServerProcess> => {
    const nodeArguments =
      kind === 'measured' ? ['--max-old-space-size=256', '--expose-gc', '--import', program.measured] : [];
    const made = new ServerProcess({
      name,
      entry: entryOf(program, kind),
      port: await freePort(),
      environment,
      nodeArguments,
    });
    processes.push(made);
    return made;
  };
  const clear = async (): Promise<void> => {
    await Promise.all(processes.splice(0).map((made) => made.close()));
  };
  return {
    database,
    databaseLink,
    throughLink: { DATABASE_URL: database.urlThrough(databaseLink.port) },
    redis,
    erp,
    process,
    async pair(extra, faulty) {
      const [one, two] = [await process('one', faulty), await process('two', faulty)];
      await Promise.all([one.start(extra), two.start(extra)]);
      return [one, two];
    },
    clear,
    async close() {
      await clear();
      await databaseLink.close();
      await Promise.all([redis.close(), erp.close(), program.remove()]);
      await database.drop();
    },
  };
}

function entryOf(program: CompiledProgram, kind: 'faulty' | 'measured' | undefined): string {
  return kind === 'faulty' ? program.serverUnderFault : program.server;
}
