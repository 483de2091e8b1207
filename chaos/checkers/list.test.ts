import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { classCheckers, furtherCheckers } from './list.ts'
import { failingClasses } from './result.ts'

describe('the list of checkers', () => {
  it('has one for each failing class, in the order of the public result', () => {
    expect(classCheckers.map(({ orderClass }) => orderClass)).toEqual(failingClasses)
  })

  it('has every checker file of this folder, named by its promise', () => {
    const files = readdirSync(import.meta.dirname).filter((file) =>
      /^(no-|nothing-|visible-).*(?<!\.test)\.ts$/.test(file),
    )
    const further = [
      furtherCheckers.noInvalidOrders(),
      furtherCheckers.noReorderedOrders(),
      furtherCheckers.noStaleReads(),
      furtherCheckers.nothingEndedByItself(),
      furtherCheckers.visibleWithin(1),
    ]
    const named = [...classCheckers, ...further].map(({ name }) => `${name}.ts`)
    expect(named.toSorted()).toEqual(files.toSorted())
  })
})
