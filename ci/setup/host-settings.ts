import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { imagesFolder } from './image-tag.ts'
import type { RunCommand } from './run-command.ts'

/** What the builds must know of this machine to reach package registries as it does. Never part of an image. */
export interface HostSettings {
  readonly env: Readonly<Record<string, string>>
  readonly caBundle?: string
  readonly mavenSettings?: string
  readonly aptConf?: string
}

type Env = Readonly<Record<string, string | undefined>>

/** Names of the environment that tell clients of registries where to ask, in upper and lower case. */
const registryNames = [
  'GOPROXY',
  'GOSUMDB',
  'GONOSUMDB',
  'GOPRIVATE',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
]

/** Where a machine with authorities of its own says so; the last is Debian's place for all of them. */
const bundleNames = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE']
const debianBundle = '/etc/ssl/certs/ca-certificates.crt'

/** The settings among an environment that builds are handed. */
export function registryEnv(env: Env): Readonly<Record<string, string>> {
  const found = registryNames.flatMap((name) => {
    const value = env[name]
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  return Object.fromEntries(found)
}

/** Reads this machine's settings. What is not there is left out. */
export async function readHostSettings(env: Env, run: RunCommand): Promise<HostSettings> {
  const bundles = [...bundleNames.map((name) => env[name]), debianBundle]
  const apt = await run('apt-config', ['dump', '--format', '%F "%v";%n', 'Acquire'])
  const aptLines = apt.code === 0 ? apt.output.split('\n').filter((line) => /proxy/i.test(line)) : []
  return {
    env: registryEnv(env),
    caBundle: await readTogether(bundles),
    mavenSettings: await readTogether([join(homedir(), '.m2/settings.xml')]),
    ...(aptLines.length > 0 ? { aptConf: `${aptLines.join('\n')}\n` } : {}),
  }
}

/** The texts of all files that are there, each once; undefined if none is. */
async function readTogether(paths: readonly (string | undefined)[]): Promise<string | undefined> {
  const named = paths.filter((path) => path !== undefined && path !== '')
  const texts = await Promise.all(named.map((path) => readFile(path as string, 'utf8').catch(() => '')))
  const there = new Set(texts.filter((text) => text.trim() !== ''))
  return there.size === 0 ? undefined : [...there].join('\n')
}

/** Lays the settings into a build context as `host/`, which only stages that are thrown away copy. */
export async function writeHostFolder(folder: string, settings: HostSettings): Promise<void> {
  await mkdir(folder, { recursive: true })
  await copyFile(join(imagesFolder, 'host/trust.sh'), join(folder, 'trust.sh'))
  await writeFile(join(folder, 'env.sh'), envScript(settings))
  if (settings.caBundle !== undefined) await writeFile(join(folder, 'ca.crt'), settings.caBundle)
  if (settings.mavenSettings !== undefined) {
    await writeFile(join(folder, 'settings.xml'), settings.mavenSettings)
  }
  await writeFile(join(folder, 'apt.conf'), aptConf(settings))
}

/** A shell script that exports the settings; sourced by each step that asks a registry. */
export function envScript(settings: HostSettings): string {
  const lines = Object.entries(settings.env).map(([name, value]) => exportLine(name, value))
  if (settings.caBundle !== undefined) lines.push(exportLine('SSL_CERT_FILE', '/host/ca.crt'))
  if (settings.mavenSettings !== undefined) lines.push(exportLine('MAVEN_ARGS', '-s /host/settings.xml'))
  const always = ['export DEBIAN_FRONTEND=noninteractive', 'export APT_CONFIG=/host/apt.conf']
  return [...always, ...lines, ''].join('\n')
}

function aptConf(settings: HostSettings): string {
  const authorities = settings.caBundle === undefined ? '' : 'Acquire::https::CAInfo "/host/ca.crt";\n'
  return `${settings.aptConf ?? ''}${authorities}`
}

function exportLine(name: string, value: string): string {
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'`
}
