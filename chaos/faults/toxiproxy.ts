import { isDeepStrictEqual } from 'node:util'
import { HarnessError } from '../kernel/errors.ts'
import type { LinkTarget } from './target.ts'

/** Where a link's proxy is: the base address of Toxiproxy's API and the proxy's name in it. */
export type ProxyAddress = Pick<LinkTarget, 'toxiproxyUrl' | 'proxyName'>

export const directions = ['upstream', 'downstream'] as const
/** upstream: what the client sends. downstream: what the server answers. */
export type Direction = (typeof directions)[number]

/** Toxics by type, so that a misspelt attribute cannot be written: Toxiproxy would take it and do nothing. */
export type Toxic = { readonly name: string; readonly stream: Direction } & (
  | { readonly type: 'latency'; readonly attributes: { readonly latency: number; readonly jitter: number } }
  | { readonly type: 'bandwidth'; readonly attributes: { readonly rate: number } }
  | {
      readonly type: 'slicer'
      readonly attributes: {
        readonly average_size: number
        readonly size_variation: number
        readonly delay: number
      }
    }
  | { readonly type: 'reset_peer'; readonly attributes: { readonly timeout: number } }
  | { readonly type: 'timeout'; readonly attributes: { readonly timeout: number } }
  | { readonly type: 'limit_data'; readonly attributes: { readonly bytes: number } }
)

/** Adds a toxic for every connection, and reads it back: what Toxiproxy kept must be what was asked for. */
export async function addToxic(at: ProxyAddress, toxic: Toxic, signal?: AbortSignal): Promise<void> {
  await ask('POST', `${proxyUrl(at)}/toxics`, { ...toxic, toxicity: 1 }, signal)
  const kept = (await ask(
    'GET',
    `${proxyUrl(at)}/toxics/${encodeURIComponent(toxic.name)}`,
  )) as Partial<Toxic>
  const same =
    kept.type === toxic.type &&
    kept.stream === toxic.stream &&
    isDeepStrictEqual(kept.attributes, toxic.attributes)
  if (same) return
  throw new HarnessError(
    'HARNESS_INTERNAL',
    `expected Toxiproxy to keep ${JSON.stringify(toxic)}, but it kept ${JSON.stringify(kept)}`,
    'this Toxiproxy is not of the version that Seawall knows (2.12); look at the image that was chosen',
  )
}

/** Takes a toxic away; nothing happens if it is not there. */
export async function removeToxic(at: ProxyAddress, name: string): Promise<void> {
  await ask('DELETE', `${proxyUrl(at)}/toxics/${encodeURIComponent(name)}`, undefined, undefined, [404])
}

/** Opens or closes a proxy. Closing ends its connections and its port. */
export async function setEnabled(at: ProxyAddress, enabled: boolean, signal?: AbortSignal): Promise<void> {
  await change(at, { enabled }, signal)
}

/** Where the proxy's server is, as Toxiproxy knows it: `store:9042`. */
export async function upstreamOf(at: ProxyAddress): Promise<string> {
  const { upstream } = (await ask('GET', proxyUrl(at))) as { upstream: string }
  return upstream
}

/** Sends the link elsewhere. Its open connections end. */
export async function setUpstream(at: ProxyAddress, upstream: string, signal?: AbortSignal): Promise<void> {
  await change(at, { upstream }, signal)
}

/**
 * Bytes that clients have sent into a proxy, over connections that have ended: a connection is counted at its end.
 * Needs a Toxiproxy that was started with `-proxy-metrics`; 0 where no connection has ended yet.
 */
export async function bytesFromClients({ toxiproxyUrl, proxyName }: ProxyAddress): Promise<number> {
  const text = await askText('GET', `${toxiproxyUrl.replace(/\/$/, '')}/metrics`)
  const counters = text.matchAll(/^toxiproxy_proxy_received_bytes_total\{([^}]*)\} (\S+)$/gm)
  let bytes = 0
  for (const [, labels = '', value] of counters) {
    const isOurs = labels.includes(`proxy="${proxyName}"`) && labels.includes('direction="upstream"')
    if (isOurs) bytes += Number(value)
  }
  return bytes
}

async function change(
  at: ProxyAddress,
  wanted: { readonly enabled: boolean } | { readonly upstream: string },
  signal?: AbortSignal,
): Promise<void> {
  const kept = await ask('POST', proxyUrl(at), wanted, signal)
  if (isMatch(kept, wanted)) return
  throw new HarnessError(
    'HARNESS_INTERNAL',
    `expected Toxiproxy to keep ${JSON.stringify(wanted)} for ${at.proxyName}, but it says ${JSON.stringify(kept)}`,
    'look at the log of the Toxiproxy container in the run record',
  )
}

function isMatch(kept: unknown, wanted: object): boolean {
  const given = kept as Record<string, unknown>
  return Object.entries(wanted).every(([name, value]) => given[name] === value)
}

function proxyUrl(at: ProxyAddress): string {
  return `${at.toxiproxyUrl.replace(/\/$/, '')}/proxies/${encodeURIComponent(at.proxyName)}`
}

// 20 s: Toxiproxy answers in a millisecond; a machine that is starting five containers has kept it waiting for 3 s.
const askTimeoutMs = 20_000

async function ask(...question: Parameters<typeof askText>): Promise<unknown> {
  const text = await askText(...question)
  return text === '' ? undefined : JSON.parse(text)
}

async function askText(
  method: string,
  url: string,
  body?: unknown,
  signal?: AbortSignal,
  fine: readonly number[] = [],
): Promise<string> {
  const limit = AbortSignal.timeout(askTimeoutMs)
  const response = await fetch(url, {
    method,
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw unreachable(`${method} ${url}`, error)
  })
  const text = await response.text()
  if (response.ok || fine.includes(response.status)) return text
  throw new HarnessError(
    'HARNESS_INTERNAL',
    `expected Toxiproxy to accept ${method} ${url} ${JSON.stringify(body)}, got ${response.status}: ${text.trim()}`,
    'a 404 means that the topology has no proxy of this name; a 409 that the fault is already in',
  )
}

function unreachable(what: string, cause: unknown): HarnessError {
  const reason =
    cause instanceof Error ? ((cause.cause as Error | undefined)?.message ?? cause.message) : cause
  return new HarnessError(
    'HARNESS_TARGET_UNREACHABLE',
    `expected Toxiproxy to answer ${what} within ${askTimeoutMs / 1_000} s, got: ${reason}`,
    'look whether the Toxiproxy container of the run is still there: `docker ps --filter label=seawall.run`',
    { cause },
  )
}
