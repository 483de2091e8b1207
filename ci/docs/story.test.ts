import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { experiments } from '../../scenarios/experiments/list.ts'
import { readMutants } from '../mutants/list.ts'

const service = resolve(import.meta.dirname, '../../system-under-test')
const readme = readFileSync(join(service, 'README.md'), 'utf8')
const past = readFileSync(join(service, 'fragile/README.md'), 'utf8')

/** The rows of the table that has these heads, each as its cells. */
function rowsUnder(text: string, ...heads: readonly string[]): readonly (readonly string[])[] {
  const lines = text.split('\n')
  const from = lines.indexOf(`| ${heads.join(' | ')} |`)
  const rows = lines.slice(from + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return from < 0
    ? []
    : rows.slice(0, end).map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
}

const patterns = rowsUnder(readme, 'pattern', 'where', 'experiments', 'mutants')
const audit = rowsUnder(past, 'what happened', 'experiment', 'seen')
const named = (cell: string | undefined) =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name as string)

describe('the story of the redesign', () => {
  it('proves each pattern by experiments that exist, in files that exist', () => {
    const known = new Set(experiments.map(({ name }) => name))
    expect(patterns.length).toBeGreaterThan(10)
    for (const [pattern, where, proofs] of patterns) {
      expect([pattern, named(proofs).length]).not.toEqual([pattern, 0])
      expect(named(proofs).filter((name) => !known.has(name))).toEqual([])
      expect(named(where).filter((file) => !existsSync(join(service, file)))).toEqual([])
    }
  })

  it('names the mutants that show each pattern missing', async () => {
    const known = new Set((await readMutants()).map(({ id }) => id))
    for (const [pattern, , , ids = ''] of patterns) {
      expect([pattern, ids]).toEqual([pattern, expect.stringMatching(/^M\d\d(, M\d\d)*$/)])
      expect(ids.split(', ').filter((id) => !known.has(id))).toEqual([])
    }
  })

  it('links each thing that was seen before it to its experiment', () => {
    expect(audit.length).toBeGreaterThan(3)
    for (const [what, experiment = ''] of audit) {
      const [, name, file] = /^\[`([^`]+)`\]\(([^)]+)\)$/.exec(experiment) ?? []
      expect([what, experiments.some((one) => one.name === name)]).toEqual([what, true])
      expect(file).toMatch(new RegExp(`/${name}\\.ts$`))
    }
  })

  it.each([
    ['the service', readme, join(service, 'README.md')],
    ['its past', past, join(service, 'fragile/README.md')],
  ])('has no dead link or file in the README of %s', (_whose, text, path) => {
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link as string)
    const files = named(text).filter((name) => name.startsWith('../'))
    expect([...links, ...files].filter((file) => !existsSync(join(dirname(path), file)))).toEqual([])
  })
})
