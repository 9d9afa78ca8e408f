use super::*;

#[test]
fn earn_by_the_blocks_that_they_produced() {
	run(|| {
		blocks(1, 7);
		blocks(2, 3);
		assert_eq!(Issuance::points(1, Role::Validator), 7);
		Current::set(2);
		assert_eq!(Issuance::points(1, Role::Validator), 0);
		assert_ok!(claim(1, Role::Validator));
		assert_ok!(claim(2, Role::Validator));
		assert_eq!([has(1), has(2)], [4_200, 1_800]);
		assert_eq!(created(), SESSION[0]);
	});
}

#[test]
fn gain_nothing_by_blocks_that_others_miss() {
	run(|| {
		blocks(1, 7);
		Current::set(2);
		assert_ok!(claim(1, Role::Validator));
		assert_eq!([has(1), created()], [4_200, 4_200]);
	});
}

#[test]
fn what_a_session_brings_follows_the_money_there_is() {
	run(|| {
		for session in 1..=3 {
			Current::set(session);
			blocks(1, 10);
		}
		Current::set(4);
		assert_ok!(claim(1, Role::Validator));
		// Nothing was created before the claim: three sessions brought the same.
		assert_eq!(created(), 3 * SESSION[0]);
		blocks(1, 10);
		Current::set(5);
		let before = created();
		assert_ok!(claim(1, Role::Validator));
		// A thousandth of 10,018,000, less 40 % of that rounded down.
		assert_eq!(created() - before, 6_011);
	});
}
