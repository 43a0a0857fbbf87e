import { Cluster, Redis, type RedisOptions } from 'ioredis';

/** The defaults of ioredis wait forever when Redis is away (P5). */
const BOUNDS = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: 1000,
  connectTimeout: 1000,
  // A connection that stops answering is closed, and the next command opens a new one.
  socketTimeout: 1500,
  enableAutoPipelining: true,
  // After a failover the address leads to another server, while the connection stays with the server that is now
  // read-only.
  reconnectOnError: (error) => error.message.startsWith('READONLY'),
} satisfies RedisOptions;

const retryDelayMs = (attempt: number): number => Math.min(50 * attempt, 500);

/**
 * `url`: one `redis://` or `rediss://` address, or a comma-separated list of Cluster nodes. Connects at once, and
 * reconnects after every interruption.
 */
export function connectRedis(url: string): Redis | Cluster {
  const addresses = url.split(',').map((address) => new URL(address.trim()));
  const [first] = addresses;
  if (first === undefined) throw new Error('REDIS_URL is empty.');
  const redis =
    addresses.length === 1
      ? new Redis(first.href, { ...BOUNDS, retryStrategy: retryDelayMs })
      : new Cluster(
          addresses.map(({ hostname, port }) => ({ host: hostname, port: Number(port || 6379) })),
          {
            enableOfflineQueue: false,
            enableAutoPipelining: true,
            clusterRetryStrategy: retryDelayMs,
            slotsRefreshTimeout: 1000,
            redisOptions: { ...BOUNDS, ...credentialsOf(first) },
          },
        );
  // Without a listener every failed reconnect would be an unhandled error; commands report failures.
  redis.on('error', () => undefined);
  return redis;
}

function credentialsOf(url: URL): RedisOptions {
  return {
    username: url.username === '' ? undefined : decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    tls: url.protocol === 'rediss:' ? {} : undefined,
  };
}
