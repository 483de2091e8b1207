import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { withBlocks } from '../docs/blocks.ts'
import { documents } from '../docs/documents.ts'
import type { AddCommand } from './command.ts'

const root = resolve(import.meta.dirname, '../..')

/** `seawall docs`: makes the generated parts of the documentation anew. */
export const addDocsCommand: AddCommand = (program, io) => {
  program
    .command('docs')
    .description('make the tables of the documentation anew from the code')
    .option('--json', 'print what became of each document as JSON, and nothing else, on standard output')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const made: { readonly file: string; readonly isNew: boolean }[] = []
      for (const file of documents) {
        const path = resolve(root, file)
        const before = await readFile(path, 'utf8')
        const after = withBlocks(before)
        if (after !== before) await writeFile(path, after)
        made.push({ file, isNew: after !== before })
        if (!json) io.out(`${file}: ${after === before ? 'as it was' : 'made anew'}`)
      }
      if (json) io.out(JSON.stringify(made))
    })
}
