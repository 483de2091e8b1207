import { describe, expect, it } from 'vitest'
import { readImageSettings, registryOf, withHubPrefix } from './image-settings.ts'

describe('what the environment says of images', () => {
  it('says nothing by default: upstream first, then building', () => {
    expect(readImageSettings({})).toEqual({ source: 'any', overrides: new Map(), hubPrefix: '' })
  })

  it('names images to take instead of ours', () => {
    const settings = readImageSettings({ SEAWALL_IMAGE_K6: 'mine/k6:1', SEAWALL_IMAGE_NODE: '' })
    expect([...settings.overrides]).toEqual([['k6', 'mine/k6:1']])
  })

  it('refuses unknown images and sources, all at once', () => {
    const env = { SEAWALL_IMAGE_RABBIT: 'x', SEAWALL_IMAGES_FROM: 'nowhere', SEAWALL_IMAGE_KAFKA: 'y' }
    expect(() => readImageSettings(env)).toThrow(
      /3 problem[\s\S]*RABBIT[\s\S]*KAFKA[\s\S]*expected any, pull, build/,
    )
  })
})

describe('the prefix of the hub', () => {
  it('goes before names without a registry, and before no others', () => {
    expect(withHubPrefix('rabbitmq:4.0', 'mirror.example/hub')).toBe('mirror.example/hub/rabbitmq:4.0')
    expect(withHubPrefix('grafana/k6:2', 'mirror.example')).toBe('mirror.example/grafana/k6:2')
    expect(withHubPrefix('ghcr.io/shopify/toxiproxy:2', 'mirror.example')).toBe('ghcr.io/shopify/toxiproxy:2')
    expect(withHubPrefix('rabbitmq:4.0', '')).toBe('rabbitmq:4.0')
  })

  it('is read without its closing slashes', () => {
    const { hubPrefix } = readImageSettings({ TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX: 'mirror.example/hub//' })
    expect(hubPrefix).toBe('mirror.example/hub')
  })

  it('tells a registry from the owner of an image', () => {
    expect(registryOf('debian:trixie')).toBeUndefined()
    expect(registryOf('grafana/k6')).toBeUndefined()
    expect(registryOf('127.0.0.1:5000/debian')).toBe('127.0.0.1:5000')
    expect(registryOf('localhost/debian')).toBe('localhost')
  })
})
