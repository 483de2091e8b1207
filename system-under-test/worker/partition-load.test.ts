import { describe, expect, it } from 'vitest'
import { partitionOf } from '../queue/partitions.ts'
import { createWorkerMetrics } from '../telemetry/metrics.ts'
import { PartitionLoad } from './partition-load.ts'

describe('the load of partitions', () => {
  it('is what is held of each, and the age of the oldest of it', async () => {
    const load = new PartitionLoad(4)
    const { registry, partitionInHand, partitionAge } = createWorkerMetrics()
    const shown = async (wallMs: number) => {
      load.show({ inHand: partitionInHand, ageSeconds: partitionAge }, wallMs)
      const text = await registry.metrics()
      return (partition: number) => ({
        inHand: Number(text.match(`partition_in_hand{partition="${partition}"} (.+)`)?.[1]),
        age: Number(text.match(`partition_age_seconds{partition="${partition}"} (.+)`)?.[1]),
      })
    }
    const mine = partitionOf('ada', 4)
    const other = (mine + 1) % 4
    const first = load.begin({ publishedAtMs: 1_000 }, 'ada')
    const second = load.begin({ publishedAtMs: 3_000 }, 'ada')
    let of = await shown(6_000)
    expect(of(mine)).toEqual({ inHand: 2, age: 5 })
    expect(of(other)).toEqual({ inHand: 0, age: 0 })
    first()
    of = await shown(6_000)
    expect(of(mine)).toEqual({ inHand: 1, age: 3 })
    second()
    of = await shown(6_000)
    expect(of(mine)).toEqual({ inHand: 0, age: 0 })
  })

  it('has no negative age where the clock of who published is ahead', async () => {
    const load = new PartitionLoad(1)
    load.begin({ publishedAtMs: 9_000 }, 'ada')
    const { registry, partitionInHand, partitionAge } = createWorkerMetrics()
    load.show({ inHand: partitionInHand, ageSeconds: partitionAge }, 6_000)
    expect(await registry.metrics()).toContain('partition_age_seconds{partition="0"} 0\n')
  })
})
