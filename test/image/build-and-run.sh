#!/usr/bin/env bash
# Builds the image of the Dockerfile without a daemon and without a registry of images, and runs it: bash
# test/image/build-and-run.sh. Needs root, buildah and debootstrap; says so and ends well where they are missing. Takes
# five minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
for program in buildah debootstrap; do
  command -v "$program" >/dev/null || { echo "image: NOT TRIED: there is no $program"; exit 0; }
done
[ "$(id -u)" = 0 ] || { echo 'image: NOT TRIED: only root can make a base'; exit 0; }
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
work=$(mktemp -d)
container=
finish() {
  [ -z "$container" ] || buildah rm "$container" >/dev/null
  rm -rf "$work"
}
trap finish EXIT

# A small Debian for the runtime; the same with this machine's Node.js, npm and certificates to build.
debootstrap --variant=minbase bookworm "$work/root" >"$work/debootstrap.log" || { cat "$work/debootstrap.log"; exit 1; }
rm -rf "$work"/root/usr/share/{doc,man,locale,info}/* "$work"/root/var/cache/apt/* "$work"/root/var/lib/apt/lists/*
made=$(buildah from scratch)
buildah add -q "$made" "$work/root" / >/dev/null
buildah commit -q "$made" localhost/punchout-runtime >/dev/null
buildah copy -q "$made" "$(command -v node)" /usr/local/bin/node >/dev/null
buildah copy -q "$made" "$(npm root -g)/npm" /usr/local/lib/node_modules/npm >/dev/null
buildah copy -q "$made" "${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}" /usr/local/share/ca.pem >/dev/null
buildah run "$made" -- ln -sf ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
buildah config --env NODE_EXTRA_CA_CERTS=/usr/local/share/ca.pem "$made"
buildah commit -q "$made" localhost/punchout-base >/dev/null
buildah rm "$made" >/dev/null

buildah bud --format docker --build-arg BASE=localhost/punchout-base --build-arg RUNTIME=localhost/punchout-runtime \
  -t localhost/headless-punchout . >"$work/build.log" 2>&1 || { tail -n 40 "$work/build.log"; exit 1; }
container=$(buildah from localhost/headless-punchout)
place=$(buildah mount "$container")
megabytes=$(du -sxm --apparent-size "$place" | cut -f1)
echo "image: $megabytes MB"
[ "$megabytes" -lt 250 ] || { echo 'image: larger than 250 MB'; exit 1; }
grep -q '"bomFormat": "CycloneDX"' "$place/app/sbom.json"
[ -z "$(find "$place/app" -user 10001)" ] || { echo 'image: the program could change itself'; exit 1; }

# As its own user, with the embedded database and the demo on loopback.
port=$(node -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })')
buildah run --env NODE_ENV= --env HOST=127.0.0.1 --env "PORT=$port" "$container" -- \
  node dist/src/cli.js serve >"$work/server.log" 2>&1 &
for _ in $(seq 300); do
  curl -sf "http://127.0.0.1:$port/readyz" >/dev/null && break
  sleep 0.2
done
curl -sf "http://127.0.0.1:$port/readyz" >/dev/null || { cat "$work/server.log"; exit 1; }
pid=$(pgrep -u 10001 -f "^/usr/local/bin/node dist/src/cli.js serve" | head -n 1)
kill -TERM "$pid"
wait %1 || { echo 'image: it did not end well'; cat "$work/server.log"; exit 1; }
echo 'image: built, ready as user 10001, stopped by SIGTERM'

# The same on a root file system that nobody can write; /data and /tmp are of memory. Entry point and health check are
# those of the image.
configured() {
  buildah inspect --type image localhost/headless-punchout | node -e "
    const { config } = JSON.parse(require('node:fs').readFileSync(0, 'utf8')).Docker;
    const [entry, command, health] = [config.Entrypoint, config.Cmd, config.Healthcheck.Test];
    for (const word of $1) process.stdout.write(word + '\\0');"
}
readarray -d '' -t start < <(configured '[...entry, ...command]')
readarray -d '' -t health < <(configured 'health.slice(1)')
as_user() { # Becomes the program, so its process id is that of the caller.
  exec chroot --userspec=10001:10001 "$place" env -i -C /app PATH=/usr/local/bin:/usr/bin:/bin "PORT=$port" "$@"
}
locked() {
  mount --bind "$place" "$place"
  mount -o remount,ro,bind "$place"
  mount -t tmpfs -o mode=1777 tmp "$place/tmp"
  mount -t tmpfs -o mode=700,uid=10001,gid=10001 data "$place/data"
  mount -t proc proc "$place/proc"
  mount --bind /dev "$place/dev"
  as_user HOST=127.0.0.1 DATA_DIR=/data "$@"
}
healthy() { (as_user "${health[@]}"); }
export -f as_user locked
export place port
if unshare --mount true 2>/dev/null; then
  ! healthy || { echo 'image: the health check finds a server where none is'; exit 1; }
  unshare --mount bash -ec 'locked "$@"' bash "${start[@]}" >"$work/locked.log" 2>&1 &
  pid=$!
  for _ in $(seq 300); do
    curl -sf "http://127.0.0.1:$port/readyz" >/dev/null && break
    sleep 0.2
  done
  healthy || { echo 'image: not healthy on a read-only root'; cat "$work/locked.log"; exit 1; }
  grep -q "^Uid:.10001.10001" "/proc/$pid/status"
  if nsenter --mount --target "$pid" touch "$place/app/written" 2>/dev/null; then
    echo 'image: the root file system is not read-only'
    exit 1
  fi
  kill -TERM "$pid"
  wait "$pid" || { echo "image: exit code $? on a read-only root"; cat "$work/locked.log"; exit 1; }
  echo 'image: the same on a read-only root, healthy by its own check'
else
  echo 'image: a read-only root is NOT TRIED: no mounts may be made here'
fi
