// The kernels of the CUDA engine, for compute capability 8.0 and later. What they compute is defined in derive.rs and
// merkle.rs. kernels.ptx is made from this file by `scripts/gpu.sh ptx`.

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

struct Key {
	u32 words[4];
};

struct Hash {
	u32 words[8];
};

// ---- matrices from keys

__device__ __forceinline__ u32 word(const Key& key, u32 x)
{
	x ^= key.words[0];
	x ^= x >> 17;
	x = x * 0xED5AD4BBu + key.words[1];
	x ^= x >> 11;
	x = x * 0xAC4C1B51u + key.words[2];
	x ^= x >> 15;
	x = x * 0x31848BABu + key.words[3];
	x ^= x >> 14;
	return x;
}

// Row-major: each thread makes 16 entries.
extern "C" __global__ void fill(const Key key, uint4* out, u32 vectors)
{
	u32 i = blockIdx.x * blockDim.x + threadIdx.x;
	if (i < vectors) {
		out[i] = make_uint4(word(key, 4 * i), word(key, 4 * i + 1), word(key, 4 * i + 2), word(key, 4 * i + 3));
	}
}

// Column-major: each thread makes 16 rows of 4 columns.
extern "C" __global__ void fill_columns(const Key key, u8* out, u32 n)
{
	u32 i = blockIdx.x * blockDim.x + threadIdx.x;
	u32 blocks = n / 16;
	u32 row = 16 * (i % blocks), quad = i / blocks;
	if (quad >= n / 4) {
		return;
	}
	u32 columns[4][4];
#pragma unroll
	for (u32 part = 0; part < 4; part++) {
		u32 rows[4];
#pragma unroll
		for (u32 r = 0; r < 4; r++) {
			rows[r] = word(key, (row + 4 * part + r) * (n / 4) + quad);
		}
		u32 low01 = __byte_perm(rows[0], rows[1], 0x5140), low23 = __byte_perm(rows[2], rows[3], 0x5140);
		u32 high01 = __byte_perm(rows[0], rows[1], 0x7362), high23 = __byte_perm(rows[2], rows[3], 0x7362);
		columns[0][part] = __byte_perm(low01, low23, 0x5410);
		columns[1][part] = __byte_perm(low01, low23, 0x7632);
		columns[2][part] = __byte_perm(high01, high23, 0x5410);
		columns[3][part] = __byte_perm(high01, high23, 0x7632);
	}
#pragma unroll
	for (u32 c = 0; c < 4; c++) {
		uint4* to = (uint4*)(out + (u64)(4 * quad + c) * n + row);
		*to = make_uint4(columns[c][0], columns[c][1], columns[c][2], columns[c][3]);
	}
}

// ---- products: `x` is row-major, `b` column-major, and `c` row-major

// One thread for each entry, for matrices smaller than a tile of `product`.
extern "C" __global__ void product_small(const int* x, const int* b, int* c, u32 n)
{
	u32 i = blockIdx.x * blockDim.x + threadIdx.x;
	const int* row = x + i / n * (n / 4);
	const int* column = b + i % n * (n / 4);
	int sum = 0;
	for (u32 k = 0; k < n / 4; k++) {
		asm("dp4a.s32.s32 %0, %1, %2, %0;" : "+r"(sum) : "r"(row[k]), "r"(column[k]));
	}
	c[i] = sum;
}

// A block of 8 warps makes a tile of 128 rows and 256 columns, each warp 64 by 64 of it. Operands come in slices of 64
// entries, `STAGES` of which are on their way or in use.
#define TILE_ROWS 128
#define TILE_COLUMNS 256
#define DEPTH 64
#define STAGES 4
#define STAGE_BYTES ((TILE_ROWS + TILE_COLUMNS) * DEPTH)
// Tiles are taken in bands of so many rows of tiles, so that what is read twice is still in the cache.
#define BAND 16

__device__ __forceinline__ u32 shared_address(const void* p)
{
	return (u32)__cvta_generic_to_shared(p);
}

// Where 16 bytes of a slice lie: rows of 64 bytes, shuffled so that eight rows below each other are in different banks.
__device__ __forceinline__ u32 place(u32 row, u32 chunk)
{
	return row * DEPTH + ((chunk ^ ((row >> 1) & 3)) << 4);
}

__device__ __forceinline__ void copy_async(u32 to, const u8* from)
{
	asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(to), "l"(from) : "memory");
}

