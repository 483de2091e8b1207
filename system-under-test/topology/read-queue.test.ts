import { describe, expect, it } from 'vitest'
import { digestOf } from '../orders/digest.ts'
import { lineOf } from './read-queue.ts'

const content = new TextEncoder().encode('{"customer":"ü"}')

describe('a message of the final read', () => {
  it('is named by its order, with the digest of its bytes', () => {
    const line = lineOf({ place: 'queue' }, { 'x-order-id': 'run-7' }, content, 5)
    expect(line).toEqual({
      kind: 'read',
      timeMs: 5,
      place: 'queue',
      id: 'run-7',
      digest: digestOf('{"customer":"ü"}'),
    })
  })

  it('keeps the reason of a dead letter, and gives a conflict an identity of its own', () => {
    const poison = lineOf({ place: 'dead-letter' }, { 'x-order-id': 'a', 'x-reason': 'poison' }, content, 5)
    expect(poison).toMatchObject({ id: 'a', reason: 'poison' })
    const conflict = lineOf(
      { place: 'dead-letter' },
      { 'x-order-id': 'a', 'x-reason': 'conflict' },
      content,
      5,
    )
    expect(conflict).toMatchObject({ id: 'a~conflict', reason: 'conflict' })
  })

  it('is a phantom where the broker holds something that is no order', () => {
    expect(lineOf({ place: 'queue' }, undefined, content, 5).id).toBe('a message without x-order-id')
  })
})
