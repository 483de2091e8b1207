import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMutants } from './list.ts'
import { copyWithBug, type MutantSource, mutantSource } from './source.ts'

const patienceMs = 300_000

describe('the source of a mutant', () => {
  it('is a copy of the service with the bug, and is gone when it is disposed of', async () => {
    let root: string
    {
      await using source = await mutantSource('M28')
      root = source.root
      const [patch] = source.mutant.files
      const added = patch?.hunks[0]?.newLines.join('\n') ?? 'nothing'
      expect(readFileSync(path.join(root, patch?.path ?? ''), 'utf8')).toContain(added)
    }
    expect(existsSync(root)).toBe(false)
  })
})

describe('all mutants together', () => {
  let sources: readonly MutantSource[] = []

  beforeAll(async () => {
    sources = await Promise.all((await readMutants()).map(copyWithBug))
  }, patienceMs)

  afterAll(async () => {
    for (const source of sources) await source[Symbol.asyncDispose]()
  })

  it('have ids that are told once', () => {
    const ids = sources.map(({ mutant }) => mutant.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it(
    'are correct programs: only what they do is wrong',
    () => {
      const changed = sources.flatMap(({ root, mutant }) =>
        mutant.files.map((file) => path.join(root, file.path)),
      )
      expect(typeProblems(changed)).toEqual([])
    },
    patienceMs,
  )
})

/** One program for all, and only the changed files are looked at: what is honest is checked elsewhere. */
function typeProblems(files: readonly string[]): string[] {
  const config = ts.readConfigFile('tsconfig.json', ts.sys.readFile).config
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    ts.sys,
    process.cwd(),
  )
  const types = path.resolve('node_modules/@types')
  const program = ts.createProgram([...files], {
    ...options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    typeRoots: [types],
  })
  return files
    .flatMap((file) =>
      [program.getSourceFile(file)].flatMap((source) => [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ]),
    )
    .map((one) => `${one.file?.fileName}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`)
}
