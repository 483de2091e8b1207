import { z } from 'zod'
import type { FaultKind } from './fault.ts'
import { faultKinds } from './list.ts'

/** The catalogue as a Markdown table, one row a kind; the README's own is made of it. */
export function faultTable(): string {
  const rows = faultKinds.map(({ kind, needs, how, victimFeels, proof }) => [
    `\`${kind}\``,
    needs.join(', ') || '–',
    how,
    victimFeels,
    proof,
  ])
  const head = ['fault', 'needs a target that is', 'how', 'what the victim feels', 'proof that it was felt']
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}

/** What a kind can be told, by name, each with its default or "optional": `latencyMs=300`. */
export function optionsInWords(kind: FaultKind): readonly string[] {
  const { properties = {} } = z.toJSONSchema(kind.options)
  return Object.entries(properties).map(([name, schema]) => {
    const { default: usual, enum: allowed } = schema as { default?: unknown; enum?: readonly unknown[] }
    const choices = allowed === undefined ? '' : ` (${allowed.join(', ')})`
    return usual === undefined ? `${name} (optional)` : `${name}=${usual}${choices}`
  })
}
