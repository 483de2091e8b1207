/** The images of a run. `base` is a plain Debian, for small helpers; the others are one part of the topology each. */
export const imageNames = ['base', 'node', 'k6', 'toxiproxy', 'rabbitmq', 'cassandra'] as const

export type ImageName = (typeof imageNames)[number]

/** A Debian to build on: 13 for all but Java 17, which only 12 has. */
export type BaseName = 'base' | 'base-java'

/** A Dockerfile of `system-under-test/topology/images/<name>/` and the files beside it that it copies. */
export interface DockerfileStep {
  readonly dockerfile: string
  readonly files: readonly string[]
}

export interface DebianRecipe {
  readonly kind: 'debian'
  readonly upstream: string
  /** Debian's name for the release that mmdebstrap makes. */
  readonly suite: string
}

export interface LayeredRecipe {
  readonly kind: 'layered'
  /** Upstream's image: `name:version@digest`, never a version alone, since versions move. */
  readonly upstream: string
  /** Makes what `upstream` is from package registries. */
  readonly packages: DockerfileStep & { readonly base: BaseName; readonly nodeBinary?: true }
  /** Our settings over either of the two; without it the image is used as it comes. */
  readonly settings?: DockerfileStep & { readonly network: boolean }
}

export type ImageRecipe = DebianRecipe | LayeredRecipe

/**
 * What each image is made of. The slowest to build stand first, so that they begin first.
 * Every line of a recipe and every byte of its files is in the image's tag: a change makes a new image.
 */
export const imageRecipes = {
  k6: {
    kind: 'layered',
    upstream: 'grafana/k6:2.2.0@sha256:9bd01d6941fca969cb61bb57d2da5ee9b385fe2aa8881df3798c196564d6ace6',
    packages: { base: 'base', dockerfile: 'packages.Dockerfile', files: ['go.mod', 'go.sum', 'tools.go'] },
  },
  cassandra: {
    kind: 'layered',
    upstream: 'cassandra:5.0@sha256:ee178b38a2746a8e15a115bd038ad1f864391d04a84162a018cb0dd79511709a',
    packages: { base: 'base-java', dockerfile: 'packages.Dockerfile', files: ['pom.xml', 'jars.sha256'] },
    settings: {
      dockerfile: 'Dockerfile',
      files: [
        'archive-classes',
        'cassandra.yaml',
        'java-modules.options',
        'jvm.options',
        'logback.xml',
        'nodetool',
        'start-store',
      ],
      network: false,
    },
  },
  rabbitmq: {
    kind: 'layered',
    upstream:
      'rabbitmq:4.0-management@sha256:ad4268113c27d02f08ac1151f9651d6e475c955f81c3a5ad522b79955ce11cf3',
    packages: { base: 'base', dockerfile: 'packages.Dockerfile', files: [] },
    settings: {
      dockerfile: 'Dockerfile',
      files: ['enabled_plugins', 'rabbitmq.conf', 'start-broker'],
      network: false,
    },
  },
  toxiproxy: {
    kind: 'layered',
    upstream:
      'ghcr.io/shopify/toxiproxy:2.12.0@sha256:9378ed52a28bc50edc1350f936f518f31fa95f0d15917d6eb40b8e376d1a214e',
    packages: { base: 'base', dockerfile: 'packages.Dockerfile', files: ['go.mod', 'go.sum', 'tools.go'] },
  },
  node: {
    kind: 'layered',
    upstream: 'node:26.10.0-slim@sha256:ec7758ee051e457b468b32bde57b0879010b325bb9862718e9615225ce4aaae1',
    packages: { base: 'base', dockerfile: 'packages.Dockerfile', files: [], nodeBinary: true },
    settings: { dockerfile: 'Dockerfile', files: ['keep-disk'], network: true },
  },
  base: {
    kind: 'debian',
    upstream: 'debian:trixie-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f',
    suite: 'trixie',
  },
  'base-java': {
    kind: 'debian',
    upstream: 'debian:bookworm-slim@sha256:7c7b2c966bc9ee8cedfeef67e0e279108992c77681fa595db4a9d65c06ccc587',
    suite: 'bookworm',
  },
} as const satisfies Record<ImageName | BaseName, ImageRecipe>
