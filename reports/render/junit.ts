import type { Verdict } from '../../chaos/kernel/verdict.ts'
import type { RunRecord } from '../run-record.ts'
import { escapeMarkup } from './escape.ts'

interface Case {
  readonly group: string
  readonly name: string
  readonly verdict: Verdict
  readonly reason: string
}

/**
 * JUnit's XML: the suite is the experiment; a case is a promise, an objective, a fault's proof, its heal, or the
 * residue scan. A broken promise is a `failure`; "we cannot say" is an `error`.
 */
export function renderJunit(record: RunRecord): string {
  const cases = casesOf(record)
  const count = (verdict: Verdict) => cases.filter((one) => one.verdict === verdict).length
  const totals = `tests="${cases.length}" failures="${count('fail')}" errors="${count('unknown')}" skipped="0"`
  const name = escapeMarkup(record.experiment)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="seawall" ${totals} time="${seconds(record)}">`,
    `  <testsuite name="${name}" ${totals} time="${seconds(record)}" timestamp="${escapeMarkup(record.startedAt)}">`,
    '    <properties>',
    ...properties(record).map(
      ([key, value]) => `      <property name="${escapeMarkup(key)}" value="${escapeMarkup(value)}"/>`,
    ),
    '    </properties>',
    ...cases.map((one) => caseElement(record, one)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

/** Every case of a run, in the order of the page. A run without a verdict has one more: that it ended. */
function casesOf(record: RunRecord): Case[] {
  return [
    {
      group: 'run',
      name: 'reaches a verdict',
      verdict: record.verdict === undefined ? 'unknown' : 'pass',
      reason: 'the run was cut off before it had a verdict',
    },
    ...record.promises.map(({ promise, verdict, reasons, examples }) => ({
      group: 'promise',
      name: promise,
      verdict,
      reason: reasonWith(reasons, examples),
    })),
    ...record.objectives.map(({ promise, verdict, reasons }) => ({
      group: 'objective',
      name: promise,
      verdict,
      reason: reasons.join('; '),
    })),
    ...record.faults.flatMap((fault) => [
      {
        group: 'fault proof',
        name: `${fault.id} was felt: ${fault.describe}`,
        verdict: fault.felt ? ('pass' as const) : ('unknown' as const),
        reason: fault.error ?? (fault.evidence || 'nothing shows that the fault was felt'),
      },
      {
        group: 'heal',
        name: `${fault.id} was healed: ${fault.describe}`,
        verdict: healVerdict(fault),
        reason: fault.error ?? 'nothing shows that the fault was healed',
      },
    ]),
    {
      group: 'residue',
      name: 'leaves nothing behind',
      verdict: record.residue.length > 0 ? 'fail' : 'pass',
      reason: record.residue.join('; '),
    },
    ...record.problems.map((problem) => ({
      group: 'harness',
      name: problem,
      verdict: 'unknown' as const,
      reason: problem,
    })),
  ]
}

/** A fault that never came in needs no heal. */
function healVerdict(fault: RunRecord['faults'][number]): Verdict {
  return fault.injectedMs === undefined || fault.healedMs !== undefined ? 'pass' : 'unknown'
}

function reasonWith(reasons: readonly string[], examples: readonly string[]): string {
  const ids = examples.length === 0 ? '' : ` (${examples.join(', ')})`
  return `${reasons.join('; ')}${ids}`
}

function properties(record: RunRecord): (readonly [string, string])[] {
  return [
    ['runId', record.runId],
    ['seed', record.seed],
    ['replay', record.replay],
    ['commit', record.commit],
    ['system', record.system],
    ...(record.mutant === undefined ? [] : [['mutant', record.mutant] as const]),
    ['verdict', record.verdict ?? 'unknown'],
    ...Object.entries(record.environment),
  ]
}

function caseElement(record: RunRecord, { group, name, verdict, reason }: Case): string {
  const open = `    <testcase classname="${escapeMarkup(`${record.experiment}.${group}`)}" name="${escapeMarkup(name)}" time="0"`
  if (verdict === 'pass') return `${open}/>`
  const element = verdict === 'fail' ? 'failure' : 'error'
  const text = `${reason}\nreplay: ${record.replay}`
  return `${open}><${element} message="${escapeMarkup(reason)}">${escapeMarkup(text)}</${element}></testcase>`
}

function seconds({ startedAt, endedAt }: RunRecord): string {
  const ms = endedAt === undefined ? 0 : Date.parse(endedAt) - Date.parse(startedAt)
  return (Math.max(0, ms || 0) / 1_000).toFixed(3)
}
