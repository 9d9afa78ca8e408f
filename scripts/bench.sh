#!/usr/bin/env bash
# The one way to run benchmarks. Each prints its table, then its headline as the last line, and fails when a
# number that the docs promise is missed.
#
#   scripts/bench.sh footprint [--blocks N] [--no-clean-build]
#       crates, clean build time, sizes of node and runtime, memory after N blocks (1000)
#   scripts/bench.sh placement --nodes N.csv --arrivals A.csv [--arrivals B.csv ...] --out P.csv [--solver] [--moves]
#       replays a trace and writes name,node,devices per arrival; with several arrival files P-1.csv, P-2.csv, ...
#   scripts/bench.sh placement
#       the whole table over ../shared/data/openb: bounded choice, hints and moves, and a search over 10,000 machines
#   scripts/bench.sh placement-cost
#       reads, writes, proof size and time of one placement among 1,000 and among 100,000 machines
#   scripts/bench.sh market-cost
#       reads and writes of placing, cancelling and claiming orders; what clearing a batch costs with 1,000 and with
#       100,000 resting orders
#   scripts/bench.sh sla-cost
#       reads, writes, proof size and reference time of one verdict among 1,000 and among 100,000 agreements; what verdicts
#       of each outcome are charged, and 64 of them
#   scripts/bench.sh challenge
#       time to prove and to verify a link of the compute challenge with matrices of 2,048 rows; bytes of the response;
#       where there is a GPU, what scripts/gpu.sh rate prints of it
#   scripts/bench.sh sla-forecast
#       Brier scores of the forecasts of breach on generated histories of five kinds, beside three simple forecasters
#   scripts/bench.sh market [--accounts N] [--rounds N]
#       orders per second of block execution beside balance transfers per second, on a node that it starts itself
#   scripts/bench.sh rounds
#       reads, writes, proof size and reference time of one machine's round: all anchors' commitments, their pages and
#       samples, its opening and settlement, from the weights charged, for committees of 3, 5 and 7 and 100, 1,000 and
#       10,000 machines: by itself, with its verdict, and with a lease that the verdict rewards
#   scripts/bench.sh telemetry
#       bytes and weight of one telemetry sample, from encoded extrinsics and the weights charged, beside one extrinsic for
#       each sample; bytes of state of a machine after 1 window and after 100
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# end_with_node FOLDER: removes a folder when the script ends, and ends the node that was started in it.
end_with_node() {
	NODE_PID=""
	trap '[ -z "$NODE_PID" ] || kill "$NODE_PID" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "'"$1"'"' EXIT
}

# start_node FOLDER [OPTION ...]: starts a development node on loopback; leaves its process id in NODE_PID and the port
# of its RPC in PORT. Its log is node.log in the folder.
start_node() {
	local place="$1"
	shift
	PORT="$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')"
	"$BIN_DIR/exabits-node" --chain dev --alice --validator --force-authoring --base-path "$place/db" \
		--rpc-port "$PORT" --listen-addr /ip4/127.0.0.1/tcp/0 --unsafe-force-node-key-generation --no-mdns \
		--no-telemetry --no-prometheus "$@" >"$place/node.log" 2>&1 &
	NODE_PID=$!
}

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
	end_with_node "$place"

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
	local height=0 limit=$((blocks * 4 + 120)) waited=0
	start_node "$place"
	while [ "$height" -lt "$blocks" ]; do
		kill -0 "$NODE_PID" 2>/dev/null || die "the node ended by itself: $(tail -n 3 "$place/node.log")"
		[ "$waited" -lt "$limit" ] || die "only $height of $blocks blocks within $limit s"
		sleep 2
		waited=$((waited + 2))
		height="$(curl -fsS -H 'content-type: application/json' \
			-d '{"id":1,"jsonrpc":"2.0","method":"chain_getHeader","params":[]}' "http://127.0.0.1:$PORT" 2>/dev/null |
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

