#!/usr/bin/env bash
# Runs examples/docker/compose.yaml for real and checks what it promises: scaling, restarts, health checks, limits, a graceful
# end. Not part of `npm test`. Needs root, podman, runc, docker-compose, curl and the images named in the Dockerfile and the
# compose file. There is no systemd here to run health checks on their interval, so this script runs them itself.
#
#     test/containers/run.sh | tee docs/containers.log
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../examples/docker"

scratch=$(mktemp -d)
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot CONTAINERS_CONF=$scratch/containers.conf
export DOCKER_HOST=unix://$scratch/podman.sock COMPOSE_PROJECT_NAME=emslab SCAN_INTERVAL=5
cat >"$CONTAINERS_CONF" <<'CONF'
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
cgroupns = "host"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
CONF

passed=0
failed=0
began=$SECONDS
token=$(head -c 24 /dev/urandom | base64)

say() { printf '%4d s  %s\n' $((SECONDS - began)) "$*"; }

# check NAME COMMAND...: one thing that must hold.
check() {
  local name=$1
  shift
  if "$@" >"$scratch/out" 2>&1; then
    passed=$((passed + 1)) && say "ok      $name"
  else
    failed=$((failed + 1)) && say "FAILED  $name" && tail -n 5 "$scratch/out"
  fi
}

# within SECONDS COMMAND...: tries once a second.
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 1
  done
}

finish() {
  docker-compose down --volumes --timeout 5 >/dev/null 2>&1 || true
  kill "$engine" 2>/dev/null || true
  rm -rf "$scratch" secrets/service_token secrets/analyst_token
}

containers() { podman ps --quiet --filter "label=com.docker.compose.service=$1" "${@:2}"; }
one() { local all && all=$(containers "$1") && echo "${all%%$'\n'*}"; }
inspect() { podman inspect --format "$2" "$1"; }
count_is() { [ "$(containers "$1" | wc -l)" -eq "$2" ]; }
get() { curl -sf -m 10 -H "Authorization: Bearer $token" "http://127.0.0.1:8011$1"; }
field() { node -pe "JSON.parse(require('fs').readFileSync(0,'utf8')).$1"; }
status_is() { [ "$(get /api/status | field "$1")" = "$2" ]; }
green() { podman healthcheck run "$1"; }
red() { ! podman healthcheck run "$1"; }
scans() { get /api/status | field metrics.scans; }
scans_more() { [ "$(scans)" -ge $(($1 + 2)) ]; }
restarted() { [ "$(inspect "$1" '{{.RestartCount}}')" -ge 1 ] && [ "$(inspect "$1" '{{.State.Running}}')" = true ]; }
code() { curl -s -m 10 -o /dev/null -w '%{http_code}' "$@"; }

