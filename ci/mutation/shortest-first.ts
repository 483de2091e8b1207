import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The order of the test files for each change: the shortest first, for the first test that notices it ends the run.
 * A file counts with the longest time that it ever took: one that was left out after a failure took none.
 */
export class ShortestFirst extends BaseSequencer {
  readonly #longestMs = new Map<string, number>()

  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    for (const file of files) {
      const { duration = 0 } = this.ctx.cache.getTestSpecificationResult(file) ?? {}
      this.#longestMs.set(file.moduleId, Math.max(duration, this.#longestMs.get(file.moduleId) ?? 0))
    }
    const longestMs = ({ moduleId }: TestSpecification) => this.#longestMs.get(moduleId) ?? 0
    return [...files].sort((one, other) => longestMs(one) - longestMs(other))
  }
}
