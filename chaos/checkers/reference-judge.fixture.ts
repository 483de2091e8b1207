import type { FaultLine, HistoryLine, OperationLine, Place, ReadLine, RunLine } from '../history/line.ts'
import type { FailingClass, SeawallCounts } from './result.ts'

/** What the slow judge says; reasons only by their number, since words are not a rule. */
export interface ReferenceResult {
  readonly verdict: string
  readonly counts: SeawallCounts
  readonly examples: Partial<Record<FailingClass, readonly string[]>>
  readonly faults: { planned: number; felt: number; healed: number }
  readonly unknowns: number
}

/**
 * The format's description once more, sentence by sentence, over the whole list of lines for each id: slow,
 * obvious, and sharing no code with the judge. The history must be valid and of one file.
 */
export function referenceJudge(lines: readonly HistoryLine[]): ReferenceResult {
  const submits = lines.filter((line) => line.kind === 'op').filter((line) => line.action === 'submit')
  const reads = lines.filter((line) => line.kind === 'read')
  const named = lines.flatMap((line) => (line.kind === 'op' || line.kind === 'read' ? [line.id] : []))
  const ids = named.filter((id, at) => named.indexOf(id) === at)
  const allRead = plannedPlaces(lines).every((place) => wasReadToItsEnd(lines, place))
  const facts = ids.map((id) => factsOf(id, submits, reads, allRead))
  const number = (test: (each: Facts) => boolean) => facts.filter(test).length
  const classNames = [
    'lost',
    'duplicated',
    'phantom',
    'resurrected',
    'corrupted',
    'misplaced',
    'stuck',
  ] as const
  const inClass = (name: string) => facts.filter(({ classes }) => classes.includes(name))
  const counts: SeawallCounts = {
    attempted: number(({ end }) => end !== undefined),
    acknowledged: number(({ end }) => end === 'ok'),
    refused: number(({ end }) => end === 'fail'),
    unsure: number(({ end }) => end === 'info'),
    stored: number(({ places }) => places.includes('store')),
    deadLettered: number(({ places }) => places.includes('dead-letter')),
    queued: number(({ places }) => places.includes('queue')),
    dropped: lines.reduce((sum, line) => sum + (line.kind === 'dropped' ? line.count : 0), 0),
    ...(Object.fromEntries(classNames.map((name) => [name, inClass(name).length])) as Record<
      FailingClass,
      number
    >),
    recovered: inClass('recovered').length,
    indeterminate: inClass('indeterminate').length,
  }
  const broken = classNames.filter((name) => counts[name] > 0)
  const unknowns = unknownsOf(lines, counts)
  return {
    verdict: broken.length > 0 ? 'fail' : unknowns > 0 ? 'unknown' : 'pass',
    counts,
    examples: Object.fromEntries(
      broken.map((name) => [
        name,
        inClass(name)
          .slice(0, 10)
          .map(({ id }) => id),
      ]),
    ),
    faults: {
      planned: faultNames(lines).length,
      felt: faultNames(lines).filter((name) => hasEvent(lines, name, 'felt')).length,
      healed: faultNames(lines).filter((name) => hasEvent(lines, name, 'healed')).length,
    },
    unknowns,
  }
}

interface Facts {
  readonly id: string
  readonly end: 'ok' | 'info' | 'fail' | undefined
  readonly places: readonly Place[]
  readonly classes: readonly string[]
}

