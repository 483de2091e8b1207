/**
 * Who goes first where processors are short, as the Engine's CPU shares (1,024 is the usual). On a laptop the whole
 * topology is one machine, and a backlog that drains at full speed would keep the API from accepting: the queue is
 * there so that carrying orders out can wait. In a cluster these are the requests of each deployment.
 */
export const cpuWeight = {
  /** What measures, and what faults are made with, must not be slowed down by what is measured. */
  measuring: 4_096,
  /** Accepting an order: a client waits. */
  accepting: 2_048,
  /** Carrying it out: nobody waits. */
  carryingOut: 1_024,
  /** The least that the Engine takes. */
  whenNobodyElseWants: 2,
} as const
