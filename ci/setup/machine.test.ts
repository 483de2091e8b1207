import { describe, expect, it } from 'vitest'
import { filesystemFact, freezerFact, machineFacts, netemFact } from './machine.ts'

describe('what a kernel can do', () => {
  it('tells a built-in netem, a module and none apart', () => {
    expect(netemFact('CONFIG_A=y\nCONFIG_NET_SCH_NETEM=y\n')).toMatchObject({
      there: 'yes',
      detail: 'in the kernel',
    })
    expect(netemFact('CONFIG_NET_SCH_NETEM=m')).toMatchObject({ there: 'yes', detail: 'as a module' })
    expect(netemFact('# CONFIG_NET_SCH_NETEM is not set')).toMatchObject({ there: 'no' })
    expect(netemFact(undefined)).toMatchObject({ there: 'unknown' })
  })

  it('finds the freezer in either kind of cgroups', () => {
    const table = '#subsys_name\thierarchy\tnum_cgroups\tenabled\nmemory\t4\t85\t1\nfreezer\t6\t9\t1\n'
    expect(freezerFact(table, false)).toMatchObject({ there: 'yes', detail: 'cgroup v1' })
    expect(freezerFact(table.replace('9\t1\n', '9\t0\n'), false)).toMatchObject({ there: 'no' })
    expect(freezerFact(undefined, true)).toMatchObject({ there: 'yes', detail: 'cgroup v2' })
    expect(freezerFact(undefined, false)).toMatchObject({ there: 'unknown' })
  })

  it('does not take one file system for another with a longer name', () => {
    const known = 'nodev\tsysfs\n\tfuseblk\nnodev\toverlay\n'
    expect(filesystemFact('overlay', known, true)).toMatchObject({ there: 'yes' })
    expect(filesystemFact('fuse', known, true)).toMatchObject({ there: 'no' })
    expect(filesystemFact('overlay', known, false)).toMatchObject({ there: 'no' })
    expect(filesystemFact('overlay', undefined, true)).toMatchObject({ there: 'unknown' })
  })

  it('is looked up without an error on any machine', async () => {
    const names = (await machineFacts()).map((fact) => fact.name)
    expect(names).toEqual(['system', 'node', 'netem', 'freezer', 'overlay', 'fuse', 'iptables', 'nsenter'])
  })
})
