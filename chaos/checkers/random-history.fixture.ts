import { history } from '../history/build-history.ts'
import { faultEvents, type HistoryLine, type Place, phases, places, type RunLine } from '../history/line.ts'
import type { Random } from '../kernel/random.ts'

const hostileIds = [
  '__proto__',
  'constructor',
  'toString',
  'o-007',
  'o-00',
  '17',
  '0',
  'o-4294967295',
  'o-4294967296',
  'o-99999999999999999999',
  'o-',
  'ü 😀 \u2028',
  'a"b\\c',
  ' ',
]
const digests = ['0000000a', 'deadbeef', '0000000A', 'other', '', '9c1e']
const kindsOfEnd = ['ok', 'ok', 'ok', 'info', 'fail', 'none'] as const

/** Lines that must follow each other in this order, with anything between them. */
type Chain = HistoryLine[]

/**
 * A valid history of a few ids, from a seed: half of them nearly honest, so that verdicts of all kinds come up;
 * the others anything goes. Ids are dense, odd and hostile; lines are interleaved as if many wrote them.
 */
export function randomHistory(random: Random): HistoryLine[] {
  const honest = random.next() < 0.5
  const mostly = (share: number) => random.next() < (honest ? 1 - (1 - share) / 10 : share)
  const ids = random.shuffle([
    ...new Set(Array.from({ length: random.integer(1, 12) }, () => randomId(random))),
  ])
  const chains: Chain[] = ids.flatMap((id) => chainsOf(id, random, mostly))
  for (const fault of ['f1', 'f2'].slice(0, random.integer(0, 2)))
    chains.push(faultChain(fault, random, mostly))
  for (const phase of random.shuffle(phases).slice(0, random.integer(0, 3)))
    chains.push(line((build) => build.at(timeOf(random)).phase(phase)))
  if (random.next() < 0.3)
    chains.push(line((build) => build.at(timeOf(random)).dropped(random.integer(0, 9))))
  const reads = chains.flat().filter(({ kind }) => kind === 'read')
  for (const place of places) {
    if (!mostly(0.8)) continue
    const count = reads.filter((read) => read.kind === 'read' && read.place === place).length
    chains.push(
      line((build) => build.readComplete(place, mostly(0.9) ? count : count + random.integer(0, 2))),
    )
  }
  return [randomRun(random), ...interleaved(chains, random)]
}

function randomRun(random: Random): RunLine {
  const maybe = (share: number) => random.next() < share
  const plan = {
    ...(maybe(0.3) ? { faults: ['f1'] } : {}),
    ...(maybe(0.5) ? { places: random.shuffle<Place>(places).slice(0, random.integer(0, 3)) } : {}),
    ...(maybe(0.5) ? { droppedMax: random.integer(0, 9) } : {}),
  }
  return history(maybe(0.8) ? { plan } : {}).lines[0] as RunLine
}

function randomId(random: Random): string {
  const chance = random.next()
  if (chance < 0.7) return `o-${random.integer(0, 30)}`
  return chance < 0.8 ? `p${random.integer(0, 9)}x` : random.pick(hostileIds)
}

const timeOf = (random: Random) => random.integer(0, 5_000) / (random.next() < 0.9 ? 100 : 97)

function line(build: (builder: ReturnType<typeof history>) => Iterable<HistoryLine>): Chain {
  return [...build(history())].slice(1)
}

function chainsOf(id: string, random: Random, mostly: (share: number) => boolean): Chain[] {
  const expect = random.next() < 0.15 ? ('dead-letter' as const) : undefined
  const own = [random.pick(digests), random.pick(digests)]
  const chains: Chain[] = []
  const attempts = mostly(0.9) ? random.integer(1, honestAttempts(random)) : 0
  let mayBeThere = false
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const process = `k6/${random.integer(1, 3)}`
    const end = random.pick(kindsOfEnd)
    mayBeThere ||= end === 'ok' || (end !== 'fail' && random.next() < 0.7)
    const digest = random.pick(own)
    const number = random.next() < 0.1 ? attempt + 300 : attempt
    chains.push(
      operation(
        'submit',
        { id, process, attempt: number, digest, ...(expect ? { expect } : {}) },
        end,
        random,
      ),
    )
    if (random.next() < 0.2)
      chains.push(operation('get', { id, process, attempt: number }, random.pick(kindsOfEnd), random))
  }
  for (const place of places) {
    const belongs = place === (expect ?? 'store') && mayBeThere
    if (mostly(0.85) !== belongs) continue
    for (let lines = mostly(0.9) ? 1 : 2; lines > 0; lines -= 1)
      chains.push(
        readOf(
          id,
          place,
          mostly(0.9) ? random.pick(attempts > 0 ? own.slice(0, 1) : own) : random.pick(digests),
          random,
          mostly,
        ),
      )
  }
  return chains
}

function honestAttempts(random: Random): number {
  return random.next() < 0.7 ? 1 : 4
}

type Fields = { id: string; process: string; attempt: number; digest?: string; expect?: 'dead-letter' }

function operation(
  action: string,
  { id, ...fields }: Fields,
  end: (typeof kindsOfEnd)[number],
  random: Random,
): Chain {
  return line((build) => {
    build.at(timeOf(random)).invoke(action, id, fields)
    if (end === 'none') return build
    return build.at(timeOf(random)).complete(end, random.next() < 0.3 ? { status: 503 } : {})
  })
}

function readOf(
  id: string,
  place: Place,
  digest: string,
  random: Random,
  mostly: (share: number) => boolean,
): Chain {
  const effects = Array.from({ length: mostly(0.85) ? 1 : random.integer(0, 3) }, () =>
    random.next() < 0.9 ? `0000000${random.integer(1, 9)}` : 'e-1',
  )
  return line((build) => build.found(id, { place, digest, effects }))
}

function faultChain(fault: string, random: Random, mostly: (share: number) => boolean): Chain {
  const usual = ['injecting', 'injected', 'felt', 'healing', 'healed'] as const
  const events = usual.filter(() => mostly(0.8))
  const extra = random.next() < 0.2 ? [random.pick(faultEvents)] : []
  return line((build) => {
    for (const event of [...events, ...extra]) build.at(timeOf(random)).fault(event, fault)
    return build
  })
}

/** Any order that keeps the order within each chain. */
function interleaved(chains: readonly Chain[], random: Random): HistoryLine[] {
  const isTogether = random.next() < 0.5
  if (isTogether) return random.shuffle(chains).flat()
  const turns = random.shuffle(chains.flatMap((chain, number) => chain.map(() => number)))
  const next = chains.map((chain) => chain.values())
  return turns.map((number) => next[number]?.next().value as HistoryLine)
}
