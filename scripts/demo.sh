#!/usr/bin/env bash
# The main job, in one command: sets up, builds, starts a development network on loopback in which this machine
# is a real service node, and plays the story from hardware telemetry to a paid, watched lease and its breach.
#
#   scripts/demo.sh                  play; print a table of what changed
#   scripts/demo.sh --json FILE      also write it as JSON
#   scripts/demo.sh --state FILE     also export the chain's last state
#   scripts/demo.sh --no-build       use the binaries that are there
#   scripts/demo.sh --keep           keep logs and databases also when all went well
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

BUILD=yes KEEP=no ARGS=()
while [ $# -gt 0 ]; do
	case "$1" in
		--json | --state)
			[ $# -ge 2 ] || die "$1 needs a file name"
			ARGS+=("$1" "$2")
			shift
			;;
		--no-build) BUILD=no ;;
		--keep) KEEP=yes ;;
		*) die "unknown option $1; see the head of scripts/demo.sh" ;;
	esac
	shift
done

if [ "$BUILD" = yes ]; then
	scripts/setup.sh
	build_node
fi
for program in exabits-node exabits-telemetry exabits-demo; do
	[ -x "$BIN_DIR/$program" ] || die "$BIN_DIR/$program is missing; run without --no-build"
done

PLACE="$(mktemp -d)"
step "playing the story; logs in $PLACE"
status=0
"$BIN_DIR/exabits-demo" --bin "$BIN_DIR" --run "$PLACE/run" "${ARGS[@]}" || status=$?
if [ "$status" = 0 ] && [ "$KEEP" = no ]; then
	rm -rf "$PLACE"
fi
exit "$status"
