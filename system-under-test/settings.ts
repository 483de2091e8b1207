import { hostname } from 'node:os'
import { z } from 'zod'

const milliseconds = (fallback: number) => z.coerce.number().int().min(1).max(600_000).default(fallback)
const count = (fallback: number) => z.coerce.number().int().min(1).max(10_000_000).default(fallback)
const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback)

/** Every setting of both processes, by its environment variable. What is not set has the value given here. */
const shape = z.object({
  REPLICA: z.string().min(1).default(hostname()),
  HTTP_HOST: z.string().min(1).default('0.0.0.0'),
  HTTP_PORT: port(8080),
  // A collector's HTTP door, such as http://collector:4318. Without one nothing is traced.
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),

  BROKER_HOST: z.string().min(1).default('localhost'),
  BROKER_PORT: port(5672),
  BROKER_USER: z.string().default('guest'),
  BROKER_PASSWORD: z.string().default('guest'),
  BROKER_VHOST: z.string().min(1).default('/'),
  BROKER_HEARTBEAT_S: z.coerce.number().int().min(1).max(60).default(5),
  // 50,000 orders of a few hundred bytes: half a minute of a spike that nobody drains, and well within the broker's memory.
  QUEUE_LENGTH_MAX: count(50_000),

  STORE_HOST: z.string().min(1).default('localhost'),
  STORE_PORT: port(9042),
  STORE_KEYSPACE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,47}$/, 'a keyspace is a lower-case letter, then letters, digits, underscores')
    .default('orders'),
  STORE_DATACENTER: z.string().min(1).default('datacenter1'),

  // 2 s: a confirm took at most 1.1 s under the heaviest load that was measured.
  PUBLISH_TIMEOUT_MS: milliseconds(2_000),
  STORE_TIMEOUT_MS: milliseconds(2_000),
  // 50 ms: a look-up only tells a conflict a little earlier; no order waits longer for it, however slow the store is.
  LOOK_UP_TIMEOUT_MS: milliseconds(50),
  CONNECT_TIMEOUT_MS: milliseconds(2_000),
  RECONNECT_MS_MAX: milliseconds(1_000),
  // 8 s: less than the 10 s between SIGTERM and SIGKILL that orchestrators give.
  DRAIN_MS: milliseconds(8_000),
  // 500 ms: long enough for who looks at readiness twice a second.
  LAME_DUCK_MS: z.coerce.number().int().min(0).max(60_000).default(500),

  IN_FLIGHT_MAX: count(256),
  // 64 MiB: what the bodies of all requests in flight may hold, of a container of 256 MiB.
  IN_FLIGHT_BYTES_MAX: z.coerce.number().int().min(1_048_576).default(67_108_864),
  // 500 ms: a fifth of what clients wait for; on two busy cores good answers took up to 300 ms.
  LATENCY_TARGET_MS: milliseconds(500),
  KNOWN_KEYS_MAX: count(100_000),
  CACHE_ORDERS_MAX: count(10_000),
  // 5 s: an order that is done never changes, so this only bounds how long a store is not asked at all.
  CACHE_FRESH_MS: milliseconds(5_000),
  // For each client that names itself (`x-client`): a fifth of what two cores accept, and twice that after a quiet time.
  CLIENT_PER_SECOND: count(1_000),
  CLIENT_BURST: count(2_000),
  // Off: one conditional batch carries an order out. On: its pieces are put aside first, which is three such batches or more.
  SAGA: z.enum(['on', 'off']).default('off'),
  PREFETCH: z.coerce.number().int().min(1).max(2_000).default(128),
  // 1: one queue, whose orders are carried out in no particular order. More: those of one customer in theirs.
  PARTITIONS: z.coerce.number().int().min(1).max(64).default(1),
  // 6 of one key from each of two APIs: less than the 16 that a worker takes at once of one of eight partitions, so that there is
  // always room for others beside a hot key; and more than one lane carries out between two looks at it.
  KEY_UNFINISHED_MAX: count(6),
  // How many APIs there are; asked for only where the queue is partitioned, to see that the bound above fits.
  API_REPLICAS: z.coerce.number().int().min(1).max(1_000).default(2),
})

