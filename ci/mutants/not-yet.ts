/** A mutant that no run can show yet, and what it waits for: listed in every matrix, never silently absent. */
export interface NotYet {
  readonly id: string
  readonly title: string
  readonly waitsFor: string
}

const kafka = 'a topology with Kafka'
const threeNodes = 'a topology with three nodes of the store'

export const notYet: readonly NotYet[] = [
  { id: 'M24', title: 'acks=1', waitsFor: kafka },
  { id: 'M25', title: 'auto-commit before processing', waitsFor: kafka },
  { id: 'M26', title: 'idempotence off', waitsFor: kafka },
  { id: 'M27', title: 'unclean leader election', waitsFor: kafka },
  { id: 'M41', title: 'writes at consistency ONE', waitsFor: threeNodes },
]

const scaled = 'a trial with an autoscaler, whose workers come and go'
const read = 'a load that reads orders back while they change'
const released = 'a trial that releases one version beside another'

/** What those mutants wait for that show in simulation and not on containers, by their ids. */
export const notYetOnContainers: Readonly<Record<string, string>> = {
  M38: scaled,
  M46: read,
  M47: read,
  M56: scaled,
  M57: scaled,
  M64: released,
  M65: released,
}
