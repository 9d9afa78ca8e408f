use super::*;

#[test]
fn earn_by_what_was_paid_for_their_accurate_measurements() {
	run(|| {
		// Of 40,000 that rounds were paid, 30,000 were for accurate places.
		Issuance::measured(20_000, 2, &[1, 2]);
		Issuance::measured(20_000, 2, &[1]);
		assert_eq!(Issuance::points(1, Role::Anchor), 20_000);
		Current::set(2);
		assert_eq!(Issuance::claimable(1, Role::Anchor), (2_000, 0));
		assert_ok!(claim(1, Role::Anchor));
		assert_ok!(claim(2, Role::Anchor));
		// The place of whoever was not accurate is nobody's gain.
		assert_eq!([has(1), has(2), created()], [2_000, 1_000, 3_000]);
	});
}

#[test]
fn earn_at_most_the_governed_share_of_the_fees() {
	run(|| {
		Issuance::measured(1_000, 2, &[1, 2]);
		Current::set(2);
		assert_ok!(claim(1, Role::Anchor));
		assert_ok!(claim(2, Role::Anchor));
		assert_eq!([has(1), has(2), created()], [125, 125, 250]);
	});
}

#[test]
fn earn_nothing_for_rounds_that_nobody_paid_for() {
	run(|| {
		Issuance::measured(0, 3, &[1, 2, 3]);
		Issuance::measured(2, 3, &[1, 2, 3]);
		Issuance::measured(100, 0, &[]);
		assert_eq!(Sessions::<Test>::iter().count() + Earnings::<Test>::iter().count(), 0);
	});
}

/// Machines of one's own do not raise one's part: as many places go to others, and their inaccuracy helps nobody.
#[test]
fn gain_no_larger_part_by_machines_of_their_own() {
	let part = |own: u32, honest_accurate: bool| {
		let mut earned = 0;
		run(|| {
			Known::set([(1, (1, 0, Perbill::zero()))].into());
			// Ten machines of others, and `own` ones of account 1's; it has one place of three in each.
			for _ in 0..10 {
				Issuance::measured(30_000, 3, &[1, 2, 3]);
			}
			for _ in 0..own {
				Issuance::measured(30_000, 3, if honest_accurate { &[1, 2, 3] } else { &[1] });
			}
			Current::set(2);
			assert_ok!(claim(1, Role::Anchor));
			earned = has(1);
		});
		earned
	};
	let alone = part(0, true);
	assert_eq!(alone, SESSION[1] / 3);
	for own in [1, 10, 100] {
		assert_eq!([part(own, true), part(own, false)], [alone; 2]);
	}
}
