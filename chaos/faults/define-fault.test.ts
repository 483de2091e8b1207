import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { fakeEngine } from './engine.fixture.ts'

const signal = new AbortController().signal

/** A kind that writes down what is asked of it. */
function scripted(acts: string[], more: { undoFails?: boolean } = {}) {
  return defineFaultKind({
    kind: 'scripted',
    how: '',
    victimFeels: '',
    proof: '',
    needs: [],
    targetKind: 'container',
    options: z.strictObject({}),
    body: ({ containerId }) => ({
      sentence: 'scripted',
      async undoSteps() {
        acts.push('undo')
        if (more.undoFails) throw new Error('the Engine is away')
        return [{ do: 'container-start', containerId }]
      },
      inject: async () => void acts.push('inject'),
      look: async () => ({ felt: true, evidence: '' }),
      beforeHeal: async () => void acts.push('before'),
      afterHeal: async () => void acts.push('after'),
    }),
  })
}

describe('every kind of fault', () => {
  it('knows its way back, once, before it injects', async () => {
    await using engine = await fakeEngine()
    const acts: string[] = []
    const fault = scripted(acts).create(engine.target(), {}, engine.context)
    await fault.inject(signal)
    await fault.undo()
    expect(acts).toEqual(['undo', 'inject'])
  })

  it('injects nothing when it does not know its way back, and may be asked again', async () => {
    await using engine = await fakeEngine()
    const acts: string[] = []
    const fault = scripted(acts, { undoFails: true }).create(engine.target(), {}, engine.context)
    await expect(fault.inject(signal)).rejects.toThrow('the Engine is away')
    await expect(fault.undo()).rejects.toThrow('the Engine is away')
    await fault.heal()
    expect(acts).toEqual(['undo', 'undo', 'before'])
    expect(engine.changes).toEqual([])
  })

  it('heals by the steps of its record, between what only this process can do', async () => {
    await using engine = await fakeEngine()
    const acts: string[] = []
    const fault = scripted(acts).create(engine.target(), {}, engine.context)
    await fault.inject(signal)
    engine.state.running = false
    await fault.heal()
    expect(acts).toEqual(['undo', 'inject', 'before', 'after'])
    expect(engine.changes).toEqual(['start'])
  })

  it('does not begin when the assault is already over', async () => {
    await using engine = await fakeEngine()
    const acts: string[] = []
    const fault = scripted(acts).create(engine.target(), {}, engine.context)
    await expect(fault.inject(AbortSignal.abort())).rejects.toThrow()
    expect(acts).toEqual([])
  })
})