export interface Settings {
  readonly replica: string
  readonly http: { readonly host: string; readonly port: number }
  readonly otlpEndpoint: string | undefined
  readonly logLevel: z.infer<typeof shape>['LOG_LEVEL']
  readonly broker: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly password: string
    readonly vhost: string
    readonly heartbeatS: number
  }
  readonly queueLengthMax: number
  readonly store: {
    readonly host: string
    readonly port: number
    readonly keyspace: string
    readonly datacenter: string
  }
  readonly publishTimeoutMs: number
  readonly storeTimeoutMs: number
  readonly lookUpTimeoutMs: number
  readonly connectTimeoutMs: number
  readonly reconnectMsMax: number
  readonly drainMs: number
  readonly lameDuckMs: number
  readonly inFlightMax: number
  readonly inFlightBytesMax: number
  readonly latencyTargetMs: number
  readonly knownKeysMax: number
  readonly cacheOrdersMax: number
  readonly cacheFreshMs: number
  readonly clientPerSecond: number
  readonly clientBurst: number
  readonly prefetch: number
  /** Of the queue of orders, by customer. */
  readonly partitions: number
  /** How many orders of one customer may be on their way from one API to the store, where the queue is partitioned. */
  readonly keyUnfinishedMax: number
  /** Orders are carried out in two steps. */
  readonly saga: boolean
}

export const settingNames: readonly string[] = Object.keys(shape.shape)

/** Reads the environment; throws with every problem at once. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems = settingProblems(env)
  if (problems.length === 0) return settingsOf(shape.parse(env))
  const listed = problems.map((problem) => `  - ${problem}`).join('\n')
  throw new Error(`the settings have ${problems.length} problem(s):\n${listed}`)
}

/** Why API and worker would not start with these; empty if they would. */
export function settingProblems(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const parsed = shape.safeParse(env)
  if (parsed.success) return problemsBetween(parsed.data)
  return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

/** How many deliveries of one of its queues a worker takes at once, so that of all together it holds no more than it may. */
export function prefetchOfEach(prefetch: number, queues: number): number {
  return Math.ceil(prefetch / queues)
}

/** What each setting may be and all of them together may not. */
function problemsBetween(env: z.infer<typeof shape>): readonly string[] {
  const { PARTITIONS: partitions, PREFETCH: prefetch, KEY_UNFINISHED_MAX: ofKey, API_REPLICAS: apis } = env
  const room = prefetchOfEach(prefetch, partitions)
  const together = ofKey * apis
  if (partitions === 1 || together < room) return []
  const fits = Math.floor((room - 1) / apis)
  const less = fits >= 1 ? `KEY_UNFINISHED_MAX of ${fits} at most, ` : ''
  return [
    `KEY_UNFINISHED_MAX: ${ofKey} unfinished orders of one customer from each of ${apis} APIs (API_REPLICAS) are ${together}, ` +
      `and a worker takes ${room} at once of each of ${partitions} partitions (PREFETCH ${prefetch}): no room would be left ` +
      `for who shares a hot one's queue. Set ${less}a PREFETCH above ${together * partitions}, or fewer PARTITIONS`,
  ]
}

function settingsOf(env: z.infer<typeof shape>): Settings {
  return {
    replica: env.REPLICA,
    http: { host: env.HTTP_HOST, port: env.HTTP_PORT },
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: env.LOG_LEVEL,
    broker: {
      host: env.BROKER_HOST,
      port: env.BROKER_PORT,
      user: env.BROKER_USER,
      password: env.BROKER_PASSWORD,
      vhost: env.BROKER_VHOST,
      heartbeatS: env.BROKER_HEARTBEAT_S,
    },
    queueLengthMax: env.QUEUE_LENGTH_MAX,
    store: {
      host: env.STORE_HOST,
      port: env.STORE_PORT,
      keyspace: env.STORE_KEYSPACE,
      datacenter: env.STORE_DATACENTER,
    },
    publishTimeoutMs: env.PUBLISH_TIMEOUT_MS,
    storeTimeoutMs: env.STORE_TIMEOUT_MS,
    lookUpTimeoutMs: env.LOOK_UP_TIMEOUT_MS,
    connectTimeoutMs: env.CONNECT_TIMEOUT_MS,
    reconnectMsMax: env.RECONNECT_MS_MAX,
    drainMs: env.DRAIN_MS,
    lameDuckMs: env.LAME_DUCK_MS,
    inFlightMax: env.IN_FLIGHT_MAX,
    inFlightBytesMax: env.IN_FLIGHT_BYTES_MAX,
    latencyTargetMs: env.LATENCY_TARGET_MS,
    knownKeysMax: env.KNOWN_KEYS_MAX,
    cacheOrdersMax: env.CACHE_ORDERS_MAX,
    cacheFreshMs: env.CACHE_FRESH_MS,
    clientPerSecond: env.CLIENT_PER_SECOND,
    clientBurst: env.CLIENT_BURST,
    prefetch: env.PREFETCH,
    partitions: env.PARTITIONS,
    keyUnfinishedMax: env.KEY_UNFINISHED_MAX,
    saga: env.SAGA === 'on',
  }
}
