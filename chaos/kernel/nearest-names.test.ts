import { describe, expect, it } from 'vitest'
import { nearestNames } from './nearest-names.ts'

describe('the nearest names', () => {
  it('are those with the fewest edits, in any case of letters', () => {
    expect(nearestNames('m29', ['M01', 'M28', 'M29'])).toEqual(['M29', 'M28'])
    expect(nearestNames('container-kil', ['container-kill', 'container-stop', 'latency'])).toEqual([
      'container-kill',
      'container-stop',
    ])
  })

  it('are none where nothing is near', () => {
    expect(nearestNames('teapot', ['container-kill', 'latency'])).toEqual([])
    expect(nearestNames('', ['latency'])).toEqual([])
  })
})
