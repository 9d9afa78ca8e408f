//! Proving and verifying per link at n = 2048, each on one core: prints a table and a headline, and fails when verifying
//! a link costs more than a hundredth of proving one.

use exabits_challenge::{prove, respond, verify, Challenge, CpuEngine, Query, Response, Size, Timing, LINKS};
use std::{
	process::ExitCode,
	sync::{atomic::AtomicBool, Arc},
	time::{Duration, Instant},
};

const N: u32 = 2048;
const CHAIN: u32 = 16;
const WINDOW: u64 = 8;
/// The best of so many counts, since others may use the machine.
const RUNS: u32 = 5;
/// Proving costs at least so many times as much as verifying.
const RATIO: f64 = 100.0;

fn best<T>(mut f: impl FnMut() -> T) -> (Duration, T) {
	let mut run = || {
		let began = Instant::now();
		let result = f();
		(began.elapsed(), result)
	};
	let first = run();
	(1..RUNS).fold(first, |best, _| {
		let next = run();
		if next.0 < best.0 {
			next
		} else {
			best
		}
	})
}

fn engine(threads: usize) -> CpuEngine {
	let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
	CpuEngine::bounded(Arc::new(pool), u64::MAX)
}

fn main() -> ExitCode {
	let size = Size::new(N, CHAIN, WINDOW * u64::from(N) * u64::from(N)).expect("a valid size");
	let challenge = Challenge { session: [1; 32], beacon: [2; 32], machine: 3, device: 4, round: 5, size };
	let go = AtomicBool::new(false);
	let cores = rayon::current_num_threads();
	let prove =
		|threads| best(|| prove(&mut engine(threads), &challenge, &go).expect("the chain is computed"));
	let (one, proof) = prove(1);
	let (all, _) = prove(cores);

	let query = Query { nonce: [6; 32] };
	let commitment = proof.commitment();
	let rows = respond(&mut engine(cores), &proof, &[query], &go).expect("the rows are opened");
	let bytes = rows[0].to_bytes();
	assert_eq!(bytes.len(), Response::bytes(&size));
	let timing = Timing { elapsed: all, limit: all };
	let (verifying, ()) = best(|| {
		let response = Response::from_bytes(&bytes, &size).expect("the response decodes");
		verify(&challenge, &commitment, timing, &query, &response).expect("an honest prover passes");
	});

	let development = Challenge { size: Size::DEVELOPMENT, ..challenge };
	let (small, _) = best(|| {
		exabits_challenge::prove(&mut engine(cores), &development, &go).expect("the chain is computed")
	});

	let per_link = |time: Duration, links: u32| time.as_secs_f64() * 1000.0 / f64::from(links);
	let (one, all) = (per_link(one, CHAIN), per_link(all, CHAIN));
	let verifying = per_link(verifying, LINKS as u32);
	let ratio = one / verifying;
	println!("proving, one core           {one:>10.2} ms per link of {N} rows");
	println!("proving, all {cores:>2} cores       {all:>10.2} ms per link");
	println!("multiply-adds, one core     {:>10.1} billion in a second", f64::from(N).powi(3) / one / 1e6);
	println!("development size, all cores {:>8.0} ms", small.as_secs_f64() * 1000.0);
	println!("verifying, one core         {verifying:>10.3} ms per sampled link, decoding included");
	println!("response                    {:>10} bytes for {LINKS} sampled links", bytes.len());
	println!(
		"challenge: verifying a link costs 1/{ratio:.0} of proving it ({verifying:.2} of {one:.0} ms), {} KiB of proof",
		bytes.len() / 1024
	);
	if ratio < RATIO {
		eprintln!("missed: verifying costs 1/{ratio:.0} of proving, not 1/{RATIO:.0}");
		return ExitCode::FAILURE;
	}
	ExitCode::SUCCESS
}
