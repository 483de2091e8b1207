import { describe, expect, it } from 'vitest'
import { judgeText } from './judge-text.fixture.ts'

const run = {
  kind: 'run',
  format: 'seawall-history',
  version: 1,
  runId: 'r',
  experiment: 'e',
  seed: 's',
  startedAt: 't',
}
const invoke = {
  kind: 'op',
  timeMs: 1,
  type: 'invoke',
  process: 'p',
  action: 'submit',
  id: 'a',
  attempt: 1,
  digest: 'd',
}
const ok = { kind: 'op', timeMs: 2, type: 'ok', process: 'p', action: 'submit', id: 'a', attempt: 1 }
const read = { kind: 'read', timeMs: 3, place: 'store', id: 'a', digest: 'd', effects: ['e'] }
const complete = { kind: 'read-complete', timeMs: 4, place: 'store', count: 1 }
const fault = { kind: 'fault', timeMs: 1, event: 'felt', fault: 'f', faultKind: 'k', target: 't' }

type Line = Readonly<Record<string, unknown>> | string
const textOf = (...lines: Line[]) =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
const without = (line: Readonly<Record<string, unknown>>, field: string) =>
  Object.fromEntries(Object.entries(line).filter(([name]) => name !== field))

/** The message of the error with which the text is refused. */
function refusal(text: string): string {
  try {
    judgeText(text)
  } catch (error) {
    return (error as Error).message.split('\n')[0] as string
  }
  return 'accepted'
}

describe('a history is accepted', () => {
  it('with all kinds of lines, unknown fields and fractions of milliseconds', () => {
    const lines = [
      { ...run, extra: { deep: [1] }, plan: { faults: ['f'], places: ['store'], droppedMax: 3, more: 1 } },
      { kind: 'phase', timeMs: 0.25, phase: 'assault', extra: null },
      { ...invoke, status: 'not a field of an invoke', intendedMs: 'nor is this' },
      { ...ok, status: 202, error: 'none', digest: 5, expect: 5 },
      { ...invoke, action: 'get', digest: undefined, attempt: 7 },
      { kind: 'dropped', timeMs: 1, count: 0 },
      { ...fault, evidence: { free: true } },
      { kind: 'observation', timeMs: 1, name: 'depth', value: -3.5, replica: 'api-1' },
      { ...read, reason: 'none' },
      complete,
    ]
    expect(refusal(textOf(...lines))).toBe('accepted')
  })

  it('with a last line that has no newline and parses', () => {
    expect(judgeText(textOf(run, invoke, ok, read) + JSON.stringify(complete))).toMatchObject({
      verdict: 'pass',
      torn: 0,
    })
  })

  it('with empty lines at its end', () => {
    expect(refusal(`${textOf(run, invoke)}\n\n`)).toBe('accepted')
  })

  it('with carriage returns before the newlines', () => {
    expect(refusal(textOf(run, invoke).replaceAll('\n', '\r\n'))).toBe('accepted')
  })
})

describe('a torn last line', () => {
  it('is dropped and counted, and the rest is judged', () => {
    for (const torn of ['{', '{"kind":"re', '@reads AAA', '@', 'x'])
      expect(judgeText(textOf(run, invoke, ok, read, complete) + torn)).toMatchObject({ torn: 1 })
  })

  it('makes no history where it is the only line', () => {
    expect(refusal('{"kind":"run"')).toContain('line 1: expected a JSON object')
  })

  it('is none where it parses and breaks a rule, or where a newline ends it', () => {
    expect(refusal(`${textOf(run)}{"kind":"phase"}`)).toContain('line 2')
    expect(refusal(`${textOf(run)}17`)).toContain('line 2')
    expect(refusal(`${textOf(run)}{"kind":\n`)).toContain('line 2')
  })
})

