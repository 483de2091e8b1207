import type { Feeling } from './fault.ts'
import { type LookOptions, looksInARow, type Pair, pairsInARow, type TalkOptions } from './link-looks.ts'
import type { LinkTarget } from './target.ts'

interface DelayOptions extends LookOptions, Pick<TalkOptions, 'send' | 'bytesEnough'> {
  /** Every talk through the proxy takes at least this long while the fault is in. */
  readonly delayMs: number
}

// A fifth of a minute on top: a look ends by itself on the slowest machine, and the nemesis bounds it anyway.
const slackMs = 12_000

/**
 * Felt if each of three talks through the proxy takes the delay, and the fastest of them at least half of it longer
 * than the fastest around the proxy: a busy machine slows both ways, and one stall cannot slow three talks in a row.
 */
export async function lookForDelay(link: LinkTarget, options: DelayOptions): Promise<Feeling> {
  const { delayMs, bytesEnough = 1, ...talk } = options
  // A tenth less: timers may fire a millisecond early.
  const enoughMs = delayMs * 0.9
  const shows = ({ proxied, control }: Pair) =>
    proxied.end === 'enough' && control.end === 'enough' && proxied.totalMs >= enoughMs
  const timeoutMs = delayMs + slackMs
  const pairs = await pairsInARow(link, shows, { ...talk, bytesEnough, timeoutMs })
  const proxiedMs = Math.min(...pairs.map((pair) => pair.proxied.totalMs))
  const controlMs = Math.min(...pairs.map((pair) => pair.control.totalMs))
  const what = bytesEnough === 1 ? 'the first byte' : `${bytesEnough} bytes`
  return {
    felt: pairs.length === looksInARow && pairs.every(shows) && proxiedMs - controlMs >= delayMs / 2,
    evidence:
      `${what} took at least ${Math.round(proxiedMs)} ms through the proxy and ${Math.round(controlMs)} ms ` +
      `around it, in ${pairs.length} looks; ${Math.round(delayMs)} ms were to be added`,
  }
}
