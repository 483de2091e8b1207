/** What RabbitMQ's management API says of one queue, as far as we ask. */
export interface QueueFacts {
  readonly ready: number
  readonly unacknowledged: number
  readonly consumers: number
  readonly leader: string
  readonly published: number
}

export interface PartitionedFacts extends QueueFacts {
  /** In the order in which the queues were asked for. */
  readonly readyOfEach: readonly number[]
}

export interface ConsumerFacts {
  readonly connectionName: string
  readonly unacknowledged: number
}

/** The management API of one broker and virtual host, from outside. Every call gives up after two seconds. */
export class BrokerManagement {
  readonly #base: string
  readonly vhost: string

  constructor(port: number, vhost: string) {
    this.#base = `http://127.0.0.1:${port}/api`
    this.vhost = vhost
  }

  async createVhost(): Promise<void> {
    await this.#ask('PUT', `/vhosts/${this.#v}`)
    await this.#ask('PUT', `/permissions/${this.#v}/guest`, { configure: '.*', write: '.*', read: '.*' })
  }

  async deleteVhost(): Promise<void> {
    await this.#ask('DELETE', `/vhosts/${this.#v}`)
  }

  /** undefined if there is no such queue. */
  async queue(name: string): Promise<QueueFacts | undefined> {
    const body = await this.#ask('GET', `/queues/${this.#v}/${encodeURIComponent(name)}`)
    if (body === undefined) return undefined
    return {
      ready: Number(body.messages_ready ?? 0),
      unacknowledged: Number(body.messages_unacknowledged ?? 0),
      consumers: Number(body.consumers ?? 0),
      leader: String(body.leader ?? body.node ?? ''),
      published: Number((body.message_stats as { publish?: number } | undefined)?.publish ?? 0),
    }
  }

  /** Several queues taken for one; undefined if one of them is not there. */
  async queues(names: readonly string[]): Promise<PartitionedFacts | undefined> {
    const all = await Promise.all(names.map((name) => this.queue(name)))
    const known = all.filter((facts) => facts !== undefined)
    if (known.length < all.length) return undefined
    const sum = (what: 'ready' | 'unacknowledged' | 'consumers' | 'published') =>
      known.reduce((total, facts) => total + facts[what], 0)
    return {
      ready: sum('ready'),
      unacknowledged: sum('unacknowledged'),
      consumers: sum('consumers'),
      leader: known[0]?.leader ?? '',
      published: sum('published'),
      readyOfEach: known.map(({ ready }) => ready),
    }
  }

  /** A durable classic queue with these arguments. */
  async declareQueue(name: string, args: Record<string, unknown>): Promise<void> {
    await this.#ask('PUT', `/queues/${this.#v}/${encodeURIComponent(name)}`, {
      durable: true,
      arguments: args,
    })
  }

  async deleteQueue(name: string): Promise<void> {
    await this.#ask('DELETE', `/queues/${this.#v}/${encodeURIComponent(name)}`)
  }

  /** Throws away what waits in it. */
  async purgeQueue(name: string): Promise<void> {
    await this.#ask('DELETE', `/queues/${this.#v}/${encodeURIComponent(name)}/contents`)
  }

  async bindings(exchange: string, queue: string): Promise<readonly string[]> {
    const path = `/bindings/${this.#v}/e/${encodeURIComponent(exchange)}/q/${encodeURIComponent(queue)}`
    const list = (await this.#ask('GET', path)) as unknown as { properties_key: string }[] | undefined
    return (list ?? []).map((binding) => binding.properties_key)
  }

  async unbind(exchange: string, queue: string): Promise<void> {
    for (const key of await this.bindings(exchange, queue)) {
      await this.#ask(
        'DELETE',
        `/bindings/${this.#v}/e/${encodeURIComponent(exchange)}/q/${encodeURIComponent(queue)}/${encodeURIComponent(key)}`,
      )
    }
  }

  async bind(exchange: string, queue: string, routingKey: string): Promise<void> {
    await this.#ask(
      'POST',
      `/bindings/${this.#v}/e/${encodeURIComponent(exchange)}/q/${encodeURIComponent(queue)}`,
      {
        routing_key: routingKey,
        arguments: {},
      },
    )
  }

  async setPolicy(name: string, pattern: string, definition: Record<string, unknown>): Promise<void> {
    await this.#ask('PUT', `/policies/${this.#v}/${name}`, {
      pattern,
      definition,
      priority: 10,
      'apply-to': 'queues',
    })
  }

  async policies(): Promise<readonly string[]> {
    const list = (await this.#ask('GET', `/policies/${this.#v}`)) as unknown as { name: string }[] | undefined
    return (list ?? []).map((policy) => policy.name)
  }

  async deletePolicy(name: string): Promise<void> {
    await this.#ask('DELETE', `/policies/${this.#v}/${name}`)
  }

  /** True while the broker blocks publishers. */
  async alarm(): Promise<boolean> {
    const nodes = (await this.#ask('GET', '/nodes')) as unknown as
      | { mem_alarm: boolean; disk_free_alarm: boolean }[]
      | undefined
    return (nodes ?? []).some((node) => node.mem_alarm || node.disk_free_alarm)
  }

  /** How many connections this virtual host has. */
  async connections(): Promise<number> {
    const list = (await this.#ask('GET', `/vhosts/${this.#v}/connections`)) as unknown as
      | unknown[]
      | undefined
    return list?.length ?? 0
  }

  /** Every channel of this virtual host with the name that its client gave to the connection. */
  async consumers(): Promise<readonly ConsumerFacts[]> {
    const channels = (await this.#ask('GET', `/vhosts/${this.#v}/channels`)) as unknown as
      | { messages_unacknowledged?: number; connection_details?: { name: string } }[]
      | undefined
    const connections = (await this.#ask('GET', `/vhosts/${this.#v}/connections`)) as unknown as
      | { name: string; user_provided_name?: string }[]
      | undefined
    const given = new Map(
      (connections ?? []).map(({ name, user_provided_name }) => [name, user_provided_name]),
    )
    return (channels ?? []).map((channel) => ({
      connectionName: given.get(channel.connection_details?.name ?? '') ?? '',
      unacknowledged: Number(channel.messages_unacknowledged ?? 0),
    }))
  }

  get #v(): string {
    return encodeURIComponent(this.vhost)
  }

  async #ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown> | undefined> {
    const answer = await fetch(this.#base + path, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from('guest:guest').toString('base64')}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(2_000),
    })
    if (answer.status === 404) return undefined
    const text = await answer.text()
    if (!answer.ok)
      throw new Error(`the broker answered ${answer.status} to ${method} ${path}: ${text.slice(0, 200)}`)
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  }
}
