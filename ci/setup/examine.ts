import { homedir } from 'node:os'
import type Dockerode from 'dockerode'
import type { FaultKind } from '../../chaos/faults/fault.ts'
import { findResidue, type Residue } from '../../chaos/safety/residue.ts'
import { findChromium } from './chromium.ts'
import { dockerAt, engineAddresses, engineAnswers } from './engine-address.ts'
import { whyNotInstall } from './engine-host.ts'
import { imageNames } from './image-recipes.ts'
import { readImageSettings } from './image-settings.ts'
import { engineImageStore } from './image-store.ts'
import { imageTag } from './image-tag.ts'
import { machineFacts } from './machine.ts'

type Env = Readonly<Record<string, string | undefined>>

/** One line of `seawall doctor`. */
export interface Finding {
  /** `cannot`: something that this machine is not able to do; `note`: neither good nor bad. */
  readonly state: 'ok' | 'missing' | 'cannot' | 'note'
  readonly about: string
  readonly detail: string
  readonly hint?: string
  /** True for what is missing now, and will be there after `seawall setup`. */
  readonly madeBySetup?: true
}

export interface Examination {
  readonly findings: readonly Finding[]
  readonly residue: readonly Residue[]
  /** The Engine, if one answers. */
  readonly docker?: Dockerode
}

/** Looks at everything that a run needs here, and at what runs left. Changes nothing. */
export async function examine(env: Env, kinds: readonly FaultKind[]): Promise<Examination> {
  const machine = (await machineFacts()).map(findingOfFact)
  const browser = await browserFinding(env)
  const docker = await findDocker(env)
  if (docker === undefined) {
    return { findings: [...machine, browser, await engineMissing(env)], residue: [] }
  }
  const residue = await findResidue(docker)
  const findings = [
    ...machine,
    browser,
    await engineFinding(docker),
    ...(await imageFindings(docker, env)),
    ...(await Promise.all(kinds.map(faultFinding))),
    ...residueFindings(residue),
  ]
  return { findings, residue, docker }
}

export async function findDocker(env: Env): Promise<Dockerode | undefined> {
  for (const address of engineAddresses(env, homedir())) {
    if (await engineAnswers(address)) return dockerAt(address)
  }
  return undefined
}

function findingOfFact(fact: Awaited<ReturnType<typeof machineFacts>>[number]): Finding {
  const state = { yes: 'ok', no: 'cannot', unknown: 'note' } as const
  return { state: state[fact.there], about: fact.name, detail: fact.detail }
}

async function browserFinding(env: Env): Promise<Finding> {
  const path = await findChromium(env)
  if (path !== undefined) return { state: 'ok', about: 'chromium', detail: path }
  return { state: 'note', about: 'chromium', detail: 'not installed; only the tests in a browser need it' }
}

async function engineMissing(env: Env): Promise<Finding> {
  const obstacle = await whyNotInstall(env)
  const about = 'engine'
  if (obstacle === undefined) {
    const detail = 'no Docker Engine answers; setting up will install and start one'
    return { state: 'missing', about, detail, madeBySetup: true }
  }
  const detail = `no Docker Engine answers, and none can be installed: ${obstacle}`
  return { state: 'missing', about, detail, hint: 'start Docker, or see the whole story with `npm run demo`' }
}

async function engineFinding(docker: Dockerode): Promise<Finding> {
  const [version, info] = await Promise.all([docker.version(), docker.info()])
  const { Driver, CgroupVersion, CgroupDriver } = info as Record<string, string>
  const detail = `${version.Version} (API ${version.ApiVersion}), ${Driver}, cgroup v${CgroupVersion} by ${CgroupDriver}`
  return { state: 'ok', about: 'engine', detail }
}

async function imageFindings(docker: Dockerode, env: Env): Promise<readonly Finding[]> {
  const { overrides } = readImageSettings(env)
  const store = engineImageStore(docker)
  const findings = imageNames.map(async (name): Promise<Finding> => {
    const ref = overrides.get(name) ?? imageTag(name)
    const about = `image ${name}`
    if (await store.has(ref)) return { state: 'ok', about, detail: ref }
    return {
      state: 'missing',
      about,
      detail: `${ref}; setting up pulls or builds it`,
      madeBySetup: true,
    }
  })
  return Promise.all(findings)
}

async function faultFinding(kind: FaultKind): Promise<Finding> {
  const about = `fault ${kind.kind}`
  const obstacle = await kind.unsupportedHere()
  return obstacle === undefined
    ? { state: 'ok', about, detail: kind.victimFeels }
    : { state: 'cannot', about, detail: obstacle }
}

function residueFindings(residue: readonly Residue[]): readonly Finding[] {
  if (residue.length === 0) return [{ state: 'ok', about: 'residue', detail: 'earlier runs left nothing' }]
  return residue.map(({ kind, name, state, holder, byHand }) => ({
    state: 'note',
    about: `residue: ${kind}`,
    detail: `${name} (${state}), its harness is ${holder}`,
    hint:
      holder === 'dead'
        ? '`npm run doctor -- --heal` removes it'
        : `remove it by hand if it is yours: ${byHand}`,
  }))
}
