import { z } from 'zod'
import type { KnownKind, KnownTarget } from './known.ts'
import type { ResolveInput } from './resolve.ts'
import type { FaultPlan } from './schedule.ts'

const container = (name: string, role: string, ...more: ('broker' | 'store')[]): KnownTarget => ({
  kind: 'container',
  name,
  role,
  capabilities: new Set(['killable', 'pausable', ...more] as const),
})
const kinds: KnownKind[] = [
  { kind: 'container-kill', needs: ['killable'], targetKind: 'container', options: z.strictObject({}) },
  { kind: 'container-pause', needs: ['pausable'], targetKind: 'container', options: z.strictObject({}) },
  { kind: 'disk-full', needs: ['disk-fillable'], targetKind: 'container', options: z.strictObject({}) },
  {
    kind: 'latency',
    needs: ['proxied'],
    targetKind: 'link',
    options: z.strictObject({ latencyMs: z.number().min(1).default(300) }),
  },
]
/** A small system under a load of one minute, and four kinds of fault. */
export const world: Omit<ResolveInput, 'plans'> = {
  seed: '8f3a',
  kinds,
  targets: [
    container('worker-2', 'worker'),
    container('worker-1', 'worker'),
    container('worker-3', 'worker'),
    container('broker-1', 'broker', 'broker'),
    { kind: 'link', name: 'worker-1->store', role: 'worker->store', capabilities: new Set(['proxied']) },
  ],
  load: {
    durationMs: 60_000,
    phases: [
      { name: 'base', fromMs: 0, toMs: 10_000 },
      { name: 'rise', fromMs: 10_000, toMs: 15_000 },
      { name: 'hold', fromMs: 15_000, toMs: 60_000 },
    ],
  },
  blastRadius: { targets: ['worker', 'broker', 'worker->store'], atOnceMax: 5, totalMsMax: 600_000 },
}
/** A good plan, but for what a test changes. */
export const plan = (change: Partial<FaultPlan> = {}): FaultPlan => ({
  kind: 'container-kill',
  target: { role: 'worker', choose: 'one' },
  when: { atMs: 12_000 },
  forMs: 2_000,
  ...change,
})
