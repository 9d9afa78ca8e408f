use crate::mock::*;
use exabits_primitives::{Jury, SlashId};

fn draw(slash: u32, size: u32, slashed: u64, recused: &[u64]) -> Vec<u64> {
	<Anchoring as Jury<u64>>::draw(SlashId(slash), size, &slashed, recused)
}

#[test]
fn a_jury_has_neither_the_slashed_nor_those_recused() {
	run(|| {
		for who in 6..=10 {
			add_anchor(who, 3);
		}
		to(SESSION);
		to(2 * SESSION);
		for slash in 0..50 {
			let jury = draw(slash, 7, 1, &[2, 3]);
			assert_eq!(jury.len(), 7);
			assert!(jury.iter().all(|who| !(1..=3).contains(who)));
			assert_eq!(jury, draw(slash, 7, 1, &[2, 3]));
		}
		assert_ne!(draw(1, 4, 1, &[]), draw(2, 4, 1, &[]));
	});
}

#[test]
fn a_jury_is_larger_than_a_committee() {
	run(|| {
		to(SESSION);
		// Of five anchors, and with committees of three,
		assert_eq!(draw(0, 9, 1, &[]).len(), 4);
		assert!(draw(0, 9, 1, &[2]).is_empty());
		assert!(draw(0, 3, 1, &[]).is_empty());
	});
}

#[test]
fn a_jury_changes_with_the_session_and_needs_its_seed() {
	run(|| {
		to(1);
		assert!(draw(0, 5, 9, &[]).is_empty());
		let juries: Vec<_> = (1..6)
			.map(|session| {
				to(session * SESSION);
				draw(0, 5, 9, &[])
			})
			.collect();
		assert!(juries.iter().all(|jury| jury.len() == 5));
		assert!(juries.iter().any(|jury| *jury != juries[0]));
		Randomness::set(None);
		to(6 * SESSION);
		assert!(draw(0, 5, 9, &[]).is_empty());
	});
}
