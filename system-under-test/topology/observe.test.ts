import { describe, expect, it } from 'vitest'
import { parseMetrics } from './observe.ts'

describe('reading metrics', () => {
  it('reads names, labels and values, and leaves comments out', () => {
    const text = '# HELP x y\n# TYPE x gauge\nx 3\ny{a="b",c="d e"} 1.5e3\n'
    expect(parseMetrics(text)).toEqual([
      { name: 'x', labels: {}, value: 3 },
      { name: 'y', labels: { a: 'b', c: 'd e' }, value: 1_500 },
    ])
  })
})
