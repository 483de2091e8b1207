import { type FakeEngine, fakeEngine } from './engine.fixture.ts'
import { type FirewallFixture, firewallFixture } from './firewall.fixture.ts'
import type { ContainerTarget } from './target.ts'

/** A container with two peers, behind a firewall of its own; nothing of the host is touched. */
export interface RulesFixture extends AsyncDisposable {
  readonly engine: FakeEngine
  readonly firewall: FirewallFixture
  readonly target: ContainerTarget
}

export async function rulesFixture(): Promise<RulesFixture> {
  const engine = await fakeEngine()
  const firewall = firewallFixture()
  const peers = new Map([
    ['worker-1', '172.20.0.5'],
    ['broker', '172.20.0.6'],
    ['store', '172.20.0.7'],
  ])
  const isOpen = () => !firewall.rules.some((rule) => rule.includes('! -'))
  const target = engine.target({ peers: async () => peers, answers: async () => isOpen() })
  return { engine, firewall, target, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() }
}
