//! Each way to cheat on the work of one challenge.

use super::*;
use crate::query::Sample;

fn sampled(challenge: &Challenge, commitment: &Commitment, query: &Query, link: u32, row: u32) -> bool {
	let of = |sample: &Sample| sample.link == link && sample.rows.contains(&row);
	query.samples(challenge, commitment).iter().any(of)
}

#[test]
fn a_wrong_entry_is_found_where_its_row_is_sampled() {
	let (link, row) = (9, 33);
	for off in [1, -1, i32::MIN, 1 << 16] {
		let mut engine = results(|at, result| {
			if at == link {
				let entry = &mut result[(row * N + 17) as usize];
				*entry = entry.wrapping_add(off);
			}
		});
		let proof = prove(&mut engine, &challenge(), &GO).unwrap();
		let commitment = proof.commitment();
		let hits = |query: &Query| sampled(&challenge(), &commitment, query, link, row);
		let queries: Vec<Query> = (0..=255).map(query).collect();
		let hit = queries.iter().find(|query| hits(query)).unwrap();
		let miss = queries.iter().find(|query| !hits(query)).unwrap();
		let responses = respond(&mut engine, &proof, &[*hit, *miss], &GO).unwrap();
		let verify = |query, response| verify(&challenge(), &commitment, in_time(), query, response);
		assert_eq!(verify(hit, &responses[0]), Err(Rejection::Product { link, row }));
		// What is built on it is right again: one entry in the chain goes unseen elsewhere, and saves nothing.
		assert_eq!(verify(miss, &responses[1]), Ok(()));
	}
}

#[test]
fn a_wrong_entry_in_each_row_is_found_by_any_query() {
	for number in 0..8 {
		let mut engine =
			results(|_, result| result.iter_mut().step_by(N as usize).for_each(|entry| *entry ^= 1));
		let found = exchange(&mut engine, &challenge(), &query(number));
		assert!(matches!(found, Err(Rejection::Product { link: 0, .. })));
	}
}

#[test]
fn skipped_rows_are_found() {
	// A quarter of the rows of each link: 64 sampled rows miss them once in 10⁸ queries.
	let mut engine = results(|_, result| result[(N * N / 4 * 3) as usize..].fill(0));
	for number in 0..16 {
		let found = exchange(&mut engine, &challenge(), &query(number));
		assert!(matches!(found, Err(Rejection::Product { row: 48.., .. })));
	}
}

#[test]
fn skipped_links_are_found() {
	// Every other link.
	let mut engine = results(|link, result| {
		if link % 2 == 1 {
			result.fill(0)
		}
	});
	for number in 0..16 {
		let found = exchange(&mut engine, &challenge(), &query(number));
		assert!(matches!(found, Err(Rejection::Product { .. })));
	}
	// One link of 24, when it is among the 16: the first always.
	let found = |skipped: u32| {
		let mut engine = results(|link, result| {
			if link == skipped {
				result.fill(7)
			}
		});
		(0..64).filter(|number| exchange(&mut engine, &challenge(), &query(*number)).is_err()).count()
	};
	assert_eq!(found(0), 64);
	assert!((32..=54).contains(&found(13)));
	assert!((32..=54).contains(&found(23)));
}

#[test]
fn the_last_link_counts_as_any_other() {
	let last = size().links() - 1;
	let mut engine = results(|link, result| result[0] += i32::from(link == last));
	let proof = prove(&mut engine, &challenge(), &GO).unwrap();
	let commitment = proof.commitment();
	let hit = (0..=255).map(query).find(|query| sampled(&challenge(), &commitment, query, last, 0)).unwrap();
	let response = respond(&mut engine, &proof, &[hit], &GO).unwrap().remove(0);
	let found = verify(&challenge(), &commitment, in_time(), &hit, &response);
	assert_eq!(found, Err(Rejection::Product { link: last, row: 0 }));
}

#[test]
fn rows_that_are_not_stored_are_missed() {
	// A device with half of the memory: what it did not keep it takes for zeros.
	let half = (2 * N * N) as usize;
	let mut engine = Cheat::new(|when, _, (_, _, stored): Parts<'_>| {
		if when == When::After {
			stored[half..].fill(0)
		}
	});
	for number in 0..8 {
		assert!(matches!(
			exchange(&mut engine, &challenge(), &query(number)),
			Err(Rejection::Product { link: 1.., .. })
		));
	}
}

