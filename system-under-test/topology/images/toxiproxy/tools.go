//go:build tools

// Package image only names what the Dockerfile builds, so that go.sum locks it.
package image

import _ "github.com/Shopify/toxiproxy/v2/cmd/server"