__device__ __forceinline__ void load_matrices(u32 (&r)[4], u32 from)
{
	asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
		: "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
		: "r"(from)
		: "memory");
}

__device__ __forceinline__ void multiply_add(int (&c)[4], const u32 (&a)[4], u32 b0, u32 b1)
{
	asm("mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
		"{%0, %1, %2, %3};"
		: "+r"(c[0]), "+r"(c[1]), "+r"(c[2]), "+r"(c[3])
		: "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

extern "C" __global__ void __launch_bounds__(256, 1) product(const u8* x, const u8* b, int* c, u32 n)
{
	extern __shared__ __align__(128) u8 slices[];
	u32 thread = threadIdx.x, warp = thread / 32, lane = thread % 32;
	u32 across = n / TILE_COLUMNS, down = n / TILE_ROWS;
	u32 band_height = down < BAND ? down : BAND, in_band = band_height * across;
	u32 band = blockIdx.x / in_band, rest = blockIdx.x % in_band;
	u32 tile_row = (band * band_height + rest % band_height) * TILE_ROWS;
	u32 tile_column = rest / band_height * TILE_COLUMNS;

	// Each thread copies 16 bytes of every 64th row.
	u32 own_row = thread / 4, own_chunk = thread % 4;
	const u8* from_x = x + (u64)(tile_row + own_row) * n + own_chunk * 16;
	const u8* from_b = b + (u64)(tile_column + own_row) * n + own_chunk * 16;
	u32 base = shared_address(slices), own = place(own_row, own_chunk);
	u64 step = (u64)64 * n;
	auto fetch = [&](u32 stage, u32 k) {
		u32 to = base + stage * STAGE_BYTES + own;
#pragma unroll
		for (u32 i = 0; i < TILE_ROWS / 64; i++) {
			copy_async(to + i * 64 * DEPTH, from_x + i * step + k);
		}
#pragma unroll
		for (u32 i = 0; i < TILE_COLUMNS / 64; i++) {
			copy_async(to + (TILE_ROWS + i * 64) * DEPTH, from_b + i * step + k);
		}
	};
	auto fetched = [] { asm volatile("cp.async.commit_group;" ::: "memory"); };

	u32 warp_row = warp / 4 * 64, warp_column = warp % 4 * 64;
	u32 x_row = warp_row + lane % 16, x_chunk = lane / 16;
	u32 b_row = TILE_ROWS + warp_column + lane % 8 + lane / 16 * 8, b_chunk = lane / 8 % 2;
	int sums[4][8][4] = {};

	u32 slices_in_all = n / DEPTH;
#pragma unroll
	for (u32 stage = 0; stage < STAGES - 1; stage++) {
		fetch(stage, stage * DEPTH);
		fetched();
	}
	// A slice has two halves. While one is multiplied, the next is on its way to the registers.
	u32 xs[2][4][4], bs[2][4][4];
	auto load = [&](u32 slice, u32 half) {
		u32 stage = base + slice % STAGES * STAGE_BYTES;
#pragma unroll
		for (u32 i = 0; i < 4; i++) {
			load_matrices(xs[half][i], stage + place(x_row + 16 * i, x_chunk + 2 * half));
			load_matrices(bs[half][i], stage + place(b_row + 16 * i, b_chunk + 2 * half));
		}
	};
	auto multiply = [&](u32 half) {
#pragma unroll
		for (u32 i = 0; i < 4; i++) {
#pragma unroll
			for (u32 j = 0; j < 8; j++) {
				multiply_add(sums[i][j], xs[half][i], bs[half][j / 2][j % 2 * 2], bs[half][j / 2][j % 2 * 2 + 1]);
			}
		}
	};
	// The slice is there for all warps, and all have read the one before it.
	auto arrived = [] {
		asm volatile("cp.async.wait_group %0;" ::"n"(STAGES - 2) : "memory");
		__syncthreads();
	};
	arrived();
	load(0, 0);
	for (u32 slice = 0; slice < slices_in_all; slice++) {
		load(slice, 1);
		u32 next = slice + STAGES - 1;
		if (next < slices_in_all) {
			fetch(next % STAGES, next * DEPTH);
		}
		fetched();
		multiply(0);
		arrived();
		if (slice + 1 < slices_in_all) {
			load(slice + 1, 0);
		}
		multiply(1);
	}

	u32 row = tile_row + warp_row + lane / 4, column = tile_column + warp_column + lane % 4 * 2;
#pragma unroll
	for (u32 i = 0; i < 4; i++) {
#pragma unroll
		for (u32 j = 0; j < 8; j++) {
			int* to = c + (u64)(row + 16 * i) * n + column + 8 * j;
			*(int2*)to = make_int2(sums[i][j][0], sums[i][j][1]);
			*(int2*)(to + (u64)8 * n) = make_int2(sums[i][j][2], sums[i][j][3]);
		}
	}
}

// ---- BLAKE3

#define CHUNK_START 1
#define CHUNK_END 2
#define PARENT 4
#define ROOT 8
#define KEYED_HASH 16
#define CHUNK_WORDS 256

__device__ __constant__ const u32 IV[8] = {
	0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};

__device__ __forceinline__ u32 rotate(u32 x, u32 by)
{
	return __funnelshift_r(x, x, by);
}

__device__ __forceinline__ void mix(u32& a, u32& b, u32& c, u32& d, u32 x, u32 y)
{
	a = a + b + x;
	d = __byte_perm(d ^ a, 0, 0x1032);
	c = c + d;
	b = rotate(b ^ c, 12);
	a = a + b + y;
	d = __byte_perm(d ^ a, 0, 0x0321);
	c = c + d;
	b = rotate(b ^ c, 7);
}

// The whole output: 16 words; the first eight are the chaining value. `m` is not kept.
__device__ __forceinline__ void compress(u32 (&v)[16], const Hash& chain, u32 (&m)[16], u32 counter, u32 length, u32 flags)
{
#pragma unroll
	for (u32 i = 0; i < 8; i++) {
		v[i] = chain.words[i];
	}
#pragma unroll
	for (u32 i = 0; i < 4; i++) {
		v[8 + i] = IV[i];
	}
	v[12] = counter;
	v[13] = 0;
	v[14] = length;
	v[15] = flags;
#pragma unroll
	for (u32 round = 0; round < 7; round++) {
		mix(v[0], v[4], v[8], v[12], m[0], m[1]);
		mix(v[1], v[5], v[9], v[13], m[2], m[3]);
		mix(v[2], v[6], v[10], v[14], m[4], m[5]);
		mix(v[3], v[7], v[11], v[15], m[6], m[7]);
		mix(v[0], v[5], v[10], v[15], m[8], m[9]);
		mix(v[1], v[6], v[11], v[12], m[10], m[11]);
		mix(v[2], v[7], v[8], v[13], m[12], m[13]);
		mix(v[3], v[4], v[9], v[14], m[14], m[15]);
		const u32 order[16] = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
		u32 next[16];
#pragma unroll
		for (u32 i = 0; i < 16; i++) {
			next[i] = m[order[i]];
		}
#pragma unroll
		for (u32 i = 0; i < 16; i++) {
			m[i] = next[i];
		}
	}
#pragma unroll
	for (u32 i = 0; i < 8; i++) {
		v[i] ^= v[i + 8];
		v[i + 8] ^= chain.words[i];
	}
}

__device__ __forceinline__ Hash chained(const Hash& chain, u32 (&m)[16], u32 counter, u32 length, u32 flags)
{
	u32 v[16];
	compress(v, chain, m, counter, length, flags);
	Hash hash;
#pragma unroll
	for (u32 i = 0; i < 8; i++) {
		hash.words[i] = v[i];
	}
	return hash;
}

__device__ __forceinline__ Hash start()
{
	Hash hash;
#pragma unroll
	for (u32 i = 0; i < 8; i++) {
		hash.words[i] = IV[i];
	}
	return hash;
}

// The hash of two hashes that fill a block.
__device__ __noinline__ Hash pair(const Hash left, const Hash right, u32 flags)
{
	u32 m[16];
#pragma unroll
	for (u32 i = 0; i < 8; i++) {
		m[i] = left.words[i];
		m[8 + i] = right.words[i];
	}
	return chained(start(), m, 0, 64, flags);
}

// What a block of one byte makes of `chain`.
__device__ __noinline__ Hash byte_block(const Hash chain, u32 byte, u32 counter, u32 flags)
{
	u32 m[16] = {byte};
	return chained(chain, m, counter, 1, flags);
}

#define LEAF 0
#define NODE 1
// Threads of a block of `leaves`: as many as the longest row has chunks.
#define LEAF_THREADS 128

// The leaves of all rows, which are whole chunks and the byte LEAF. Each thread takes a chunk, or a row that is shorter.
extern "C" __global__ void __launch_bounds__(LEAF_THREADS) leaves(const int* c, Hash* tree, u32 n)
{
	__shared__ Hash chains[LEAF_THREADS];
	u32 thread = threadIdx.x, i = blockIdx.x * LEAF_THREADS + thread;
	u32 chunks = n / CHUNK_WORDS, words = chunks == 0 ? n : CHUNK_WORDS;
	u32 chunk = chunks == 0 ? 0 : i % chunks, row = chunks == 0 ? i : i / chunks;
	const uint4* from = (const uint4*)(c + (u64)i * words);
	Hash chain = start();
	for (u32 at = 0; at < words && row < n; at += 16) {
		u32 m[16];
#pragma unroll
		for (u32 part = 0; part < 4; part++) {
			uint4 four = from[at / 4 + part];
			m[4 * part] = four.x;
			m[4 * part + 1] = four.y;
			m[4 * part + 2] = four.z;
			m[4 * part + 3] = four.w;
		}
		u32 flags = (at == 0 ? CHUNK_START : 0) | (at + 16 == CHUNK_WORDS ? CHUNK_END : 0);
		chain = chained(chain, m, chunk, 64, flags);
	}
	for (u32 width = 1; width < chunks; width *= 2) {
		chains[thread] = chain;
		__syncthreads();
		if (chunk % (2 * width) == 0) {
			chain = pair(chain, chains[thread + width], PARENT);
		}
		__syncthreads();
	}
	if (row >= n || chunk > 0) {
		return;
	}
	if (chunks == 0) {
		tree[row] = byte_block(chain, LEAF, 0, CHUNK_END | ROOT);
	} else {
		tree[row] = pair(chain, byte_block(start(), LEAF, chunks, CHUNK_START | CHUNK_END), PARENT | ROOT);
	}
}

// One level of the tree, from the one below.
extern "C" __global__ void nodes(const Hash* below, Hash* level, u32 count)
{
	u32 i = blockIdx.x * blockDim.x + threadIdx.x;
	if (i < count) {
		level[i] = byte_block(pair(below[2 * i], below[2 * i + 1], CHUNK_START), NODE, 0, CHUNK_END | ROOT);
	}
}

// ---- the next operand

// Each thread reduces four entries.
extern "C" __global__ void reduce(const int4* c, u32* stored, u32 key, u32 vectors)
{
	u32 i = blockIdx.x * blockDim.x + threadIdx.x;
	if (i < vectors) {
		int4 four = c[i];
		u32 a = ((u32)four.x ^ key) * 0x9E3779B1u, b = ((u32)four.y ^ key) * 0x9E3779B1u;
		u32 d = ((u32)four.z ^ key) * 0x9E3779B1u, e = ((u32)four.w ^ key) * 0x9E3779B1u;
		stored[i] = a >> 24 | b >> 24 << 8 | d >> 24 << 16 | e >> 24 << 24;
	}
}

// The places of all rows, as the number of the row among all that are stored: each thread makes eight.
extern "C" __global__ void places(const Hash key, u32* out, u32 link, u32 window, u32 n)
{
	u32 i = blockIdx.x * blockDim.x + threadIdx.x;
	if (i >= n / 8) {
		return;
	}
	u32 m[16] = {}, v[16];
	compress(v, key, m, i, 0, KEYED_HASH | CHUNK_START | CHUNK_END | ROOT);
	u32 stored = link < window ? link : window;
#pragma unroll
	for (u32 p = 0; p < 8; p++) {
		u32 from = link - stored + __umulhi(v[2 * p], stored);
		out[8 * i + p] = from % window * n + __umulhi(v[2 * p + 1], n);
	}
}

// Each thread adds 16 entries of the rows stored last and the rows at their places.
extern "C" __global__ void advance(const uint4* stored, const uint4* last, const u32* places, uint4* operand, u32 n)
{
	u32 i = blockIdx.x * blockDim.x + threadIdx.x;
	u32 vectors = n / 16;
	if (i < n * vectors) {
		uint4 a = last[i], b = stored[(u64)places[i / vectors] * vectors + i % vectors];
		operand[i] = make_uint4(__vadd4(a.x, b.x), __vadd4(a.y, b.y), __vadd4(a.z, b.z), __vadd4(a.w, b.w));
	}
}
