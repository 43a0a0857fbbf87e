import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Measure } from '../fault/measured.js';
import { ended, ownChild } from './own-children.js';
import { until } from './until.js';

export interface ServerSetup {
  name: string;
  entry: string;
  port: number;
  environment: Record<string, string>;
  nodeArguments?: readonly string[];
}

/** One process of the server; keeps its name and port over restarts. */
export class ServerProcess {
  readonly name: string;
  readonly port: number;
  /** Clients of this process share its connections. */
  readonly pool: Pool;
  readonly #setup: ServerSetup;
  #child: ReturnType<typeof spawn> | undefined;
  #said = '';

  constructor(setup: ServerSetup) {
    this.#setup = setup;
    this.name = setup.name;
    this.port = setup.port;
    this.pool = new Pool(`http://127.0.0.1:${setup.port}`, {
      connections: 128,
      connectTimeout: 2_000,
      headersTimeout: 15_000,
      bodyTimeout: 15_000,
    });
  }

  /** Last lines of its standard output and error. */
  get said(): string {
    return this.#said;
  }

  /** Starts it and waits until it is ready. `extra` is added to its environment for this run only. */
  async start(extra: Record<string, string> = {}): Promise<void> {
    this.#said = '';
    const { entry, port, environment, nodeArguments = [] } = this.#setup;
    const child = ownChild(
      spawn(process.execPath, ['--enable-source-maps', ...nodeArguments, entry], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: { PATH: process.env['PATH'], PORT: String(port), LOG_LEVEL: 'warn', ...environment, ...extra },
      }),
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => {
        this.#said = (this.#said + text.toString('utf8')).slice(-20_000);
      });
    }
    this.#child = child;
    const ready = await until(async () => this.hasEnded() || (await this.isReady()), 30_000, 30);
    if (!ready || this.hasEnded()) throw new Error(`server ${this.name} did not start: ${this.#said}`);
  }

  async isReady(): Promise<boolean> {
    try {
      const { statusCode, body } = await this.pool.request({ method: 'GET', path: '/readyz', headersTimeout: 4_000 });
      await body.dump();
      return statusCode === 200;
    } catch {
      return false;
    }
  }

  hasEnded(): boolean {
    return this.#child === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Bytes of resident memory; undefined if the system does not report them (Linux does). */
  async residentBytes(): Promise<number | undefined> {
    const status = await readFile(`/proc/${this.#child?.pid}/status`, 'utf8').catch(() => '');
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  }

  /**
   * Resource use of a measured process now, after a garbage collection for `collect`, and the maximum since the last
   * `collect`.
   */
  async measure(question: 'look' | 'collect'): Promise<Measure> {
    const child = this.#child;
    if (child === undefined || this.hasEnded())
      throw new Error(`server ${this.name} has ended: ${this.#said.slice(-2_000)}`);
    const answer = once(child, 'message', { signal: AbortSignal.timeout(20_000) });
    child.send(question);
    return ((await answer) as [Measure])[0];
  }

  /**
   * Milliseconds since its start in which its main thread ran, and in which it waited for a CPU; 0 if the system does
   * not report them (Linux does).
   */
  threadTimes(): { ranMs: number; heldUpMs: number } {
    try {
      const [ran = 0, heldUp = 0] = readFileSync(`/proc/${this.#child?.pid}/schedstat`, 'utf8').split(' ').map(Number);
      return { ranMs: ran / 1e6, heldUpMs: heldUp / 1e6 };
    } catch {
      return { ranMs: 0, heldUpMs: 0 };
    }
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.end();
  }

  /** Stops it gracefully. Resolves with the duration in milliseconds and the exit code. */
  async stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<{ tookMs: number; code: number | null }> {
    const start = performance.now();
    this.#child?.kill(signal);
    const result = this.#child === undefined ? { code: 0 } : await ended(this.#child);
    return { tookMs: Math.round(performance.now() - start), code: result.code };
  }

  /** Waits until it exits by itself; returns the exit status, or undefined if it keeps running. */
  async end(patienceMs = 10_000): Promise<NodeJS.Signals | number | null | undefined> {
    const child = this.#child;
    if (child === undefined) return undefined;
    // The timer must not keep the process alive.
    const result = await Promise.race([ended(child), setTimeout(patienceMs, undefined, { ref: false })]);
    return result === undefined ? undefined : (result.signal ?? result.code);
  }

  async close(): Promise<void> {
    await this.kill();
    await this.pool.destroy();
  }
}
