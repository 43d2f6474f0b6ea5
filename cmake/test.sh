#!/bin/sh
# Builds everything and runs the tests.
#   cmake/test.sh          the default run
#   cmake/test.sh --long   also under the address, undefined-behaviour and thread sanitizers, on lesser instruction sets,
#                          and a minute of each fuzzer
set -eu
cd "$(dirname "$0")/.."

run_preset() {
  preset=$1
  shift
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset"
  ctest --preset "$preset" --parallel "$(nproc)" "$@"
}

sh cmake/packages.sh "$@"
case "${1:-}" in
  "") run_preset release ;;
  --long)
    run_preset release
    run_preset asan
    run_preset tsan
    run_preset avx2
    run_preset baseline
    run_preset fuzz
    ;;
  *)
    echo "usage: cmake/test.sh [--long]" >&2
    exit 2
    ;;
esac
