#!/usr/bin/env bash
# Four validators on loopback (preset local_testnet) until Ctrl-C. RPC of the first: ws://127.0.0.1:9944.
#
#   scripts/localnet.sh              build, then run
#   scripts/localnet.sh --no-build   use the binary that is there
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case "${1:-}" in
	"")
		scripts/setup.sh
		build_node
		;;
	--no-build) ;;
	*) die "unknown option $1; see the head of scripts/localnet.sh" ;;
esac
NODE="$BIN_DIR/exabits-node"
[ -x "$NODE" ] || die "$NODE is missing; run without --no-build"

PLACE="$(mktemp -d)"
PIDS=()
# Logs and databases go with the network, but for one that failed.
FAILED=no
cleanup() {
	[ ${#PIDS[@]} = 0 ] || kill "${PIDS[@]}" 2>/dev/null || true
	wait 2>/dev/null || true
	[ "$FAILED" = yes ] || rm -rf "$PLACE"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

KEY=0000000000000000000000000000000000000000000000000000000000000001
PEER="$("$NODE" key inspect-node-key --file <(printf %s "$KEY"))"
port=30333 rpc=9944
for name in alice bob charlie dave; do
	args=(--chain local "--$name" --validator --base-path "$PLACE/$name" --no-mdns --no-telemetry --no-prometheus
		--listen-addr "/ip4/127.0.0.1/tcp/$port" --rpc-port "$rpc")
	if [ "$name" = alice ]; then
		args+=(--node-key "$KEY")
	else
		args+=(--unsafe-force-node-key-generation --bootnodes "/ip4/127.0.0.1/tcp/30333/p2p/$PEER")
	fi
	"$NODE" "${args[@]}" >"$PLACE/$name.log" 2>&1 &
	PIDS+=($!)
	printf '%-8s ws://127.0.0.1:%s  log %s\n' "$name" "$rpc" "$PLACE/$name.log"
	port=$((port + 1)) rpc=$((rpc + 1))
done
echo "another node joins with --chain local --bootnodes /ip4/127.0.0.1/tcp/30333/p2p/$PEER"
echo "running; Ctrl-C ends it"
wait -n "${PIDS[@]}" || true
FAILED=yes
die "a validator ended by itself; see the logs in $PLACE"
