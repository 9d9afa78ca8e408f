# Shared by the other scripts; not run by itself.

set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"

# One build of the dependencies serves demo, tests, benchmarks and clippy.
PROFILE=local
TARGET_DIR="${CARGO_TARGET_DIR:-$ROOT/target}"
BIN_DIR="$TARGET_DIR/$PROFILE"
export CARGO_TARGET_DIR="$TARGET_DIR"
# The Wasm builder looks for the lock file upwards from the target folder, which may lie elsewhere.
export WASM_BUILD_WORKSPACE_HINT="$ROOT"

step() { printf '\n== %s  (%s)\n' "$*" "$(date +%H:%M:%S)"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# What the demo and the end-to-end tests run: the node with its runtime, the collector, the demo itself.
build_node() {
	step "building the node, the runtime, the collector and the demo"
	cargo build --profile "$PROFILE" --locked --workspace --bins
}
