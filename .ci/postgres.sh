# To be sourced: throw-away clusters of the distribution's PostgreSQL, which belong to its own user.
# shellcheck shell=bash

if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  apt-get update -qq
  # no cluster of its own: each script makes throw-away ones
  mkdir -p /etc/postgresql-common
  printf 'create_main_cluster = false\n' >/etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
fi
bin=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")

as_postgres() { runuser -u postgres -- "$@"; }

# A free port.
free_port() {
  node -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })'
}

# start_cluster FOLDER PORT [OPTION...]: makes the cluster if the folder has none, and starts it.
# Its login chatkit_ci may do everything and needs no password.
start_cluster() {
  local folder=$1 port=$2 options='' option
  shift 2
  for option in "$@"; do options="$options -c $option"; done
  if [ ! -d "$folder/data" ]; then
    mkdir -p "$folder"
    chown postgres "$folder"
    as_postgres "$bin/initdb" -D "$folder/data" --auth=trust --username=chatkit_ci >/dev/null
  fi
  as_postgres "$bin/pg_ctl" -D "$folder/data" -w -t 120 -l "$folder/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c max_connections=200$options" start >/dev/null
}

# stop_cluster FOLDER [MODE]
stop_cluster() {
  as_postgres "$bin/pg_ctl" -D "$1/data" -w -m "${2:-immediate}" stop >/dev/null 2>&1 || true
}
