// The product for compute capability 9.0, whose tensor cores read operands from shared memory on their own: `x` is
// row-major, `b` column-major, and `c` row-major. hopper.ptx is made from this file by `scripts/gpu.sh ptx`.

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

// A block makes a tile of 128 rows and 256 columns: one thread asks for slices of both operands of 128 entries, and two
// groups of four warps multiply 64 rows each.
#define TILE_ROWS 128
#define TILE_COLUMNS 256
#define DEPTH 128
#define STAGES 4
#define STAGE_BYTES ((TILE_ROWS + TILE_COLUMNS) * DEPTH)
#define GROUP 128
#define THREADS (3 * GROUP)
// Tiles are taken in bands of so many rows of tiles, so that what is read twice is still in the cache.
#define BAND 16

// What cuTensorMapEncodeTiled writes.
struct alignas(64) TensorMap {
	u64 words[16];
};

__device__ __forceinline__ void await(u32 barrier, u32 parity)
{
	asm volatile("{\n"
		".reg .pred done;\n"
		"again:\n"
		"mbarrier.try_wait.parity.shared::cta.b64 done, [%0], %1;\n"
		"@!done bra again;\n"
		"}" ::"r"(barrier), "r"(parity) : "memory");
}

__device__ __forceinline__ void fetch(u32 to, const TensorMap& map, u32 barrier, u32 column, u32 row)
{
	asm volatile("cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes "
		"[%0], [%1, {%3, %4}], [%2];" ::"r"(to), "l"(&map), "r"(barrier), "r"(column), "r"(row) : "memory");
}

// How the tensor cores find rows of 128 bytes: eight rows are 1,024 bytes, shuffled over the banks.
__device__ __forceinline__ u64 operand(u32 address)
{
	return (u64)((address & 0x3FFFF) >> 4) | (u64)1 << 16 | (u64)(1024 >> 4) << 32 | (u64)1 << 62;
}

__device__ __forceinline__ void multiply_add(int (&d)[128], u64 a, u64 b)
{
	asm volatile("wgmma.mma_async.sync.aligned.m64n256k32.s32.s8.s8 {"
		"%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, "
		"%16, %17, %18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, "
		"%32, %33, %34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, "
		"%48, %49, %50, %51, %52, %53, %54, %55, %56, %57, %58, %59, %60, %61, %62, %63, "
		"%64, %65, %66, %67, %68, %69, %70, %71, %72, %73, %74, %75, %76, %77, %78, %79, "
		"%80, %81, %82, %83, %84, %85, %86, %87, %88, %89, %90, %91, %92, %93, %94, %95, "
		"%96, %97, %98, %99, %100, %101, %102, %103, %104, %105, %106, %107, %108, %109, %110, %111, "
		"%112, %113, %114, %115, %116, %117, %118, %119, %120, %121, %122, %123, %124, %125, %126, %127}, "
		"%128, %129, 1;"
		: "+r"(d[0]), "+r"(d[1]), "+r"(d[2]), "+r"(d[3]), "+r"(d[4]), "+r"(d[5]), "+r"(d[6]), "+r"(d[7]),
		  "+r"(d[8]), "+r"(d[9]), "+r"(d[10]), "+r"(d[11]), "+r"(d[12]), "+r"(d[13]), "+r"(d[14]), "+r"(d[15]),
		  "+r"(d[16]), "+r"(d[17]), "+r"(d[18]), "+r"(d[19]), "+r"(d[20]), "+r"(d[21]), "+r"(d[22]), "+r"(d[23]),
		  "+r"(d[24]), "+r"(d[25]), "+r"(d[26]), "+r"(d[27]), "+r"(d[28]), "+r"(d[29]), "+r"(d[30]), "+r"(d[31]),
		  "+r"(d[32]), "+r"(d[33]), "+r"(d[34]), "+r"(d[35]), "+r"(d[36]), "+r"(d[37]), "+r"(d[38]), "+r"(d[39]),
		  "+r"(d[40]), "+r"(d[41]), "+r"(d[42]), "+r"(d[43]), "+r"(d[44]), "+r"(d[45]), "+r"(d[46]), "+r"(d[47]),
		  "+r"(d[48]), "+r"(d[49]), "+r"(d[50]), "+r"(d[51]), "+r"(d[52]), "+r"(d[53]), "+r"(d[54]), "+r"(d[55]),
		  "+r"(d[56]), "+r"(d[57]), "+r"(d[58]), "+r"(d[59]), "+r"(d[60]), "+r"(d[61]), "+r"(d[62]), "+r"(d[63]),
		  "+r"(d[64]), "+r"(d[65]), "+r"(d[66]), "+r"(d[67]), "+r"(d[68]), "+r"(d[69]), "+r"(d[70]), "+r"(d[71]),
		  "+r"(d[72]), "+r"(d[73]), "+r"(d[74]), "+r"(d[75]), "+r"(d[76]), "+r"(d[77]), "+r"(d[78]), "+r"(d[79]),
		  "+r"(d[80]), "+r"(d[81]), "+r"(d[82]), "+r"(d[83]), "+r"(d[84]), "+r"(d[85]), "+r"(d[86]), "+r"(d[87]),
		  "+r"(d[88]), "+r"(d[89]), "+r"(d[90]), "+r"(d[91]), "+r"(d[92]), "+r"(d[93]), "+r"(d[94]), "+r"(d[95]),
		  "+r"(d[96]), "+r"(d[97]), "+r"(d[98]), "+r"(d[99]), "+r"(d[100]), "+r"(d[101]), "+r"(d[102]), "+r"(d[103]),
		  "+r"(d[104]), "+r"(d[105]), "+r"(d[106]), "+r"(d[107]), "+r"(d[108]), "+r"(d[109]), "+r"(d[110]), "+r"(d[111]),
		  "+r"(d[112]), "+r"(d[113]), "+r"(d[114]), "+r"(d[115]), "+r"(d[116]), "+r"(d[117]), "+r"(d[118]), "+r"(d[119]),
		  "+r"(d[120]), "+r"(d[121]), "+r"(d[122]), "+r"(d[123]), "+r"(d[124]), "+r"(d[125]), "+r"(d[126]), "+r"(d[127])
		: "l"(a), "l"(b));
}

