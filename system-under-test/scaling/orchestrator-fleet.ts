import { z } from 'zod'
import type { Fleet } from './autoscaler.ts'

/** Starting or ending a container takes seconds on a busy machine; the drain comes on top of it. */
const patienceMs = 30_000

/**
 * The fleet by the API of whoever runs containers here: three questions, so that any orchestrator can be put behind it.
 *
 *     GET  /workers                       {"running": 3}
 *     POST /workers/grow                  one more was started
 *     POST /workers/shrink?graceMs=10000  one was asked to end, and has left
 */
export function orchestratorFleet(url: string): Fleet {
  async function ask(method: string, path: string, withinMs: number): Promise<unknown> {
    const answer = await fetch(`${url}${path}`, { method, signal: AbortSignal.timeout(withinMs) })
    const text = await answer.text()
    if (!answer.ok)
      throw new Error(`the orchestrator answered ${answer.status} to ${method} ${path}: ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    async count() {
      return countShape.parse(await ask('GET', '/workers', 5_000)).running
    },
    async grow() {
      await ask('POST', '/workers/grow', patienceMs)
    },
    async shrink(graceMs) {
      await ask('POST', `/workers/shrink?graceMs=${graceMs}`, graceMs + patienceMs)
    },
  }
}

const countShape = z.object({ running: z.number().int().min(0) })