printf %s "$token" >secrets/service_token
head -c 24 /dev/urandom | base64 >secrets/analyst_token
chmod 644 secrets/*_token
podman system service --time=0 "$DOCKER_HOST" >/dev/null 2>&1 &
engine=$!
trap finish EXIT
within 20 test -S "$scratch/podman.sock"

say "$(podman --version), $(runc --version | sed -n 1p), $(docker-compose --version)"
if [ "${1:-}" != --skip-build ]; then
  for target in worker analyst service; do
    check "the image of the $target builds" podman build --format docker --pull-never --layers \
      --target "$target" --file Dockerfile --tag "localhost/ems-$target:dev" ../..
  done
fi

compose_up() { docker-compose up -d --no-build --scale scanner-worker="$1"; }
check 'the compose file is valid' docker-compose config --quiet
check 'up with three workers' compose_up 3
check 'three workers run' within 20 count_is scanner-worker 3
check 'the service is ready' within 90 get /ready
check 'three workers answer' within 60 status_is workers 3
check 'the fleet does the scans' within 60 status_is executor ok
check 'the analyst has its say' within 60 status_is ai ok
check 'no alert is on' within 60 status_is alerts.length 0
say "        $(get /api/status | field "reasons.join('; ') || 'no reasons'")"
check 'a caller without the token is refused' [ "$(code http://127.0.0.1:8011/api/signals)" = 401 ]
check 'a foreign Host is refused' [ "$(code -H 'Host: rebound.example' http://127.0.0.1:8011/metrics)" = 403 ]
check 'signals are served' test "$(get /api/signals | field signals.length)" -gt 0

scanner=$(containers scanner)
worker=$(one scanner-worker)
check 'the health check of the service is green' within 30 green "$scanner"
check 'the health check of a worker is green' within 60 green "$worker"
check 'the service runs as the user node' [ "$(podman exec "$scanner" id -u)" = 1000 ]
check 'its file system is read-only' bash -c "! podman exec $scanner touch /app/x"
check 'no secret is in its environment' bash -c "! podman exec $scanner env | grep -qF '$token'"
say '        memory in use:'
podman stats --no-stream --format '{{.Name}} {{.MemUsage}} {{.CPU}}' | sort | sed 's/^/                  /'

check 'scale to five' compose_up 5
check 'five workers answer' within 60 status_is workers 5

worker=$(one scanner-worker)
seen=$(scans)
pid=$(inspect "$worker" '{{.State.Pid}}')
kill -9 "$pid"
say "        SIGKILL to the main process of a worker"
check 'scans go on' within 60 scans_more "$seen"
check 'none failed a symbol' status_is metrics.failures 0
check 'the restart policy brings the worker back' within 60 restarted "$worker"
check 'five workers answer again' within 60 status_is workers 5

pid=$(inspect "$worker" '{{.State.Pid}}')
kill -STOP "$pid"
check 'the health check of a worker that stands still is red' within 60 red "$worker"
check 'and scans lose nothing by it' status_is metrics.failures 0
kill -CONT "$pid"
check 'it is green again when the worker goes on' within 60 green "$worker"

for each in $(containers scanner-worker); do podman stop --time 10 "$each" >/dev/null 2>&1 || true; done
seen=$(scans)
check 'without workers the service scans by itself' within 60 scans_more "$seen"
check 'and raises workers-lost' within 60 status_is 'alerts.map(({id}) => id).join()' workers-lost
check 'and has restarted its scanner' within 60 status_is "recoveries.some(({action}) => action === 'restart-scanner')" true
check 'three workers come back' compose_up 3
check 'the alert is cleared' within 120 status_is alerts.length 0

podman stop --time 10 "$(containers redis)" >/dev/null 2>&1 || true
seen=$(scans)
check 'without Redis the service scans by itself' within 60 scans_more "$seen"
check 'Redis comes back' compose_up 3
check 'and the fleet scans again' within 120 status_is executor ok

check 'a process beyond its memory is killed' bash -c '
  podman run --rm --memory 100m --entrypoint node localhost/ems-service:dev \
    -e "const a=[];for(;;)a.push(Buffer.alloc(1<<20,1))"; [ $? -eq 137 ]'
cpu=$(podman run --rm --cpus 0.5 --entrypoint node localhost/ems-service:dev \
  -e 'const t=Date.now();while(Date.now()-t<4000);console.log(process.cpuUsage().user/1e6/4)')
say "        half a processor gave $cpu of one"
check 'half a processor is what a process gets' node -e "process.exit($cpu < 0.6 ? 0 : 1)"

began_stop=$SECONDS
scanner=$(containers scanner)
podman stop --time 10 "$scanner" >/dev/null 2>&1 || true
say "        the service stopped in $((SECONDS - began_stop)) s"
check 'the service ends by itself within 5 s' [ $((SECONDS - began_stop)) -le 5 ]
check 'with code 0' [ "$(inspect "$scanner" '{{.State.ExitCode}}')" -eq 0 ]
worker=$(one scanner-worker)
podman stop --time 10 "$worker" >/dev/null 2>&1 || true
check 'and so does a worker' [ "$(inspect "$worker" '{{.State.ExitCode}}')" -eq 0 ]

# A service whose source is away: nothing is ever read, so its health check is red.
podman run -d --name emslab-blind --entrypoint node localhost/ems-service:dev \
  /app/dist/bin/ems.js serve --source ccxt:bitget --base-url http://127.0.0.1:9 >/dev/null 2>&1 || true
check 'the health check of a service without data is red' within 20 red emslab-blind
podman rm -f emslab-blind >/dev/null 2>&1 || true

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