function factsOf(
  id: string,
  allSubmits: readonly OperationLine[],
  allReads: readonly ReadLine[],
  allRead: boolean,
): Facts {
  const submits = allSubmits.filter((line) => line.id === id)
  const reads = allReads.filter((line) => line.id === id)
  const invokes = submits.filter(({ type }) => type === 'invoke')
  const ends = invokes.map((invoke) => {
    const isItsEnd = (line: OperationLine) =>
      line.type !== 'invoke' && line.process === invoke.process && line.attempt === invoke.attempt
    return submits.find(isItsEnd)?.type ?? 'info'
  })
  const end = (['ok', 'info', 'fail'] as const).find((type) => ends.includes(type))
  const places = (['store', 'dead-letter', 'queue'] as const).filter((place) =>
    reads.some((line) => line.place === place),
  )
  const expected = invokes[0]?.expect ?? 'store'
  const inStore = reads.filter(({ place }) => place === 'store')
  const effects = inStore.flatMap((line) => line.effects ?? [])
  const isNowhere = places.length === 0
  const mayBe = end === 'ok' || end === 'info'
  const classes: string[] = []
  if (end === 'ok' && isNowhere && allRead) classes.push('lost')
  else if (mayBe && inStore.length > 0 && effects.length === 0) classes.push('lost')
  if (effects.length >= 2 || inStore.length >= 2) classes.push('duplicated')
  if (invokes.length === 0 && !isNowhere) classes.push('phantom')
  if (end === 'fail' && !isNowhere) classes.push('resurrected')
  if (invokes.length > 0 && reads.some((read) => !invokes.some(({ digest }) => digest === read.digest)))
    classes.push('corrupted')
  if (mayBe && places.includes(expected === 'store' ? 'dead-letter' : 'store')) classes.push('misplaced')
  if (places.includes('queue')) classes.push('stuck')
  if (end === 'info' && places.length === 1 && places[0] === expected && classes.length === 0)
    classes.push('recovered')
  if (end === 'info' && isNowhere && allRead) classes.push('indeterminate')
  return { id, end, places, classes }
}

function plannedPlaces(lines: readonly HistoryLine[]): readonly Place[] {
  return [...new Set<Place>(['store', ...((lines[0] as RunLine).plan?.places ?? [])])]
}

function wasReadToItsEnd(lines: readonly HistoryLine[], place: Place): boolean {
  const complete = lines.find((line) => line.kind === 'read-complete' && line.place === place)
  const read = lines.filter((line) => line.kind === 'read' && line.place === place).length
  return complete?.kind === 'read-complete' && complete.count === read
}

function faultNames(lines: readonly HistoryLine[]): readonly string[] {
  const planned = (lines[0] as RunLine).plan?.faults ?? []
  return [...new Set([...planned, ...lines.flatMap((line) => (line.kind === 'fault' ? [line.fault] : []))])]
}

const faultLines = (lines: readonly HistoryLine[], name: string) =>
  lines.filter((line): line is FaultLine => line.kind === 'fault' && line.fault === name)

function hasEvent(lines: readonly HistoryLine[], name: string, event: string): boolean {
  return faultLines(lines, name).some((line) => line.event === event)
}

function unknownsOf(lines: readonly HistoryLine[], counts: SeawallCounts): number {
  const times = lines.flatMap((line) =>
    line.kind === 'op' && line.action === 'submit' && line.type === 'invoke' ? [line.timeMs] : [],
  )
  const isIdle = (fromMs: number, toMs: number) => !times.some((timeMs) => timeMs >= fromMs && timeMs <= toMs)
  let unknowns = counts.acknowledged === 0 ? 1 : 0
  unknowns += plannedPlaces(lines).filter((place) => !wasReadToItsEnd(lines, place)).length
  for (const name of faultNames(lines)) {
    const injected = faultLines(lines, name).find(({ event }) => event === 'injected')
    const healed = faultLines(lines, name).find(({ event }) => event === 'healed')
    if (!hasEvent(lines, name, 'felt')) unknowns += 1
    if (injected !== undefined && healed === undefined) unknowns += 1
    if (injected !== undefined && healed !== undefined && isIdle(injected.timeMs, healed.timeMs))
      unknowns += 1
  }
  const marks = lines.filter((line) => line.kind === 'phase').toSorted((a, b) => a.timeMs - b.timeMs)
  const isIdleAssault = marks.some(
    ({ phase, timeMs }, at) =>
      phase === 'assault' && isIdle(timeMs, marks[at + 1]?.timeMs ?? Number.MAX_VALUE),
  )
  if (isIdleAssault) unknowns += 1
  const droppedMax = (lines[0] as RunLine).plan?.droppedMax
  if (droppedMax !== undefined && counts.dropped > droppedMax) unknowns += 1
  return unknowns
}
