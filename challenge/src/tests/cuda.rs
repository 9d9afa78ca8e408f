//! The GPU's chain is the processor's. Where there is no GPU, what needs one passes without a word but this.

use super::*;
use crate::cuda::gpus;

/// The GPUs' engines, with the kernels for each GPU's own kind and with those for all.
fn engines() -> Vec<CudaEngine> {
	let count = gpus().map_or(0, |gpus| gpus.len());
	if count == 0 {
		println!("no GPU: not tested");
	}
	let both = |number| [CudaEngine::new(number).unwrap(), CudaEngine::portable(number).unwrap()];
	(0..count).flat_map(both).collect()
}

/// A hash of 64 bits, FNV-1a, as `scripts/gpu.sh ptx` writes it above what it made.
fn hash(text: &str) -> u64 {
	text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
		(hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
	})
}

#[test]
fn the_ptx_was_made_from_its_source() {
	for (source, ptx) in [
		(include_str!("../cuda/kernels.cu"), include_str!("../cuda/kernels.ptx")),
		(include_str!("../cuda/hopper.cu"), include_str!("../cuda/hopper.ptx")),
	] {
		let found = ptx.lines().next().and_then(|line| line.strip_prefix("// source "));
		assert_eq!(found, Some(format!("{:016x}", hash(source)).as_str()), "run scripts/gpu.sh ptx");
	}
}

#[test]
fn a_gpu_that_is_not_there_is_an_error() {
	let beyond = gpus().map_or(0, |gpus| gpus.len());
	assert!(matches!(CudaEngine::new(beyond), Err(EngineError::Device(_))));
	if let Err(error) = gpus() {
		assert!(error.to_string().contains("no CUDA driver"), "{error}");
	}
}

#[test]
fn a_gpu_computes_the_same_chain() {
	for mut engine in engines() {
		for (n, links, window) in
			[(64, 24, 4), (128, 9, 3), (256, 20, 4), (512, 6, 2), (1024, 5, 2), (2048, 4, 2)]
		{
			let size = Size::new(n, links, window * u64::from(n * n)).unwrap();
			for beacon in 0..if n < 512 { 4 } else { 1 } {
				let challenge = Challenge { beacon: [beacon; 32], size, ..challenge() };
				let proof = prove(&mut engine, &challenge, &GO).unwrap();
				assert_eq!(proof, prove(&mut CpuEngine::new(), &challenge, &GO).unwrap(), "{n}");
				let queries = [query(1), query(2)];
				let responses = respond(&mut engine, &proof, &queries, &GO).unwrap();
				assert_eq!(responses, respond(&mut CpuEngine::new(), &proof, &queries, &GO).unwrap());
				for (query, response) in queries.iter().zip(&responses) {
					let verdict = verify(&challenge, &proof.commitment(), in_time(), query, response);
					assert_eq!(verdict, Ok(()));
				}
			}
		}
	}
}

#[test]
fn both_ways_of_a_gpu_agree_on_large_matrices() {
	for number in 0..gpus().map_or(0, |gpus| gpus.len()) {
		for n in [4_096_u32, 16_384] {
			let size = Size::new(n, 4, 2 * u64::from(n) * u64::from(n)).unwrap();
			let challenge = Challenge { size, ..challenge() };
			let mut engine = CudaEngine::new(number).unwrap();
			let proof = prove(&mut engine, &challenge, &GO).unwrap();
			assert_eq!(proof, prove(&mut CudaEngine::portable(number).unwrap(), &challenge, &GO).unwrap());
			assert_eq!(exchange(&mut engine, &challenge, &query(1)), Ok(()));
		}
	}
}

#[test]
fn more_than_a_gpu_has_is_an_error() {
	for (number, gpu) in gpus().unwrap_or_default().iter().enumerate() {
		let matrices = gpu.memory.div_ceil(1 << 28);
		let size = Size::new(16_384, 2 * matrices as u32, matrices << 28).unwrap();
		let needed = CudaEngine::footprint(&size);
		let mut engine = CudaEngine::new(number).unwrap();
		let failed = prove(&mut engine, &Challenge { size, ..challenge() }, &GO);
		assert_eq!(failed, Err(EngineError::Memory { needed }));
		// What it had taken is free again.
		assert_eq!(exchange(&mut engine, &challenge(), &query(1)), Ok(()));
	}
}