#[test]
fn another_operand_is_found() {
	let mut engine = Cheat::new(|when, link, (operand, ..): Parts<'_>| {
		if when == When::Before && link == 0 {
			operand.fill(0)
		}
	});
	assert!(matches!(
		exchange(&mut engine, &challenge(), &query(1)),
		Err(Rejection::Product { link: 0, .. })
	));
	// One row for all: a single row's work for each link.
	let mut engine = Cheat::new(|when, _, (operand, ..): Parts<'_>| {
		if when == When::Before {
			let (first, others) = operand.split_at_mut(N as usize);
			others.chunks_exact_mut(N as usize).for_each(|row| row.copy_from_slice(first));
		}
	});
	assert!(matches!(
		exchange(&mut engine, &challenge(), &query(1)),
		Err(Rejection::Product { link: 0, .. })
	));
}

#[test]
fn guessed_results_are_found() {
	let mut state = 1_u32;
	let mut engine = results(|_, result| {
		for entry in result {
			state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
			*entry = (state >> 8).cast_signed() - (1 << 23);
		}
	});
	let proof = prove(&mut engine, &challenge(), &GO).unwrap();
	// Deterministic only as long as the state is: the rows are made up again for the response.
	assert_eq!(respond(&mut engine, &proof, &[query(1)], &GO), Err(EngineError::Diverged(0)));
	let mut engine = results(|link, result| {
		for (entry, index) in result.iter_mut().zip(0_u32..) {
			*entry = (index ^ link << 16).wrapping_mul(0x9E37_79B1).cast_signed() >> 12;
		}
	});
	let found = exchange(&mut engine, &challenge(), &query(1));
	assert!(matches!(found, Err(Rejection::Product { link: 0, .. })));
}

#[test]
fn guessed_roots_are_found() {
	let roots = vec![[7; 32]; size().links() as usize];
	let commitment = Commitment::new(&challenge(), &roots);
	let row = RowOpening { entries: vec![0; N as usize], path: vec![[0; 32]; size().depth()] };
	let response = Response { roots, rows: vec![row; Response::rows(&size())] };
	let found = verify(&challenge(), &commitment, in_time(), &query(1), &response);
	assert!(matches!(found, Err(Rejection::Opening { link: 0, .. })));
}

#[test]
fn rows_and_paths_cannot_be_changed_after_the_commitment() {
	let proof = prove(&mut CpuEngine::new(), &challenge(), &GO).unwrap();
	let honest = respond(&mut CpuEngine::new(), &proof, &[query(1)], &GO).unwrap().remove(0);
	let check =
		|response: &Response| verify(&challenge(), &proof.commitment(), in_time(), &query(1), response);
	assert_eq!(check(&honest), Ok(()));
	for index in 0..honest.rows.len() {
		let mut wrong = honest.clone();
		wrong.rows[index].entries[index % N as usize] ^= 1;
		assert!(matches!(check(&wrong), Err(Rejection::Opening { .. })));
		for depth in 0..size().depth() {
			let mut wrong = honest.clone();
			wrong.rows[index].path[depth][depth] ^= 1;
			assert!(matches!(check(&wrong), Err(Rejection::Opening { .. })));
		}
	}
	for index in 1..honest.rows.len() {
		let mut wrong = honest.clone();
		wrong.rows.swap(index - 1, index);
		assert!(matches!(check(&wrong), Err(Rejection::Opening { .. })));
	}
	for link in 0..honest.roots.len() {
		let mut wrong = honest.clone();
		wrong.roots[link][0] ^= 1;
		assert_eq!(check(&wrong), Err(Rejection::Roots));
	}
}

#[test]
fn responses_to_other_queries_do_not_pass() {
	let mut engine = CpuEngine::new();
	let proof = prove(&mut engine, &challenge(), &GO).unwrap();
	let queries = [query(1), query(2)];
	let responses = respond(&mut engine, &proof, &queries, &GO).unwrap();
	let check = |query, response| verify(&challenge(), &proof.commitment(), in_time(), query, response);
	assert_eq!(check(&queries[0], &responses[0]), Ok(()));
	assert_eq!(check(&queries[1], &responses[1]), Ok(()));
	assert!(matches!(check(&queries[0], &responses[1]), Err(Rejection::Opening { .. })));
	assert!(matches!(check(&queries[1], &responses[0]), Err(Rejection::Opening { .. })));
}

#[test]
fn a_late_commitment_does_not_pass() {
	let mut engine = CpuEngine::new();
	let proof = prove(&mut engine, &challenge(), &GO).unwrap();
	let response = respond(&mut engine, &proof, &[query(1)], &GO).unwrap().remove(0);
	let limit = Duration::from_secs(10);
	let check = |elapsed| {
		let timing = Timing { elapsed, limit };
		verify(&challenge(), &proof.commitment(), timing, &query(1), &response)
	};
	let step = Duration::from_nanos(1);
	assert_eq!(check(limit - step), Ok(()));
	assert_eq!(check(limit), Ok(()));
	let late = Timing { elapsed: limit + step, limit };
	assert_eq!(check(limit + step), Err(Rejection::Late(late)));
}
