import { expect, it } from 'vitest'
import { disksFor } from './on-disks-for.ts'

it('gives a disk of their own to those whose disk a fault breaks, and to nobody else', () => {
  const killed = { kind: 'container-kill', target: 'store' }
  const full = { kind: 'disk-full', target: 'broker' }
  const lost = { kind: 'power-lost', target: { role: 'store', by: 'queue-leader' } } as const
  expect(disksFor([killed])).toEqual([])
  expect(disksFor([killed, full])).toEqual(['broker'])
  expect(disksFor([full, lost])).toEqual(['broker', 'store'])
  expect(disksFor([{ kind: 'disk-slow', target: { name: 'store' } }])).toEqual(['store'])
})
