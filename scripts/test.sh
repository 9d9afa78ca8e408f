#!/usr/bin/env bash
# All tests, in one command: format, clippy, unit tests, the demo end to end, and the invariants of all pallets
# on the state that the demo leaves.
#
#   scripts/test.sh            everything
#   scripts/test.sh unit       without the end-to-end part
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case "${1:-all}" in
	all | unit) PART="${1:-all}" ;;
	*) die "unknown part $1; see the head of scripts/test.sh" ;;
esac

scripts/setup.sh

step "format"
cargo fmt --all --check

step "clippy"
SKIP_WASM_BUILD=1 cargo clippy --profile "$PROFILE" --locked --workspace --all-targets -- -D warnings

run_tests() {
	if command -v cargo-nextest >/dev/null; then
		cargo nextest run --cargo-profile "$PROFILE" --locked --no-fail-fast --status-level fail "$@"
	else
		cargo test --profile "$PROFILE" --locked --no-fail-fast --lib --bins --tests "$@"
	fi
}

build_node

step "unit tests"
run_tests --workspace

if [ "$PART" = all ]; then
	step "the demo, end to end"
	scripts/demo.sh --no-build --json "$TARGET_DIR/demo.json" --state "$TARGET_DIR/demo-state.json"

	step "the invariants of all pallets on the state that the demo left"
	SKIP_WASM_BUILD=1 EXABITS_STATE="$TARGET_DIR/demo-state.json" \
		run_tests -p exabits-runtime --features try-runtime
fi