extern "C" __global__ void __launch_bounds__(THREADS, 1)
	product(const __grid_constant__ TensorMap x, const __grid_constant__ TensorMap b, int* c, u32 n)
{
	extern __shared__ u8 shared[];
	__shared__ __align__(8) u64 barriers[2 * STAGES];
	u32 slices = ((u32)__cvta_generic_to_shared(shared) + 1023) & ~1023u;
	u32 full = (u32)__cvta_generic_to_shared(barriers), empty = full + 8 * STAGES;
	u32 across = n / TILE_COLUMNS, down = n / TILE_ROWS;
	u32 band_height = down < BAND ? down : BAND, in_band = band_height * across;
	u32 band = blockIdx.x / in_band, rest = blockIdx.x % in_band;
	u32 tile_row = (band * band_height + rest % band_height) * TILE_ROWS;
	u32 tile_column = rest / band_height * TILE_COLUMNS;
	u32 slices_in_all = n / DEPTH;

	if (threadIdx.x == 0) {
		for (u32 stage = 0; stage < STAGES; stage++) {
			asm volatile("mbarrier.init.shared::cta.b64 [%0], 1;" ::"r"(full + 8 * stage) : "memory");
			asm volatile("mbarrier.init.shared::cta.b64 [%0], 8;" ::"r"(empty + 8 * stage) : "memory");
		}
		asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
		asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
	}
	__syncthreads();

	if (threadIdx.x < GROUP) {
		asm volatile("setmaxnreg.dec.sync.aligned.u32 40;");
		if (threadIdx.x == 0) {
			for (u32 slice = 0; slice < slices_in_all; slice++) {
				u32 stage = slice % STAGES, turn = slice / STAGES;
				if (turn > 0) {
					await(empty + 8 * stage, (turn - 1) & 1);
				}
				u32 ready = full + 8 * stage, to = slices + stage * STAGE_BYTES;
				asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(ready), "n"(STAGE_BYTES)
					: "memory");
				fetch(to, x, ready, slice * DEPTH, tile_row);
				fetch(to + TILE_ROWS * DEPTH, b, ready, slice * DEPTH, tile_column);
			}
		}
		return;
	}
	asm volatile("setmaxnreg.inc.sync.aligned.u32 232;");
	u32 group = threadIdx.x / GROUP - 1, warp = threadIdx.x % GROUP / 32, lane = threadIdx.x % 32;
	int sums[128];
#pragma unroll
	for (u32 i = 0; i < 128; i++) {
		sums[i] = 0;
	}
	for (u32 slice = 0; slice < slices_in_all; slice++) {
		u32 stage = slice % STAGES;
		await(full + 8 * stage, slice / STAGES & 1);
		u32 at = slices + stage * STAGE_BYTES;
		u64 left = operand(at + group * 64 * DEPTH), right = operand(at + TILE_ROWS * DEPTH);
		asm volatile("wgmma.fence.sync.aligned;" ::: "memory");
#pragma unroll
		for (u32 part = 0; part < DEPTH / 32; part++) {
			multiply_add(sums, left + 2 * part, right + 2 * part);
		}
		asm volatile("wgmma.commit_group.sync.aligned;" ::: "memory");
		// The slice before this one has been read.
		asm volatile("wgmma.wait_group.sync.aligned 1;" ::: "memory");
		if (slice > 0 && lane == 0) {
			u32 before = empty + 8 * ((slice - 1) % STAGES);
			asm volatile("mbarrier.arrive.shared::cta.b64 _, [%0];" ::"r"(before) : "memory");
		}
	}
	asm volatile("wgmma.wait_group.sync.aligned 0;" ::: "memory");

	u32 row = tile_row + group * 64 + warp * 16 + lane / 4, column = tile_column + lane % 4 * 2;
	int* to = c + (u64)row * n + column;
#pragma unroll
	for (u32 j = 0; j < TILE_COLUMNS / 8; j++) {
		*(int2*)(to + 8 * j) = make_int2(sums[4 * j], sums[4 * j + 1]);
		*(int2*)(to + (u64)8 * n + 8 * j) = make_int2(sums[4 * j + 2], sums[4 * j + 3]);
	}
}
