import { appendFile } from 'node:fs/promises'
import type { Verdict } from '../chaos/kernel/verdict.ts'

/** What GitHub shows beside a change. */
export interface Annotation {
  readonly verdict: Verdict
  readonly title: string
  readonly text: string
}

type Env = Readonly<Record<string, string | undefined>>

const levels = { pass: 'notice', fail: 'error', unknown: 'error' } as const

/** The lines that GitHub's runner reads from standard output; none elsewhere. Unknown is an error like fail. */
export function annotations(list: readonly Annotation[], env: Env): string[] {
  if (env.GITHUB_ACTIONS !== 'true') return []
  return list.map(
    ({ verdict, title, text }) => `::${levels[verdict]} title=${property(title)}::${message(text)}`,
  )
}

/** Appends Markdown to the summary of the step, where there is one. */
export async function appendStepSummary(markdown: string, env: Env): Promise<void> {
  const path = env.GITHUB_STEP_SUMMARY
  if (path !== undefined && path !== '') await appendFile(path, `${markdown}\n`)
}

function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
