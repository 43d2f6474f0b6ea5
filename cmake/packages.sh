#!/bin/sh
# Makes sure that the Debian packages this project builds on are installed; with --long also those that only the long
# tests need. Does nothing when all are there. As root, or with sudo, it installs what is missing; otherwise it prints
# the command to run.
set -eu

packages="g++ cmake ninja-build ccache libboost1.81-dev libfmt-dev nlohmann-json3-dev libtbb-dev libeigen3-dev
  libtomlplusplus-dev libcli11-dev libnlopt-dev libnlopt-cxx-dev zlib1g-dev libsqlitecpp-dev libssl-dev
  libboost-url1.81-dev libsimdjson-dev libdeflate-dev catch2 librapidcheck-dev libbenchmark-dev"
[ "${1:-}" != --long ] || packages="$packages clang libclang-rt-14-dev"

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "This script knows Debian 12 only. Elsewhere, install what these Debian packages hold:" $packages >&2
  exit 1
fi

missing=""
for package in $packages; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=""
elif command -v sudo >/dev/null 2>&1; then
  as_root="sudo"
else
  echo "These Debian packages are missing. As root, run:" >&2
  echo "  apt-get update && apt-get install -y --no-install-recommends$missing" >&2
  exit 1
fi

echo "Installing:$missing"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
