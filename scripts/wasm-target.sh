#!/usr/bin/env bash
# Builds core, alloc and compiler_builtins for a target from the standard library's sources and puts them into
# the toolchain's sysroot, for machines on which rustup cannot fetch the target.
#
#   scripts/wasm-target.sh ARCHIVE CHANNEL TARGET
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# = 3 ] || die "usage: scripts/wasm-target.sh ARCHIVE CHANNEL TARGET"
ARCHIVE="$(realpath "$1")" CHANNEL="$2" TARGET="$3"
[ -f "$ARCHIVE" ] || die "no such archive: $1"
SYSROOT="$(rustc "+$CHANNEL" --print sysroot)"
SOURCES="$SYSROOT/lib/rustlib/src/rust"
WORK="$(mktemp -d)"
LINKED=no
cleanup() {
	[ "$LINKED" = no ] || rm -f "$SOURCES"
	rm -rf "$WORK"
}
trap cleanup EXIT

tar -xJf "$ARCHIVE" -C "$WORK"
if [ ! -e "$SOURCES" ]; then
	mkdir -p "$(dirname "$SOURCES")"
	ln -s "$WORK/rustc-$CHANNEL" "$SOURCES"
	LINKED=yes
fi

mkdir -p "$WORK/scratch/src"
cat > "$WORK/scratch/Cargo.toml" <<'TOML'
[package]
name = "scratch"
version = "0.0.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[profile.release]
panic = "abort"

[workspace]
TOML
cat > "$WORK/scratch/src/lib.rs" <<'RUST'
#![no_std]
extern crate alloc;

use core::alloc::{GlobalAlloc, Layout};

struct Nothing;

unsafe impl GlobalAlloc for Nothing {
	unsafe fn alloc(&self, _: Layout) -> *mut u8 {
		core::ptr::null_mut()
	}
	unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: Nothing = Nothing;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
	loop {}
}

#[no_mangle]
pub extern "C" fn length() -> usize {
	alloc::vec::Vec::<u8>::new().len()
}
RUST
(
	cd "$WORK/scratch"
	RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$WORK/target" \
		cargo "+$CHANNEL" build --quiet --release --target "$TARGET" -Zbuild-std=core,alloc
)
LIB="$SYSROOT/lib/rustlib/$TARGET/lib"
mkdir -p "$LIB"
for crate in core alloc compiler_builtins; do
	cp "$WORK/target/$TARGET/release/deps/lib$crate"-*.rlib "$LIB/"
done
echo "built $TARGET for $CHANNEL from $(basename "$ARCHIVE")"
