import {
  destinations,
  faultEvents,
  type HistoryLine,
  historyFormat,
  historyVersion,
  operationTypes,
  phases,
  places,
} from './line.ts'
import { type PackedLine, parsePacked } from './packed.ts'

/** What was expected of a line that is none; `parses` is false where it is not even JSON, as a torn line is. */
export interface LineProblem {
  readonly kind: 'problem'
  readonly parses: boolean
  readonly expected: string
}

/**
 * One line of a history by itself: a JSON object of the public format, or a packed line of the ledger.
 * Rules that need other lines (the first is `run`, completions have invokes, …) are the judge's.
 */
export function parseLine(text: string): HistoryLine | PackedLine | LineProblem {
  if (text.startsWith('@')) {
    const packed = parsePacked(text)
    return typeof packed === 'string' ? { kind: 'problem', parses: false, expected: packed } : packed
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { kind: 'problem', parses: false, expected: `expected a JSON object, got ${shown(text)}` }
  }
  const expected = problemOf(value)
  return expected === undefined ? (value as HistoryLine) : { kind: 'problem', parses: true, expected }
}

type Fields = Readonly<Record<string, unknown>>
type Rule = readonly [test: (value: unknown, line: Fields) => boolean, what: string]

const isString = (value: unknown) => typeof value === 'string'
const isFiniteNumber = (value: unknown) => Number.isFinite(value)
const isNotNegative = (value: unknown) => isFiniteNumber(value) && (value as number) >= 0
const isWhole = (value: unknown) => Number.isInteger(value) && (value as number) >= 0
const isListOf = (test: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(test)
const isOneOf = (list: readonly string[]) => (value: unknown) => list.includes(value as string)

const text: Rule = [isString, 'a string']
const id: Rule = [(value) => isString(value) && value !== '', 'a string that is not empty']
const whole: Rule = [isWhole, 'a whole number from 0']
const oneOf = (list: readonly string[]): Rule => [isOneOf(list), `one of ${list.join(', ')}`]
const optional = ([test, what]: Rule): Rule => [
  (value, line) => value === undefined || test(value, line),
  what,
]
const only = (when: (line: Fields) => boolean, [test, what]: Rule): Rule => [
  (value, line) => !when(line) || test(value, line),
  what,
]

const isInvoke = (line: Fields) => line.type === 'invoke'
const isCompletion = (line: Fields) => line.type !== 'invoke'
const isSubmit = (line: Fields) => isInvoke(line) && line.action === 'submit'

/** Field by field, in the order of the format's table. */
const rules: Readonly<Record<HistoryLine['kind'], Readonly<Record<string, Rule>>>> = {
  run: {
    format: oneOf([historyFormat]),
    version: [(value) => value === historyVersion, `${historyVersion}`],
    runId: text,
    experiment: text,
    seed: text,
    startedAt: text,
    plan: optional([(value) => problemOfPlan(value) === undefined, 'a plan']),
    ledgerPrefix: optional(text),
  },
  phase: { phase: oneOf(phases) },
  op: {
    type: oneOf(operationTypes),
    process: text,
    action: text,
    id,
    attempt: [(value) => isWhole(value) && value !== 0, 'a whole number from 1'],
    digest: only(isInvoke, [
      (value, line) => isString(value) || (!isSubmit(line) && value === undefined),
      'a string',
    ]),
    expect: only(isInvoke, optional(oneOf(destinations))),
    status: only(isCompletion, optional([isFiniteNumber, 'a number'])),
    error: only(isCompletion, optional(text)),
  },
  dropped: { count: whole },
  fault: { event: oneOf(faultEvents), fault: text, faultKind: text, target: text },
  read: {
    place: oneOf(places),
    id,
    digest: text,
    effects: [
      (value, line) => (line.place === 'store' ? isListOf(isString)(value) : value === undefined),
      'a list of strings for the store, and nothing for another place',
    ],
    reason: optional(text),
  },
  'read-complete': { place: oneOf(places), count: whole },
  observation: { name: text, value: [isFiniteNumber, 'a number'] },
}

const timeMs: Rule = [isNotNegative, 'a finite number that is not negative']
const kinds = Object.keys(rules)
const rulesOf = new Map(Object.entries(rules).map(([kind, fields]) => [kind, Object.entries(fields)]))

function problemOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `expected a JSON object, got ${shown(JSON.stringify(value))}`
  const line = value as Fields
  if (!Object.hasOwn(line, 'kind') || !kinds.includes(line.kind as string))
    return `expected \`kind\` to be one of ${kinds.join(', ')}, got ${shown(JSON.stringify(line.kind))}`
  if (line.kind !== 'run' && !isNotNegative(line.timeMs)) return problemOfField(line, 'timeMs', timeMs)
  for (const [field, rule] of rulesOf.get(line.kind as string) as [string, Rule][]) {
    if (!rule[0](line[field], line)) return problemOfField(line, field, rule)
  }
  return undefined
}

function problemOfField(line: Fields, field: string, rule: Rule): string {
  const inner = field === 'plan' ? problemOfPlan(line.plan) : undefined
  return inner ?? `expected \`${field}\` to be ${rule[1]}, got ${shown(JSON.stringify(line[field]))}`
}

function problemOfPlan(plan: unknown): string | undefined {
  if (plan === undefined) return undefined
  if (typeof plan !== 'object' || plan === null || Array.isArray(plan))
    return `expected \`plan\` to be an object, got ${shown(JSON.stringify(plan))}`
  const { faults, places: placesPlanned, droppedMax } = plan as Fields
  if (faults !== undefined && !isListOf(isString)(faults))
    return 'expected `plan.faults` to be a list of strings'
  if (placesPlanned !== undefined && !isListOf(isOneOf(places))(placesPlanned))
    return `expected \`plan.places\` to be a list of ${places.join(', ')}`
  if (droppedMax !== undefined && !isNotNegative(droppedMax))
    return 'expected `plan.droppedMax` to be a finite number that is not negative'
  return undefined
}

function shown(text: string | undefined): string {
  if (text === undefined) return 'nothing'
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`
}
