# Toxiproxy from its Go module; go.sum locks it. The compiler and the folder host/ stay in the build stage.
ARG BASE
FROM ${BASE} AS build
COPY host/ /host/
RUN . /host/env.sh && apt-get update && apt-get install -y --no-install-recommends ca-certificates golang-go
WORKDIR /build
COPY go.mod go.sum tools.go ./
RUN . /host/env.sh && GOTOOLCHAIN=auto CGO_ENABLED=0 GOFLAGS=-mod=readonly \
    go build -trimpath -buildvcs=false \
    -ldflags='-s -w -X github.com/Shopify/toxiproxy/v2.Version=2.12.0' \
    -o /build/toxiproxy github.com/Shopify/toxiproxy/v2/cmd/server

FROM ${BASE}
COPY --from=build /build/toxiproxy /toxiproxy
USER 65532
EXPOSE 8474
ENV LOG_LEVEL=info
ENTRYPOINT ["/toxiproxy"]
CMD ["-host=0.0.0.0"]
