//! What this machine's GPUs do: time for each link by its parts, and a whole challenge of a class of such devices, with
//! the `int8_rate` of that class. Prints one line where there is no GPU.

use exabits_challenge::{
	cuda::gpus, derive::LinkKey, prove, respond, verify, Challenge, CpuEngine, CudaEngine, Engine,
	EngineError, Hash, Query, Size, Timing, LINKS,
};
use std::{
	process::ExitCode,
	sync::atomic::AtomicBool,
	time::{Duration, Instant},
};

/// What a device of a class is kept busy for.
const WORK: Duration = Duration::from_secs(10);
/// Anchors that challenge a machine.
const ANCHORS: u8 = 3;
/// Links of which a part's time is the mean.
const REPEATED: u32 = 20;
static GO: AtomicBool = AtomicBool::new(false);

fn challenge(size: Size) -> Challenge {
	Challenge { session: [1; 32], beacon: [2; 32], machine: 3, device: 0, round: 5, size }
}

/// A chain with few results in memory.
fn short(n: u32, links: u32) -> Size {
	Size::new(n, links, u64::from(links / 4) * u64::from(n) * u64::from(n)).expect("a valid size")
}

fn timed<T>(f: impl FnOnce() -> Result<T, EngineError>) -> Result<(f64, T), EngineError> {
	let began = Instant::now();
	let result = f()?;
	Ok((began.elapsed().as_secs_f64(), result))
}

/// Seconds that a chain takes, the second time.
fn chain(engine: &mut dyn Engine, size: Size) -> Result<f64, EngineError> {
	prove(engine, &challenge(size), &GO)?;
	Ok(timed(|| prove(engine, &challenge(size), &GO))?.0)
}

/// Milliseconds of product, tree and next operand of a link: each is waited for by asking the root.
fn parts(engine: &mut dyn Engine, n: u32) -> Result<[f64; 3], EngineError> {
	let size = short(n, 8);
	let key = |link| LinkKey::new(&[1; 32], size, link, &[2; 32]);
	engine.begin(size, &key(0))?;
	engine.multiply(&key(0))?;
	engine.root()?;
	let mut mean = |f: &mut dyn FnMut(&mut dyn Engine) -> Result<(), EngineError>| {
		let all = || (0..REPEATED).try_for_each(|_| f(&mut *engine).and_then(|()| engine.root().map(drop)));
		Ok(timed(all)?.0 * 1e3 / f64::from(REPEATED))
	};
	let tree = mean(&mut |_| Ok(()))?;
	let product = mean(&mut |engine| engine.multiply(&key(1)))?;
	let advance = mean(&mut |engine| engine.advance(&key(5)))?;
	engine.end();
	Ok([product - tree, tree, advance - tree])
}

/// The challenge of a class of such devices, as the chain derives it: the smallest matrices that make one.
fn of_class(memory: u64, rate: f64) -> Option<Size> {
	(8..=15).find_map(|log| Size::for_class(1 << log, memory, rate as u64, WORK).ok())
}

fn measure(number: usize, memory: u64) -> Result<(), EngineError> {
	let (load, mut engine) = timed(|| CudaEngine::new(number))?;
	println!("kernels loaded in            {:>9.0} ms", load * 1e3);
	println!(
		"\n{:>6} {:>9} {:>9} {:>9} {:>9} {:>10}",
		"n", "ms/link", "product", "tree", "operand", "10^12/s"
	);
	let mut rate = 0.0;
	for n in [2_048, 4_096, 8_192, 16_384, 32_768] {
		let links = if n < 16_384 { 256 } else { 64 };
		let links = if n > 16_384 { 16 } else { links };
		let [product, tree, advance] = parts(&mut engine, n)?;
		let link = chain(&mut engine, short(n, links))? / f64::from(links);
		rate = f64::from(n).powi(3) / link;
		println!(
			"{n:>6} {:>9.3} {product:>9.3} {tree:>9.3} {advance:>9.3} {:>10.1}",
			link * 1e3,
			rate / 1e12
		);
	}
	let portable = &mut CudaEngine::portable(number)?;
	for n in [2_048, 16_384] {
		let [product, ..] = parts(portable, n)?;
		let (rate, n) = (f64::from(n).powi(3) / product / 1e9, u64::from(n));
		println!(
			"products for any GPU, n = {n:<6} {product:>6.3} ms, {rate:.1} · 10^12 multiply-adds in a second"
		);
	}
	let n = 2_048;
	let cpu = chain(&mut CpuEngine::new(), short(n, 16))? / 16.0;
	let gpu = chain(&mut engine, short(n, 256))? / 256.0;
	println!(
		"a link of n = {n} takes the processor's cores {:.1} ms, {:.0} times as long",
		cpu * 1e3,
		cpu / gpu
	);
	drop(engine);

	let Some(size) = of_class(memory, rate) else {
		println!("no challenge fits this GPU");
		return Ok(());
	};
	let share = size.memory() as f64 * 100.0 / memory as f64;
	println!(
		"\na challenge of its class: n = {}, {} links, {:.1} GiB of results, {share:.1} % of the memory",
		size.n(),
		size.links(),
		size.memory() as f64 / f64::from(1 << 30)
	);
	let challenge = challenge(size);
	// As a service node does it: with the device taken for each run.
	let (proving, proof) = timed(|| prove(&mut CudaEngine::new(number)?, &challenge, &GO))?;
	let queries: Vec<Query> = (0..ANCHORS).map(|anchor| Query { nonce: Hash::from([anchor; 32]) }).collect();
	let (opening, responses) = timed(|| respond(&mut CudaEngine::new(number)?, &proof, &queries, &GO))?;
	let timing = Timing { elapsed: WORK, limit: WORK };
	let (verifying, verdict) =
		timed(|| Ok(verify(&challenge, &proof.commitment(), timing, &queries[0], &responses[0])))?;
	verdict.map_err(|rejection| EngineError::Device(rejection.to_string()))?;
	let link = proving * 1e3 / f64::from(size.links());
	println!("proved in                    {proving:>9.2} s, {link:.3} ms per link");
	println!("opened for {ANCHORS} anchors in      {opening:>9.2} s");
	println!(
		"verified on one core in      {verifying:>9.2} s, {:.0} ms per sampled link",
		verifying * 1e3 / LINKS as f64
	);
	println!("the GPU works for            {:>9.1} times as long as a verifier's core", proving / verifying);
	println!("int8_rate of its class       {:>9.0}", size.products() as f64 / proving / 1e9);
	Ok(())
}

fn main() -> ExitCode {
	let found = match gpus() {
		Ok(found) if !found.is_empty() => found,
		Ok(_) => {
			println!("no GPU: the driver shows none");
			return ExitCode::SUCCESS;
		}
		Err(error) => {
			println!("no GPU: {error}");
			return ExitCode::SUCCESS;
		}
	};
	for (number, gpu) in found.iter().enumerate() {
		let (major, minor) = gpu.capability;
		let gib = gpu.memory as f64 / f64::from(1 << 30);
		println!("GPU {number}: {}, {gib:.1} GiB, compute capability {major}.{minor}", gpu.name);
		if let Err(error) = measure(number, gpu.memory) {
			eprintln!("GPU {number}: {error}");
			return ExitCode::FAILURE;
		}
	}
	ExitCode::SUCCESS
}
