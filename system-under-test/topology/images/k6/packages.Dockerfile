# k6 from its Go module; go.sum locks it. The compiler and the folder host/ stay in the build stage.
ARG BASE
FROM ${BASE} AS build
COPY host/ /host/
RUN . /host/env.sh && apt-get update && apt-get install -y --no-install-recommends ca-certificates golang-go
WORKDIR /build
COPY go.mod go.sum tools.go ./
RUN . /host/env.sh && GOTOOLCHAIN=auto CGO_ENABLED=0 GOFLAGS=-mod=readonly \
    go build -trimpath -buildvcs=false -ldflags='-s -w' -o /build/k6 go.k6.io/k6/v2

FROM ${BASE}
RUN useradd --uid 12345 --create-home k6
COPY --from=build /build/k6 /usr/bin/k6
USER 12345
WORKDIR /home/k6
ENTRYPOINT ["k6"]
