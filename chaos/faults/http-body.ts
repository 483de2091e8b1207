import type { Conversation } from '../probes/converse.ts'
import type { FaultBody } from './define-fault.ts'
import type { FaultContext, Feeling } from './fault.ts'
import { type HttpFate, type HttpFaultProxy, startHttpFaultProxy } from './http-fault-proxy.ts'
import { isAnswered, talk } from './link-looks.ts'
import type { LinkTarget } from './target.ts'
import { setUpstream, upstreamOf } from './toxiproxy.ts'

export interface HttpOptions {
  /** Share of the requests that suffer. */
  readonly share: number
  /** Only paths that begin so; all, unless stated. */
  readonly route?: string | undefined
}

/**
 * The part that faults on HTTP's level share: the link is led through a proxy in this process, and home again.
 * Open connections end at both changes.
 */
export function httpBody(
  link: LinkTarget,
  { share, route = '/' }: HttpOptions,
  context: FaultContext,
  own: Pick<FaultBody, 'sentence' | 'look'> & { readonly fate: HttpFate },
): FaultBody {
  const { toxiproxyUrl, proxyName, harnessHost } = link
  if (harnessHost === undefined) throw new Error(`${link.name} is http but has no harnessHost`)
  const chance = context.random.fork(`${context.id}/http`)
  let proxy: HttpFaultProxy | undefined
  return {
    sentence: own.sentence,
    look: own.look,
    undoSteps: async () => [
      { do: 'proxy-upstream', toxiproxyUrl, proxyName, upstream: await upstreamOf(link) },
    ],
    async inject(signal) {
      const fateOf = (path: string) =>
        path.startsWith(route) && chance.next() < share ? own.fate : ('pass' as const)
      proxy = await startHttpFaultProxy({ listenHost: harnessHost, server: link.control, fateOf })
      await setUpstream(link, `${harnessHost}:${proxy.port}`, signal)
    },
    async afterHeal() {
      await proxy?.[Symbol.asyncDispose]()
      proxy = undefined
    },
  }
}

// Seven hits are expected: that none is seen happens once in a thousand looks.
const hitsExpected = 7
const requestsMax = 200

/** Felt if requests through the proxy are hit, at least a third as often as asked for, and none around it is. */
export async function lookForHits(
  link: LinkTarget,
  { share, route = '/' }: HttpOptions,
  isHit: (seen: Conversation) => boolean,
  options: { readonly context: FaultContext; readonly signal: AbortSignal },
): Promise<Feeling> {
  const send = Buffer.from(`GET ${route} HTTP/1.1\r\nHost: ${link.control.host}\r\nConnection: close\r\n\r\n`)
  const requests = Math.min(requestsMax, Math.ceil(hitsExpected / share))
  const hits = { proxied: 0, control: 0 }
  for (let count = 0; count < requests; count += 1) {
    for (const path of ['control', 'proxied'] as const) {
      const seen = await talk(link[path], link, { ...options, send, bytesEnough: 12, timeoutMs: 12_000 })
      if (path === 'control' && !isAnswered(seen)) {
        return { felt: false, evidence: 'a request around the proxy got no answer' }
      }
      if (isHit(seen)) hits[path] += 1
    }
  }
  return {
    felt: hits.proxied > 0 && hits.proxied >= (requests * share) / 3 && hits.control === 0,
    evidence: `${hits.proxied} of ${requests} requests were hit through the proxy, ${hits.control} around it`,
  }
}

/** Why this machine cannot stand between a container and its server, in words; undefined where it can. */
export async function httpUnsupported(): Promise<string | undefined> {
  if (process.platform === 'linux') return undefined
  return 'containers do not reach this machine by the gateway of their network: this needs Linux'
}
