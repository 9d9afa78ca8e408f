//! What comes from others is untrusted: bounded, and never a panic.

use super::*;
use proptest::prelude::*;

#[test]
fn a_challenge_comes_back() {
	let bytes = challenge().to_bytes();
	assert_eq!(Challenge::from_bytes(&bytes), Ok(challenge()));
	let length = |found| Err(DecodeError::Length { expected: 92, found });
	assert_eq!(Challenge::from_bytes(&bytes[..91]), length(91));
	assert_eq!(Challenge::from_bytes(&[&bytes[..], &[0]].concat()), length(93));
	assert_eq!(Challenge::from_bytes(&[]), length(0));
	let mut wrong = bytes;
	wrong[76] = 65;
	assert_eq!(Challenge::from_bytes(&wrong), Err(SizeError::Rows(65).into()));
	wrong = bytes;
	wrong[84..].fill(255);
	assert!(matches!(Challenge::from_bytes(&wrong), Err(DecodeError::Size(SizeError::Memory(_)))));
	wrong = bytes;
	wrong[80..84].fill(255);
	assert_eq!(Challenge::from_bytes(&wrong), Err(SizeError::Links(u32::MAX).into()));
}

#[test]
fn a_response_has_one_length() {
	let mut engine = CpuEngine::new();
	let proof = prove(&mut engine, &challenge(), &GO).unwrap();
	let response = respond(&mut engine, &proof, &[query(1)], &GO).unwrap().remove(0);
	let bytes = response.to_bytes();
	let expected = Response::bytes(&size());
	// 24 roots; 4 rows of the first link and 3 × 4 of 15 others, each 64 entries and 6 hashes.
	assert_eq!(expected, 24 * 32 + 184 * (64 * 4 + 6 * 32));
	assert_eq!(bytes.len(), expected);
	assert_eq!(Response::from_bytes(&bytes, &size()), Ok(response));
	for found in [0, 1, expected - 1, expected + 1, 2 * expected] {
		let wrong: Vec<u8> = bytes.iter().cycle().copied().take(found).collect();
		assert_eq!(Response::from_bytes(&wrong, &size()), Err(DecodeError::Length { expected, found }));
	}
}

#[test]
fn another_shape_does_not_pass() {
	let mut engine = CpuEngine::new();
	let proof = prove(&mut engine, &challenge(), &GO).unwrap();
	let honest = respond(&mut engine, &proof, &[query(1)], &GO).unwrap().remove(0);
	let check = |f: fn(&mut Response)| {
		let mut response = honest.clone();
		f(&mut response);
		verify(&challenge(), &proof.commitment(), in_time(), &query(1), &response)
	};
	let shape = Err(Rejection::Shape);
	assert_eq!(check(|response| response.roots.truncate(23)), shape);
	assert_eq!(check(|response| response.roots.push([0; 32])), shape);
	assert_eq!(check(|response| response.roots.clear()), shape);
	assert_eq!(check(|response| response.rows.truncate(183)), shape);
	assert_eq!(check(|response| response.rows.push(response.rows[0].clone())), shape);
	assert_eq!(check(|response| response.rows.clear()), shape);
	assert_eq!(check(|response| response.rows[7].entries.truncate(63)), shape);
	assert_eq!(check(|response| response.rows[7].entries.push(0)), shape);
	assert_eq!(check(|response| response.rows[7].path.truncate(5)), shape);
	assert_eq!(check(|response| response.rows[7].path.push([0; 32])), shape);
}

proptest! {
	#[test]
	fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
		if let Ok(challenge) = Challenge::from_bytes(&bytes) {
			prop_assert_eq!(&challenge.to_bytes()[..], &bytes[..]);
		}
		prop_assert!(Response::from_bytes(&bytes, &size()).is_err());
	}

	#[test]
	fn any_response_of_the_right_length_is_refused(
		seed in any::<[u8; 32]>(),
		binds in any::<bool>(),
		number in any::<u8>(),
	) {
		let mut bytes = vec![0; Response::bytes(&size())];
		blake3::Hasher::new_keyed(&seed).finalize_xof().fill(&mut bytes);
		let response = Response::from_bytes(&bytes, &size()).unwrap();
		prop_assert_eq!(response.to_bytes(), bytes);
		let commitment = match binds {
			true => Commitment::new(&challenge(), &response.roots),
			false => Commitment(seed),
		};
		let found = verify(&challenge(), &commitment, in_time(), &query(number), &response);
		prop_assert!(found.is_err());
	}
}
