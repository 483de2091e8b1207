/** The documents that have parts made from the code. */
export const documents = ['README.md', 'scenarios/README.md', 'ci/bench/README.md'] as const
