import type { FaultContext, Feeling } from './fault.ts'
import { isAnswered, type Pair, pairsInARow } from './link-looks.ts'
import type { LinkTarget } from './target.ts'

/**
 * Felt if the fastest of three greetings through the proxy takes the delay, and at least half of it more than the
 * slowest around it... a busy machine slows both ways, and a single stall cannot make all three slow.
 */
export async function lookForDelay(
  link: LinkTarget,
  delayMs: number,
  options: { readonly context: FaultContext; readonly signal: AbortSignal },
): Promise<Feeling> {
  const enoughMs = delayMs * 0.9
  const shows = ({ proxied, control }: Pair) =>
    isAnswered(proxied) && isAnswered(control) && proxied.totalMs >= enoughMs
  const timeoutMs = delayMs + 20_000
  const pairs = await pairsInARow(link, shows, { ...options, timeoutMs })
  const fastestMs = Math.min(...pairs.map((pair) => pair.proxied.totalMs))
  const controlMs = Math.min(...pairs.map((pair) => pair.control.totalMs))
  return {
    felt: pairs.length === 3 && pairs.every(shows) && fastestMs - controlMs >= delayMs / 2,
    evidence:
      `fastest of ${pairs.length} greetings: ${Math.round(fastestMs)} ms through the proxy, ` +
      `${Math.round(controlMs)} ms around it; ${delayMs} ms were to be added`,
  }
}
