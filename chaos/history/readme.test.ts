import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { faultEvents, operationTypes, phases, places } from './line.ts'
import { parseLine } from './parse-line.ts'

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')

describe('the README of this folder', () => {
  it('has an example whose every line is valid', () => {
    const [, example = ''] = /```jsonl\n([\s\S]*?)```/.exec(readme) ?? []
    const lines = example.trim().split('\n')
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.map((line) => parseLine(line)).filter(({ kind }) => kind === 'problem')).toEqual([])
  })

  it('names every value of the closed lists', () => {
    for (const list of [phases, places, faultEvents, operationTypes])
      expect(readme).toContain(list.join(', '))
  })
})
