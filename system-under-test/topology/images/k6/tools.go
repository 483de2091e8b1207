//go:build tools

// Package image only names what the Dockerfile builds, so that go.sum locks it.
package image

import _ "go.k6.io/k6/v2"
