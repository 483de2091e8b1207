import { z } from 'zod'

const milliseconds = (fallback: number) => z.coerce.number().int().min(1).max(3_600_000).default(fallback)
const count = (fallback: number) => z.coerce.number().int().min(1).max(1_000_000).default(fallback)

/** Every setting of the autoscaler, by its environment variable. What is not set has the value given here. */
const shape = z
  .object({
    REPLICA: z.string().min(1).default('autoscaler'),
    HTTP_HOST: z.string().min(1).default('0.0.0.0'),
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    // Where the broker tells of its queues, and where workers are started and sent home.
    MANAGEMENT_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:15672'),
    FLEET_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:8090'),
    BROKER_VHOST: z.string().min(1).default('/'),
    BROKER_USER: z.string().default('guest'),
    BROKER_PASSWORD: z.string().default('guest'),
    // As the API and the workers have it.
    PARTITIONS: z.coerce.number().int().min(1).max(64).default(1),

    // Two: one may die, or be replaced, and orders are still carried out.
    WORKERS_MIN: count(2),
    WORKERS_MAX: count(8),
    // 400/s: four fifths of what a worker was measured to carry, so that a backlog can be worked off.
    ARRIVALS_PER_WORKER: count(400),
    // A second and a quarter of its work: more waits only when it cannot keep up.
    BACKLOG_PER_WORKER: count(500),
    // 2 s: an order should be done before its client asks what became of it.
    OLDEST_AGE_MS: milliseconds(2_000),
    SCALE_EVERY_MS: milliseconds(1_000),
    // 30 s: three times what a worker needs to start and to warm up; a lull between two waves is shorter.
    SCALE_DOWN_WINDOW_MS: milliseconds(30_000),
    SCALE_PERIOD_MS: milliseconds(5_000),
    SCALE_UP_STEP: count(4),
    SCALE_DOWN_STEP: count(1),
    // 10 s: a worker drains within 8 s, and then it may be killed.
    SCALE_IN_GRACE_MS: milliseconds(10_000),
  })
  .refine(({ WORKERS_MIN, WORKERS_MAX }) => WORKERS_MIN <= WORKERS_MAX, {
    error: 'must be at least WORKERS_MIN',
    path: ['WORKERS_MAX'],
  })

export type ScalingSettings = z.infer<typeof shape>

export const scalingSettingNames: readonly string[] = Object.keys(shape.shape)

/** Reads the environment; throws with every problem at once. */
export function readScalingSettings(env: Readonly<Record<string, string | undefined>>): ScalingSettings {
  const problems = scalingSettingProblems(env)
  if (problems.length === 0) return shape.parse(env)
  const listed = problems.map((problem) => `  - ${problem}`).join('\n')
  throw new Error(`the settings have ${problems.length} problem(s):\n${listed}`)
}

/** Why the autoscaler would not start with these; empty if it would. */
export function scalingSettingProblems(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const parsed = shape.safeParse(env)
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}
