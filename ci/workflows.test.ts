import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { CommandIo } from './commands/command.ts'
import { frontDoor } from './front-door.ts'

const silentIo: CommandIo = {
  out: () => {},
  err: () => {},
  write: () => {},
  env: {},
  isTerminal: false,
  columns: 80,
  signal: new AbortController().signal,
  exit: () => {},
}

const root = join(import.meta.dirname, '..')
const folder = join(root, '.github/workflows')

const text = z.string().min(1)
const stepSchema = z
  .strictObject({
    id: text.optional(),
    name: text.optional(),
    if: text.optional(),
    uses: z
      .string()
      .regex(/^actions\/[a-z-]+@v\d+$/, 'an action of GitHub itself, with its major version')
      .optional(),
    with: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    run: text.optional(),
  })
  .refine(
    ({ uses, run }) => (uses === undefined) !== (run === undefined),
    'a step uses an action or runs a command',
  )
const jobSchema = z.strictObject({
  needs: text.optional(),
  if: text.optional(),
  'runs-on': z.literal('ubuntu-24.04'),
  'timeout-minutes': z.int().min(1).max(90),
  env: z.record(z.string(), z.string()).optional(),
  outputs: z.record(z.string(), z.string()).optional(),
  strategy: z.strictObject({ 'fail-fast': z.literal(false), matrix: z.record(z.string(), text) }).optional(),
  steps: z.array(stepSchema).min(1),
})
const workflowSchema = z.strictObject({
  name: text,
  on: z.strictObject({
    pull_request: z.null().optional(),
    push: z.strictObject({ branches: z.array(text).optional(), tags: z.array(text).optional() }).optional(),
    schedule: z.array(z.strictObject({ cron: z.string().regex(/^(\S+ ){4}\S+$/) })).optional(),
    workflow_dispatch: z
      .union([z.null(), z.strictObject({ inputs: z.record(z.string(), z.record(z.string(), z.unknown())) })])
      .optional(),
  }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({ group: text, 'cancel-in-progress': z.literal(false) }),
  jobs: z.record(z.string(), jobSchema),
})

type Workflow = z.infer<typeof workflowSchema>

async function workflows(): Promise<Map<string, Workflow>> {
  const names = await readdir(folder)
  const parsed = names.map(async (name) => {
    const workflow = workflowSchema.parse(parse(await readFile(join(folder, name), 'utf8')))
    return [name, workflow] as const
  })
  return new Map(await Promise.all(parsed))
}

const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps)
const scriptsOf = (workflow: Workflow) =>
  stepsOf(workflow).flatMap(({ run }) => (run === undefined ? [] : [run]))

describe('the workflows', () => {
  it('are well formed, may only read, and never cancel a heal', async () => {
    expect([...(await workflows()).keys()].toSorted()).toEqual(['change.yml', 'nightly.yml', 'release.yml'])
  })

  it('need only jobs and outputs that there are', async () => {
    for (const { jobs } of (await workflows()).values()) {
      for (const job of Object.values(jobs)) {
        if (job.needs !== undefined) expect(Object.keys(jobs)).toContain(job.needs)
        const [, needed, output] =
          /needs\.(\w+)\.outputs\.(\w+)/.exec(JSON.stringify(job.strategy ?? '')) ?? []
        if (needed !== undefined) expect(Object.keys(jobs[needed]?.outputs ?? {})).toContain(output)
      }
    }
  })

  it('put no text of others into a script: it comes as an environment variable', async () => {
    for (const workflow of (await workflows()).values()) {
      expect(scriptsOf(workflow).filter((script) => script.includes('${' + '{'))).toEqual([])
    }
  })

  it('keep the record of every run, however it ended', async () => {
    for (const workflow of (await workflows()).values()) {
      const uploads = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/upload-artifact'))
      expect(uploads).toHaveLength(1)
      expect(uploads[0]).toMatchObject({ if: 'always()', with: { 'if-no-files-found': 'error' } })
    }
  })

  it('run only scripts of the project, and commands of the front door', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: object }
    const commandFiles = await readdir(join(root, 'ci/commands'))
    const all = [...(await workflows()).values()].flatMap(scriptsOf).join('\n')
    const run = [...all.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name as string)
    const commands = [...all.matchAll(/seawall -- ([\w-]+)/g)].map(([, name]) => name as string)
    expect(run.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
    expect(commands.length).toBeGreaterThan(4)
    expect(commands.filter((name) => !commandFiles.includes(`${name}.ts`))).toEqual([])
  })

  it('ask on every change what is known of the dependencies', async () => {
    const change = (await workflows()).get('change.yml') as Workflow
    expect(change.jobs.audit?.steps.map(({ run }) => run).filter(Boolean)).toEqual([
      'npm ci',
      'npm run audit',
    ])
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    expect(scripts.audit).toBe('node ci/audit/audit.ts')
  })

  it('give each command only options that it has, and the arguments that it needs', async () => {
    const all = [...(await workflows()).values()].flatMap(scriptsOf).join('\n')
    const typed = [...all.matchAll(/seawall -- ([\w-]+)([^)\n]*)/g)].map(
      ([, name, rest]) => [name, rest] as const,
    )
    expect(typed.length).toBeGreaterThan(4)
    for (const [name, rest] of typed) {
      const command = frontDoor(silentIo).commands.find((each) => each.name() === name)
      // As a shell would hand them over, with every variable set.
      const words = (rest as string)
        .replaceAll(/\$\{\w+:\+(.*?)\}/g, '$1')
        .replaceAll(/"\$(\w+)"/g, '$1')
        .split(/\s+/)
        .filter((word) => word !== '')
      const { operands = [], unknown = ['no such command'] } = command?.parseOptions(words) ?? {}
      const needed = command?.registeredArguments.filter(({ required }) => required).length ?? 0
      expect([name, unknown, operands.length >= needed]).toEqual([name, [], true])
    }
  })
})
