#!/usr/bin/env bash
# The one way to run benchmarks. Each prints its table, then its headline as the last line, and fails when a
# number that the docs promise is missed.
#
#   scripts/bench.sh footprint [--blocks N] [--no-clean-build]
#       crates, clean build time, sizes of node and runtime, memory after N blocks (1000)
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

footprint() {
	local blocks=1000 clean=yes
	while [ $# -gt 0 ]; do
		case "$1" in
			--blocks)
				[[ "${2:-}" =~ ^[1-9][0-9]{0,5}$ ]] || die "--blocks needs a whole number from 1 to 999999"
				blocks="$2"
				shift
				;;
			--no-clean-build) clean=no ;;
			*) die "unknown option $1; see the head of scripts/bench.sh" ;;
		esac
		shift
	done

	local crates build_seconds=- place
	crates="$(cargo metadata --locked --format-version 1 --filter-platform "$(rustc -vV | sed -n 's/^host: //p')" |
		python3 -c 'import json,sys; print(len(json.load(sys.stdin)["resolve"]["nodes"]))')"
	place="$(mktemp -d)"
	# The node that this starts ends with the script.
	NODE_PID=""
	trap '[ -z "$NODE_PID" ] || kill "$NODE_PID" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "'"$place"'"' EXIT

	if [ "$clean" = yes ]; then
		step "building from nothing"
		local begin
		begin="$(date +%s)"
		# What is measured below is what was built here.
		CARGO_TARGET_DIR="$place/target" cargo build --quiet --profile "$PROFILE" --locked --workspace --bins
		build_seconds=$(($(date +%s) - begin))
		BIN_DIR="$place/target/$PROFILE"
	else
		build_node
	fi

	step "running $blocks blocks"
	local port log="$place/node.log" height=0 limit=$((blocks * 4 + 120)) waited=0
	port="$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')"
	"$BIN_DIR/exabits-node" --chain dev --alice --validator --force-authoring --base-path "$place/db" \
		--rpc-port "$port" --listen-addr /ip4/127.0.0.1/tcp/0 --unsafe-force-node-key-generation --no-mdns --no-telemetry --no-prometheus >"$log" 2>&1 &
	NODE_PID=$!
	while [ "$height" -lt "$blocks" ]; do
		kill -0 "$NODE_PID" 2>/dev/null || die "the node ended by itself: $(tail -n 3 "$log")"
		[ "$waited" -lt "$limit" ] || die "only $height of $blocks blocks within $limit s"
		sleep 2
		waited=$((waited + 2))
		height="$(curl -fsS -H 'content-type: application/json' \
			-d '{"id":1,"jsonrpc":"2.0","method":"chain_getHeader","params":[]}' "http://127.0.0.1:$port" 2>/dev/null |
			python3 -c 'import json,sys; print(int(json.load(sys.stdin)["result"]["number"],16))' 2>/dev/null || echo "$height")"
	done
	local memory node_size wasm_size
	memory="$(awk '/^VmRSS:/ { print int($2 / 1024) }' "/proc/$NODE_PID/status")"
	node_size="$(stat -c %s "$BIN_DIR/exabits-node")"
	wasm_size="$(stat -c %s "$BIN_DIR/wbuild/exabits-runtime/exabits_runtime.compact.compressed.wasm")"

	printf '\n%-34s %12s\n' "crates in the workspace's graph" "$crates"
	printf '%-34s %12s s\n' "clean build, profile $PROFILE" "$build_seconds"
	printf '%-34s %12s MiB\n' "node" "$((node_size / 1048576))"
	printf '%-34s %12s KiB\n' "runtime, compact and compressed" "$((wasm_size / 1024))"
	printf '%-34s %12s MiB\n' "memory after $height blocks" "$memory"
	printf 'footprint: %s crates, build %s s, node %s MiB, runtime %s KiB, memory %s MiB after %s blocks\n' \
		"$crates" "$build_seconds" "$((node_size / 1048576))" "$((wasm_size / 1024))" "$memory" "$height"
}

NAME="${1:-}"
[ $# = 0 ] || shift
case "$NAME" in
	footprint) footprint "$@" ;;
	*) die "which benchmark? footprint; see the head of scripts/bench.sh" ;;
esac
