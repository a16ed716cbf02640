#!/usr/bin/env bash
# A throw-away PostgreSQL and Redis on loopback under var/services. `start` writes var/services/env; `stop` ends them.
set -eu
here="$(cd "$(dirname "$0")/.." && pwd)"
folder="$here/var/services"
state="${PROBITY_SERVICES_DIR:-/tmp/probity-services-$(id -u)}"
pg_port=54329 redis_port=63799
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
start() {
  "$here/scripts/system_packages.sh" postgresql redis-server
  binaries="$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)"
  mkdir -p "$folder" "$state"
  [ "$(id -u)" = 0 ] && chown postgres "$state"
  if [ ! -f "$state/pg/PG_VERSION" ]; then
    as_postgres "$binaries/initdb" -D "$state/pg" -U probity --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
    as_postgres tee "$state/pg/tuning.conf" < "$here/deploy/postgresql/tuning.conf" >/dev/null
    echo "include 'tuning.conf'" | as_postgres tee -a "$state/pg/postgresql.conf" >/dev/null
  fi
  if ! as_postgres "$binaries/pg_ctl" -D "$state/pg" status >/dev/null 2>&1; then
    as_postgres "$binaries/pg_ctl" -D "$state/pg" -w -l "$state/pg.log" \
      -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$state -c max_connections=200" start >/dev/null
  fi
  "$binaries/psql" -h 127.0.0.1 -p $pg_port -U probity -d postgres -tAc "SELECT 1 FROM pg_database WHERE datname = 'probity'" | grep -q 1 \
    || "$binaries/createdb" -h 127.0.0.1 -p $pg_port -U probity probity
  redis-cli -p $redis_port ping >/dev/null 2>&1 || redis-server --port $redis_port --bind 127.0.0.1 --save '' --daemonize yes \
    --pidfile "$state/redis.pid" --dir /tmp >/dev/null
  for _ in $(seq 50); do redis-cli -p $redis_port ping >/dev/null 2>&1 && break; sleep 0.1; done
  printf 'export DATABASE_URL=postgres://probity@127.0.0.1:%s/probity\nexport REDIS_URL=redis://127.0.0.1:%s/0\n' $pg_port $redis_port > "$folder/env"
  cat "$folder/env"
}
stop() {
  binaries="$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)"
  redis-cli -p $redis_port shutdown nosave 2>/dev/null || true
  as_postgres "$binaries/pg_ctl" -D "$state/pg" -m fast stop >/dev/null 2>&1 || true
  rm -rf "$state" "$folder"
}
"${1:-start}"
