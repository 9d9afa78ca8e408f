#!/usr/bin/env bash
# What needs an NVIDIA GPU, or is about its kernels.
#
#   scripts/gpu.sh rate
#       what this machine's GPUs do in the compute challenge, and the `int8_rate` of a class of such devices
#   scripts/gpu.sh telemetry
#       the telemetry collector on the GPU's own NVML: at rest, and while the challenge runs
#   scripts/gpu.sh test
#       tests of the challenge, the collector and the service role that a machine without a GPU passes over
#   scripts/gpu.sh ptx
#       makes the kernels' PTX from their sources; needs no GPU, but Python's pip and the network
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

KERNELS=challenge/src/cuda
# The compiler's release decides which drivers take the PTX: from 535 on.
NVRTC=nvidia-cuda-nvrtc-cu12==12.2.140

ptx() {
	local place
	place="$(mktemp -d)"
	trap 'rm -rf "'"$place"'"' EXIT
	python3 -m pip install --quiet --no-deps --target "$place" "$NVRTC"
	# The compiler looks for a library of its own.
	export LD_LIBRARY_PATH="$place/nvidia/cuda_nvrtc/lib"
	python3 - "$LD_LIBRARY_PATH/libnvrtc.so.12" "$KERNELS/kernels" compute_80 "$KERNELS/hopper" compute_90a <<'PYTHON'
import ctypes, sys

nvrtc = ctypes.CDLL(sys.argv[1])

def check(status, program):
    if status:
        size = ctypes.c_size_t()
        nvrtc.nvrtcGetProgramLogSize(program, ctypes.byref(size))
        log = ctypes.create_string_buffer(size.value)
        nvrtc.nvrtcGetProgramLog(program, log)
        sys.exit(f"error {status}: {log.value.decode()}")

def fnv(data):
    digest = 0xCBF29CE484222325
    for byte in data:
        digest = (digest ^ byte) * 0x100000001B3 % 2**64
    return digest

for path, arch in zip(sys.argv[2::2], sys.argv[3::2]):
    with open(path + ".cu", "rb") as file:
        source = file.read()
    program, size = ctypes.c_void_p(), ctypes.c_size_t()
    check(nvrtc.nvrtcCreateProgram(ctypes.byref(program), source, b"", 0, None, None), program)
    options = [b"--std=c++17", b"--gpu-architecture=" + arch.encode()]
    check(nvrtc.nvrtcCompileProgram(program, len(options), (ctypes.c_char_p * len(options))(*options)), program)
    check(nvrtc.nvrtcGetPTXSize(program, ctypes.byref(size)), program)
    made = ctypes.create_string_buffer(size.value)
    check(nvrtc.nvrtcGetPTX(program, made), program)
    text = "\n".join(line.rstrip() for line in made.value.decode().strip().splitlines())
    with open(path + ".ptx", "w") as file:
        file.write(f"// source {fnv(source):016x}\n{text}\n")
    print(f"{path}.ptx for {arch}: {len(text)} bytes")
PYTHON
}

rate() {
	cargo bench --quiet --profile "$PROFILE" --locked -p exabits-challenge --bench gpu
}

telemetry() {
	step "building the collector and the challenge"
	cargo build --profile "$PROFILE" --locked -p exabits-telemetry
	cargo bench --quiet --profile "$PROFILE" --locked -p exabits-challenge --bench gpu --no-run
	step "at rest"
	"$BIN_DIR/exabits-telemetry" --source nvml --samples 3
	step "while the challenge runs"
	rate >/dev/null &
	local load=$!
	sleep 10
	time "$BIN_DIR/exabits-telemetry" --source nvml --samples 10
	wait "$load"
	step "300 samples at the shortest interval"
	time "$BIN_DIR/exabits-telemetry" --source nvml --samples 300 --interval-ms 10 >/dev/null
}

gpu_tests() {
	cargo test --profile "$PROFILE" --locked -p exabits-challenge --lib cuda -- --nocapture --test-threads 1
	cargo test --profile "$PROFILE" --locked -p exabits-telemetry --test it gpu -- --nocapture --test-threads 1
	cargo test --profile "$PROFILE" --locked -p exabits-roles --test roles gpus -- --nocapture
}

case "${1:-}" in
	rate) rate ;;
	telemetry) telemetry ;;
	test) gpu_tests ;;
	ptx) ptx ;;
	*) die "rate, telemetry, test or ptx? See the head of scripts/gpu.sh" ;;
esac
