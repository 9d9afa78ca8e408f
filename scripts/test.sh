#!/usr/bin/env bash
# All tests, in one command: format, clippy, unit tests, the demo end to end, traders and faults on real nodes, and
# the invariants of all pallets on the state that the demo leaves.
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

# One test that is ignored otherwise, by its name. Those start real nodes, which a busy machine may hold up for longer
# than a phase of a round lasts: they get two more tries, and one that needed them is named as flaky.
run_ignored() {
	local name="$1"
	shift
	if command -v cargo-nextest >/dev/null; then
		cargo nextest run --cargo-profile "$PROFILE" --locked --retries 2 --run-ignored only "$@" "$name"
	else
		cargo test --profile "$PROFILE" --locked --lib "$@" "$name" -- --ignored
	fi
}

# The pallets and the runtime are tested with what only tests may switch on: benchmarks, which run as tests, and
# the check of all invariants. Neither is ever in the Wasm that is built.
chain() {
	local run="$1"
	shift
	SKIP_WASM_BUILD=1 "$run" "$@" -p exabits-runtime -p 'pallet-*' \
		--features exabits-runtime/runtime-benchmarks,exabits-runtime/try-runtime
}

build_node

step "tests of the node, the collector, the demo and the arithmetic"
run_tests --workspace --exclude exabits-runtime --exclude 'pallet-*'

step "tests and benchmarks of the pallets and the runtime"
chain run_tests

if [ "$PART" = all ]; then
	step "the demo, end to end"
	scripts/demo.sh --no-build --json "$TARGET_DIR/demo.json" --state "$TARGET_DIR/demo-state.json"

	step "simulated traders and a market maker on a running node"
	# Chosen among the packages of the tests above, so that it shares their build.
	run_ignored traders_and_a_maker --workspace --exclude exabits-runtime --exclude 'pallet-*' --test trading

	step "malicious and unlucky parties on a network of real nodes"
	run_ignored honest_parties_lose_nothing --workspace --exclude exabits-runtime --exclude 'pallet-*' --test faults

	step "the invariants of all pallets on the state that the demo left"
	EXABITS_STATE="$TARGET_DIR/demo-state.json" chain run_ignored try_state_holds_on_an_exported_state
fi