# replay NODES ARRIVALS OUT LABEL MODE [OPTION ...]: replays, checks the output with other books, prints a row of
# the table, and leaves the figures in SHARE, MISSED, SEARCH, SOLVING and SECONDS_TAKEN.
replay() {
	local nodes="$1" arrivals="$2" out="$3" label="$4" mode="$5" text
	shift 5
	text="$("$BIN_DIR/exabits-solver" replay --nodes "$nodes" --arrivals "$arrivals" --out "$out" "$@")" || exit 1
	"$BIN_DIR/exabits-solver" check --nodes "$nodes" --arrivals "$arrivals" --out "$out" >/dev/null ||
		die "the output does not stand up to the check"
	SHARE="$(sed -n 's/^devices allocated *\([0-9.]*\) %$/\1/p' <<<"$text")"
	MISSED="$(sed -n 's/^though it fits .*(\([0-9.]*\) %.*/\1/p' <<<"$text")"
	SEARCH="$(sed -n 's/^longest search *\([0-9.]*\) ms$/\1/p' <<<"$text")"
	SOLVING="$(sed -n 's/^solving for moves *\([0-9]*\) times.*/\1/p' <<<"$text")"
	SECONDS_TAKEN="$(sed -n 's/^time *\([0-9.]*\) s$/\1/p' <<<"$text")"
	local rejected required moves reads writes
	rejected="$(sed -n 's/^rejected *//p' <<<"$text")"
	required="$(sed -n 's/^hint required *//p' <<<"$text")"
	moves="$(sed -n 's/^moves *//p' <<<"$text")"
	reads="$(sed -n 's/^items read *\([0-9]*\) .*/\1/p' <<<"$text")"
	writes="$(sed -n 's/^items written *\([0-9]*\) .*/\1/p' <<<"$text")"
	printf '%-26s %-8s %9s %8s %8s %9s %6s %6s %6s %8s %8s\n' "$label" "$mode" "$SHARE" "$rejected" "$required" \
		"$MISSED" "$moves" "$reads" "$writes" "$SEARCH" "$SECONDS_TAKEN"
}

# holds A OP B: compares two numbers.
holds() { awk -v a="$1" -v b="$3" "BEGIN { exit !(a $2 b) }"; }

