#!/usr/bin/env bash
# Measures the weights of the chain's own pallets and writes pallets/*/src/weights.rs. Run it whenever a call, a
# hook or a bound has changed, and commit what it wrote. The SDK's pallets keep the SDK's weights.
#
#   scripts/weights.sh                 every pallet
#   scripts/weights.sh rfl sla         these pallets
#   STEPS=50 REPEAT=20                 points along each range, and measurements at each point
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

PALLETS=("$@")
[ $# -gt 0 ] || PALLETS=(stake issuance rfl sla utc market anchoring telemetry)
for pallet in "${PALLETS[@]}"; do
	[ -f "pallets/$pallet/src/weights.rs" ] || die "there is no pallets/$pallet with weights"
done

scripts/setup.sh

# In a folder of its own: the Wasm beside the node that people run never holds benchmarks.
export CARGO_TARGET_DIR="$TARGET_DIR/benchmarks"
step "building what measures"
SKIP_WASM_BUILD=1 cargo build --profile "$PROFILE" --locked -p exabits-node --features runtime-benchmarks
step "building the runtime with its benchmarks"
cargo build --profile "$PROFILE" --locked -p exabits-runtime --features runtime-benchmarks

for pallet in "${PALLETS[@]}"; do
	step "measuring $pallet"
	"$CARGO_TARGET_DIR/$PROFILE/exabits-node" benchmark \
		--runtime "$CARGO_TARGET_DIR/$PROFILE/wbuild/exabits-runtime/exabits_runtime.wasm" \
		--genesis-builder runtime --genesis-builder-preset development \
		--pallet "pallet_$pallet" --extrinsic '*' \
		--steps "${STEPS:-20}" --repeat "${REPEAT:-10}" \
		--template scripts/weights.hbs --output "pallets/$pallet/src/weights.rs"
done
