import { expect, test } from 'vitest'
import { sideBySide } from './side-by-side.ts'

test('gives the values in their order', async () => {
  expect(await sideBySide([Promise.resolve(1), Promise.resolve('two')])).toEqual([1, 'two'])
})

test('tells of a failure only when everything else has ended', async () => {
  const slow = Promise.withResolvers<void>()
  const seen: string[] = []
  const both = sideBySide([
    Promise.reject(new Error('the store does not come up')),
    slow.promise.then(() => seen.push('the broker is up')),
  ]).catch((error: Error) => seen.push(error.message))
  // Every callback that a settled promise could still have runs before this one.
  await new Promise((resolve) => setImmediate(resolve))
  expect(seen).toEqual([])
  slow.resolve()
  await both
  expect(seen).toEqual(['the broker is up', 'the store does not come up'])
})
