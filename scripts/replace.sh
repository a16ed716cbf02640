#!/bin/bash
# A new release, or a new configuration, on one host without a gap: migrations first (the former release goes on meanwhile),
# then one process after another, each only once the one before it is healthy. Ends at the first that does not get well:
# what has not been replaced goes on as before. docs/guide/upgrading.md
set -eu -o pipefail
cd "$(dirname "$0")/.."
compose() { docker compose "$@"; }

compose build web
compose run --rm --no-deps prepare
for service in worker web web-second live; do
	echo "replacing $service"
	compose up --detach --no-deps --wait --wait-timeout 180 "$service"
done
compose exec -T proxy caddy reload --config /etc/caddy/Caddyfile
