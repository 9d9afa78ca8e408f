#!/usr/bin/env bash
# Makes a fresh Debian or Ubuntu machine with rustup ready to build. Safe to run again.
#
#   scripts/setup.sh            install what is missing
#   scripts/setup.sh --check    only say what is missing; exit 1 if anything is
#
# RUST_LIBRARY_SRC may name an archive (rust-library-VERSION.tar.xz) of the standard library's sources; the
# Wasm target is then built from it where rustup cannot fetch it.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

PACKAGES=(ca-certificates curl g++ libssl-dev make pkg-config protobuf-compiler)
CHECK_ONLY=no
case "${1:-}" in
	"") ;;
	--check) CHECK_ONLY=yes ;;
	*) die "unknown option $1; see the head of scripts/setup.sh" ;;
esac

MISSING=0
missing() { printf 'missing: %s\n' "$*"; MISSING=1; }

# System packages.
command -v dpkg-query >/dev/null || die "this set-up knows Debian and Ubuntu; elsewhere install what is like: ${PACKAGES[*]}"
want=()
for package in "${PACKAGES[@]}"; do
	if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" != installed ]; then
		missing "system package $package"
		want+=("$package")
	fi
done
if [ ${#want[@]} -gt 0 ] && [ "$CHECK_ONLY" = no ]; then
	as_root=()
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || die "run as root, or install sudo: packages ${want[*]} are missing"
		as_root=(sudo)
	fi
	"${as_root[@]}" apt-get update -qq
	DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${want[@]}" >/dev/null
	printf 'installed: %s\n' "${want[*]}"
fi

# The Rust toolchain that rust-toolchain.toml pins.
command -v rustup >/dev/null || die "missing: rustup (see https://rustup.rs)"
CHANNEL="$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)"
TARGET=wasm32v1-none
if ! rustup toolchain list | grep -q "^$CHANNEL-"; then
	missing "Rust toolchain $CHANNEL"
	[ "$CHECK_ONLY" = yes ] || rustup toolchain install "$CHANNEL" --profile minimal
fi
if rustup toolchain list | grep -q "^$CHANNEL-"; then
	for component in clippy rustfmt; do
		if ! rustup component list --toolchain "$CHANNEL" --installed | grep -q "^$component"; then
			missing "Rust component $component"
			[ "$CHECK_ONLY" = yes ] || rustup component add --toolchain "$CHANNEL" "$component"
		fi
	done

	# The Wasm target: from rustup, or else from sources.
	SYSROOT="$(rustc "+$CHANNEL" --print sysroot)"
	has_target() { compgen -G "$SYSROOT/lib/rustlib/$TARGET/lib/libcore*.rlib" >/dev/null; }
	if ! has_target; then
		missing "Rust target $TARGET"
		if [ "$CHECK_ONLY" = no ] && ! rustup target add --toolchain "$CHANNEL" "$TARGET"; then
			[ -n "${RUST_LIBRARY_SRC:-}" ] ||
				die "rustup cannot fetch $TARGET; name the standard library's sources in RUST_LIBRARY_SRC"
			scripts/wasm-target.sh "$RUST_LIBRARY_SRC" "$CHANNEL" "$TARGET"
		fi
		[ "$CHECK_ONLY" = yes ] || has_target || die "Rust target $TARGET is still missing"
	fi
fi

if [ "$CHECK_ONLY" = yes ]; then
	[ "$MISSING" = 0 ] && echo "nothing is missing"
	exit "$MISSING"
fi
echo "ready: Rust $CHANNEL with $TARGET, $(protoc --version)"
