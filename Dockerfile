# One file for every image of Sightline: docker compose builds each by its target.
ARG NODE=node:26-trixie-slim

FROM ${NODE} AS packages
WORKDIR /sightline
COPY package.json package-lock.json ./
COPY libs/contracts/package.json libs/contracts/
COPY libs/event-log/package.json libs/event-log/
COPY libs/service/package.json libs/service/
COPY libs/timing/package.json libs/timing/
COPY services/registry/package.json services/registry/
COPY services/ingress/package.json services/ingress/
COPY services/events/package.json services/events/
COPY services/overlay-gateway/package.json services/overlay-gateway/
COPY services/auth/package.json services/auth/
COPY apps/console/package.json apps/console/
COPY infra/package.json infra/
COPY tests/package.json tests/
COPY bench/package.json bench/
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM packages AS console
COPY tsconfig.json ./
COPY libs/contracts libs/contracts
COPY libs/timing libs/timing
COPY apps/console apps/console
RUN npm run build -w @sightline/console

# Every service, and what sets the system up. Node's flags are those of infra/node-memory.ts.
FROM ${NODE} AS service
WORKDIR /sightline
COPY --from=packages /sightline/node_modules node_modules
COPY package.json ./
COPY libs libs
COPY services services
COPY infra infra
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=32768 MALLOC_TRIM_THRESHOLD_=524288
RUN mkdir /heads && chown node:node /heads
USER node
ENTRYPOINT ["node", "--min-semi-space-size=4", "--max-semi-space-size=4", "--heap-growing-percent=20", "--expose-gc", "--no-sparkplug", "infra/compose/run.ts"]

# The program that carries H.264 as it is.
FROM debian:forky-slim AS pass-through
RUN apt-get update && apt-get install -y --no-install-recommends golang-go ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /pass-through
COPY services/ingress/pass-through ./
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /usr/local/bin/pass-through .

# The ingress needs an ffmpeg with the WHIP muxer (8 or newer), which Debian's current stable does not have.
FROM debian:forky-slim AS ingress
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg libatomic1 ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=service /usr/local/bin/node /usr/local/bin/node
COPY --from=service /sightline /sightline
COPY --from=pass-through /usr/local/bin/pass-through /usr/local/bin/pass-through
WORKDIR /sightline
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=32768 MALLOC_TRIM_THRESHOLD_=524288 PASS_THROUGH=/usr/local/bin/pass-through
USER nobody
ENTRYPOINT ["node", "--min-semi-space-size=4", "--max-semi-space-size=4", "--heap-growing-percent=20", "--expose-gc", "--no-sparkplug", "infra/compose/run.ts"]

FROM caddy:2 AS web
COPY --from=console /sightline/apps/console/dist /console
COPY libs/contracts/generated /contracts

FROM python:3.13-slim AS vision
COPY workers/vision /vision
RUN pip install --no-cache-dir -r /vision/requirements.txt
WORKDIR /vision
USER nobody
ENTRYPOINT ["sh", "-c", "set -a && . /run/sightline/environment && exec python -m vision"]