placement() {
	local nodes="" out="" mode=bounded options=() arrivals=() missed=()
	while [ $# -gt 0 ]; do
		case "$1" in
			--nodes | --arrivals | --out)
				[ $# -gt 1 ] || die "$1 needs a file"
				case "$1" in
					--nodes) nodes="$2" ;;
					--out) out="$2" ;;
					--arrivals) arrivals+=("$2") ;;
				esac
				shift
				;;
			--solver) options+=(--solver) && [ "$mode" = moves ] || mode=hint ;;
			--moves) options+=(--moves) && mode=moves ;;
			*) die "unknown option $1; see the head of scripts/bench.sh" ;;
		esac
		shift
	done
	if [ -n "$nodes$out" ] || [ ${#arrivals[@]} -gt 0 ] || [ ${#options[@]} -gt 0 ]; then
		[ -n "$nodes" ] && [ -n "$out" ] && [ ${#arrivals[@]} -gt 0 ] ||
			die "--nodes, --arrivals and --out belong together"
	else
		[ -d ../shared/data/openb ] || die "../shared/data/openb is not there; name --nodes, --arrivals and --out"
	fi

	step "building the solver"
	cargo build --profile "$PROFILE" --locked --workspace --bin exabits-solver
	printf '\n%-26s %-8s %9s %8s %8s %9s %6s %6s %6s %8s %8s\n' arrivals choice "devices %" rejected "hint req" \
		"missed %" moves reads writes "search ms" seconds
	local file number=0
	if [ -n "$nodes" ]; then
		for file in "${arrivals[@]}"; do
			number=$((number + 1))
			local to="$out"
			[ ${#arrivals[@]} = 1 ] || to="${out%.csv}-$number.csv"
			replay "$nodes" "$file" "$to" "$(basename "$file")" "$mode" "${options[@]}"
			holds "$MISSED" "<=" 1 || missed+=("hints required for $MISSED % of $file")
			[ "$mode" != hint ] || holds "$SECONDS_TAKEN" "<" 30 || missed+=("$SECONDS_TAKEN s for $file")
		done
		[ ${#missed[@]} = 0 ] || die "missed: ${missed[*]}"
		printf 'placement: %s %% of the devices allocated, %s\n' "$SHARE" "$mode"
		return
	fi

	local data=../shared/data/openb place promised headline=()
	place="$(mktemp -d)"
	trap 'rm -rf "'"$place"'"' EXIT
	for mode in bounded hint moves; do
		local shares=()
		options=()
		case "$mode" in
			bounded) promised=94.5 ;;
			hint) promised=95.5 options=(--solver) ;;
			moves) promised=96.5 options=(--moves) ;;
		esac
		for file in "$data"/arrivals_*.csv; do
			replay "$data/nodes.csv" "$file" "$place/out.csv" "$(basename "$file" .csv)" "$mode" "${options[@]}"
			shares+=("$SHARE")
			holds "$MISSED" "<=" 1 || missed+=("$mode: hints required for $MISSED % of what fits")
			[ "$mode" != hint ] || holds "$SECONDS_TAKEN" "<" 30 || missed+=("$mode: $SECONDS_TAKEN s")
			[ "$mode" != moves ] || holds "$SOLVING" ">=" 50 || missed+=("verifying costs 1/$SOLVING of solving")
		done
		local mean
		mean="$(awk 'BEGIN { for (i = 1; i < ARGC; i++) sum += ARGV[i]; printf "%.2f", sum / (ARGC - 1) }' "${shares[@]}")"
		printf '%-26s %-8s %9s\n' mean "$mode" "$mean"
		headline+=("$mode $mean %")
		holds "$mean" ">=" "$promised" || missed+=("$mode: $mean % of $promised %")
	done

	# Nine times the machines, so that a search goes over more than 10,000.
	awk -F, -v OFS=, 'NR == 1 { print; next } { for (i = 1; i <= 9; i++) { row = $0; sub(/^[^,]*/, $1 "-" i, row); print row } }' \
		"$data/nodes.csv" >"$place/many.csv"
	set -- "$data"/arrivals_*.csv
	replay "$place/many.csv" "$1" "$place/out.csv" "$(($(wc -l <"$place/many.csv") - 1)) machines" hint --solver
	holds "$SEARCH" "<=" 5 || missed+=("a search takes $SEARCH ms")

	[ ${#missed[@]} = 0 ] || {
		printf 'missed: %s\n' "${missed[@]}" >&2
		exit 1
	}
	printf 'placement: %s, %s, %s of the devices; search over 10,000 machines %s ms\n' "${headline[@]}" "$SEARCH"
}

# costs NAME TEST: runs the tests that count what calls cost, and prints what they print, the headline NAME last.
costs() {
	local name="$1" test="$2" log status=0
	# Built as the tests of the pallets are, so that they share one build.
	log="$(mktemp)"
	SKIP_WASM_BUILD=1 cargo test --quiet --profile "$PROFILE" --locked --lib -p exabits-runtime -p 'pallet-*' \
		--features exabits-runtime/runtime-benchmarks,exabits-runtime/try-runtime \
		-- --include-ignored --nocapture --test-threads 1 "$test" >"$log" 2>&1 || status=$?
	if [ "$status" != 0 ]; then
		tail -n 30 "$log" >&2
		rm -f "$log"
		die "$name: something costs too much, or could not be measured"
	fi
	# Each test that passes prints a dot before what the next one prints.
	sed 's/^\.*//' "$log" | grep -Ev "^(running |test result: |$name: |warning: |$)"
	grep -h "^\.*$name: " "$log" | sed 's/^\.*//'
	rm -f "$log"
}

placement_cost() {
	[ $# = 0 ] || die "placement-cost takes no options"
	costs placement-cost tests::cost::a_placement
}

market_cost() {
	[ $# = 0 ] || die "market-cost takes no options"
	costs market-cost tests::auction::cost
}

sla_cost() {
	[ $# = 0 ] || die "sla-cost takes no options"
	costs sla-cost tests::cost::a_verdict
}

challenge() {
	[ $# = 0 ] || die "challenge takes no options"
	cargo bench --quiet --profile "$PROFILE" --locked -p exabits-challenge --bench gpu --bench links
}

sla_forecast() {
	[ $# = 0 ] || die "sla-forecast takes no options"
	step "building the forecasters"
	cargo build --profile "$PROFILE" --locked --workspace --bin sla-forecast
	printf '\n'
	"$BIN_DIR/sla-forecast"
}

market() {
	local options=() place
	while [ $# -gt 0 ]; do
		case "$1" in
			--accounts | --rounds)
				[[ "${2:-}" =~ ^[1-9][0-9]{0,4}$ ]] || die "$1 needs a whole number from 1 to 99999"
				options+=("$1" "$2")
				shift
				;;
			*) die "unknown option $1; see the head of scripts/bench.sh" ;;
		esac
		shift
	done
	build_node
	step "transfers and orders, in turn, on a node of its own"
	place="$(mktemp -d)"
	end_with_node "$place"
	# Blocks are executed once more on the states before them, and a round of transactions waits in the pool at once.
	start_node "$place" --state-pruning archive --pool-limit 65536 --pool-kbytes 262144
	"$BIN_DIR/exabits" --url "ws://127.0.0.1:$PORT" speed "${options[@]}" || {
		tail -n 3 "$place/node.log" >&2
		exit 1
	}
}

rounds() {
	[ $# = 0 ] || die "rounds takes no options"
	costs rounds tests::cost::of_rounds
}

telemetry() {
	[ $# = 0 ] || die "telemetry takes no options"
	costs telemetry cost::of_telemetry
}

NAME="${1:-}"
[ $# = 0 ] || shift
case "$NAME" in
	footprint) footprint "$@" ;;
	placement-cost) placement_cost "$@" ;;
	market-cost) market_cost "$@" ;;
	sla-cost) sla_cost "$@" ;;
	rounds) rounds "$@" ;;
	telemetry) telemetry "$@" ;;
	placement) placement "$@" ;;
	challenge) challenge "$@" ;;
	sla-forecast) sla_forecast "$@" ;;
	market) market "$@" ;;
	*) die "which benchmark? footprint, placement, placement-cost, market, market-cost, sla-cost, sla-forecast, challenge, rounds or telemetry; see the head of scripts/bench.sh" ;;
esac
