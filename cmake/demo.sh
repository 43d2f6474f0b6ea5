#!/bin/sh
# Builds Bornite and trains a binary neural network on MNIST with a quantum circuit, on this machine.
set -eu
cd "$(dirname "$0")/.."

sh cmake/packages.sh
cmake --preset release >/dev/null
cmake --build --preset release --target bornite_app
exec build/release/bin/bornite train --problem mnist01 --set 'network.values=[-3,1]' --objective elbo \
  --ansatz brickwork --depth 4 --optimizer adam --iterations 300 --restarts 3 --seed 1 "$@"
