import { BaseTransport, getTransportBody, type TransportItem, VERSION } from '@grafana/faro-core'

/** Between two posts: a run has some hundred items, so a collector sees a few requests a minute. */
const everyMs = 5_000
const giveUpMs = 5_000

/**
 * Posts the items of the bus to a Grafana collector, some at a time. `send` of faro-core is not awaited, so items are
 * kept here until `flush`. What a collector refuses is counted and said once at the end; a run never fails for it.
 */
export class CollectorTransport extends BaseTransport {
  readonly name = 'seawall-collector'
  readonly version = VERSION
  readonly #url: string
  readonly #timer: NodeJS.Timeout
  #waiting: TransportItem[] = []
  #posting: Promise<void> = Promise.resolve()
  problem: string | undefined

  constructor(url: string) {
    super()
    this.#url = url
    this.#timer = setInterval(() => void this.flush(), everyMs)
    this.#timer.unref()
  }

  send(items: TransportItem | TransportItem[]): void {
    this.#waiting.push(...[items].flat())
  }

  flush(): Promise<void> {
    this.#posting = this.#posting.then(() => this.#post())
    return this.#posting
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  async #post(): Promise<void> {
    const items = this.#waiting
    this.#waiting = []
    if (items.length === 0) return
    try {
      const answer = await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(getTransportBody(items)),
        signal: AbortSignal.timeout(giveUpMs),
      })
      await answer.body?.cancel()
      if (!answer.ok) this.problem = `the collector answered ${answer.status} to ${items.length} items`
    } catch (error) {
      this.problem = `the collector did not take ${items.length} items: ${error instanceof Error ? error.message : error}`
    }
  }
}