const refused: Readonly<Record<string, readonly [lines: readonly Line[], message: string]>> = {
  'an empty file': [[], 'line 1: expected a first line of kind run, got an empty file'],
  'a line that is no JSON': [[run, 'nonsense'], 'line 2: expected a JSON object, got nonsense'],
  'a JSON line that is no object': [[run, '[1]'], 'line 2: expected a JSON object, got [1]'],
  'null for a line': [[run, 'null'], 'line 2: expected a JSON object, got null'],
  'an empty line in the middle': [
    [run, '', invoke],
    'line 2: expected a line of the history, got an empty line',
  ],
  'an empty first line': [['', run], 'line 1: expected a line of the history, got an empty line'],
  'an unknown kind': [
    [run, { kind: 'toString', timeMs: 1 }],
    'line 2: expected `kind` to be one of run, phase',
  ],
  'no kind': [[run, { timeMs: 1 }], 'line 2: expected `kind` to be one of'],
  'a first line of another kind': [[invoke], 'line 1: expected the first line to be of kind run'],
  'a second run': [[run, run], 'line 2: expected one line of kind run, got a second'],
  'another format': [
    [{ ...run, format: 'jepsen' }],
    'line 1: expected `format` to be one of seawall-history, got "jepsen"',
  ],
  'another version': [[{ ...run, version: 2 }], 'line 1: expected `version` to be 1, got 2'],
  'a version as text': [[{ ...run, version: '1' }], 'line 1: expected `version` to be 1, got "1"'],
  'a plan that is a list': [[{ ...run, plan: [] }], '`plan` to be an object'],
  'a plan that is null': [[{ ...run, plan: null }], '`plan` to be an object'],
  'planned faults that are no names': [[{ ...run, plan: { faults: [1] } }], '`plan.faults`'],
  'an unknown planned place': [[{ ...run, plan: { places: ['attic'] } }], '`plan.places`'],
  'a negative droppedMax': [[{ ...run, plan: { droppedMax: -1 } }], '`plan.droppedMax`'],
  'a time as text': [
    [run, { ...invoke, timeMs: '1' }],
    '`timeMs` to be a finite number that is not negative, got "1"',
  ],
  'a negative time': [[run, { ...invoke, timeMs: -1 }], '`timeMs`'],
  'an infinite time': [[run, JSON.stringify(invoke).replace('"timeMs":1', '"timeMs":1e999')], '`timeMs`'],
  'no time': [
    [run, without(invoke, 'timeMs')],
    '`timeMs` to be a finite number that is not negative, got nothing',
  ],
  'an unknown phase': [[run, { kind: 'phase', timeMs: 1, phase: 'lunch' }], '`phase` to be one of gate'],
  'an unknown type': [[run, { ...invoke, type: 'maybe' }], '`type` to be one of invoke, ok, fail, info'],
  'an empty id': [[run, { ...invoke, id: '' }], '`id` to be a string that is not empty'],
  'an id that is a number': [[run, { ...invoke, id: 7 }], '`id`'],
  'an attempt of 0': [[run, { ...invoke, attempt: 0 }], '`attempt` to be a whole number from 1'],
  'a fraction of an attempt': [[run, { ...invoke, attempt: 1.5 }], '`attempt`'],
  'a submit without a digest': [[run, without(invoke, 'digest')], '`digest`'],
  'a digest of a get that is no text': [[run, { ...invoke, action: 'get', digest: 1 }], '`digest`'],
  'an unknown destination': [
    [run, { ...invoke, expect: 'queue' }],
    '`expect` to be one of store, dead-letter',
  ],
  'a status as text': [[run, invoke, { ...ok, status: '202' }], '`status`'],
  'an error that is no text': [[run, invoke, { ...ok, error: 7 }], '`error`'],
  'a negative count': [[run, { kind: 'dropped', timeMs: 1, count: -1 }], '`count`'],
  'an unknown event': [[run, { ...fault, event: 'enjoyed' }], '`event`'],
  'an unknown place': [[run, { ...read, place: 'attic' }], '`place`'],
  'an empty id of a read': [[run, { ...read, id: '' }], '`id`'],
  'a store read without effects': [[run, without(read, 'effects')], '`effects`'],
  'effects that are no list': [[run, { ...read, effects: 'e' }], '`effects`'],
  'an effect that is no text': [[run, { ...read, effects: [1] }], '`effects`'],
  'effects of a dead letter': [[run, { ...read, place: 'dead-letter' }], '`effects`'],
  'a reason that is no text': [[run, { ...read, reason: 1 }], '`reason`'],
  'an observation that is no number': [
    [run, { kind: 'observation', timeMs: 1, name: 'x', value: 'y' }],
    '`value`',
  ],
  'a completion without an invoke': [
    [run, ok],
    'line 2: expected an invoke before the completion of attempt 1',
  ],
  'a completion of another process': [
    [run, invoke, { ...ok, process: 'q' }],
    'line 3: expected an invoke before',
  ],
  'a completion of another action': [
    [run, invoke, { ...ok, action: 'get' }],
    'line 3: expected an invoke before',
  ],
  'a completion before its invoke': [[run, ok, invoke], 'line 2: expected an invoke before'],
  'a second completion': [[run, invoke, ok, ok], 'line 4: expected one completion of attempt 1'],
  'a second invoke of an attempt': [
    [run, invoke, ok, invoke],
    'line 4: expected one invoke of attempt 1 of "a", got a second',
  ],
  'a second invoke of a get': [
    [run, { ...invoke, action: 'get' }, { ...invoke, action: 'get' }],
    'line 3: expected one invoke of attempt 1 of get "a"',
  ],
  'invokes that differ in expect': [
    [run, invoke, { ...invoke, attempt: 2, expect: 'dead-letter' }],
    'line 3: expected every invoke of "a" to have the same `expect`',
  ],
  'a second read-complete of a place': [
    [run, read, complete, complete],
    'line 4: expected one read-complete of store',
  ],
  'a packed line without a prefix': [[run, '@reads AAAAAAAAAAAAAAAA'], 'line 2: expected `ledgerPrefix`'],
}

describe('exit 64, with the number of the line and what was expected, for', () => {
  for (const [name, [lines, message]] of Object.entries(refused)) {
    it(name, () => {
      const got = refusal(textOf(...lines))
      expect(got).toMatch(/^HARNESS_HISTORY_INVALID: a test, line \d+: expected /)
      expect(got).toContain(message)
      // Once more with lines that are plain enough to be read from their bytes.
      const plain = (text: string) => text.replaceAll('"d"', '"0000000d"').replaceAll('"a"', '"o-1"')
      expect(refusal(plain(textOf(...lines)))).toBe(plain(got))
    })
  }

  const required: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    run,
    invoke,
    ok,
    fault,
    read,
    complete,
  }
  for (const [name, line] of Object.entries(required)) {
    for (const field of Object.keys(line).filter((each) => each !== 'kind')) {
      it(`a line of ${name} without ${field}, or with a list for it`, () => {
        const before = name === 'run' ? [] : [run, ...(name === 'ok' ? [invoke] : [])]
        const number = before.length + 1
        const wrong = field === 'effects' ? {} : []
        for (const broken of [without(line, field), { ...line, [field]: wrong }])
          expect(refusal(textOf(...before, broken))).toContain(`line ${number}: expected \`${field}\``)
      })
    }
  }
})
