use super::*;

#[test]
fn waits_for_the_end_of_the_session() {
	run(|| {
		blocks(1, 10);
		assert_noop!(claim(1, Role::Validator), Error::NothingEarned);
		Current::set(2);
		assert_noop!(claim(1, Role::Anchor), Error::NothingEarned);
		assert_noop!(claim(1, Role::Service), Error::NothingEarned);
		assert_noop!(claim(2, Role::Validator), Error::NothingEarned);
		assert_noop!(Issuance::claim(RuntimeOrigin::none(), 1, Role::Validator), DispatchError::BadOrigin);
		assert_ok!(claim(1, Role::Validator));
		System::assert_last_event(
			Event::Paid { who: 1, role: Role::Validator, amount: SESSION[0], delegators: 0 }.into(),
		);
		assert_noop!(claim(1, Role::Validator), Error::NothingEarned);
		assert_eq!(Earnings::<Test>::iter().count(), 0);
	});
}

#[test]
fn shares_what_is_left_by_commission_with_delegators() {
	run(|| {
		Known::set([(1, (300, 100, Perbill::from_percent(20)))].into());
		blocks(1, 10);
		Current::set(2);
		// A fifth is its own; of the rest a quarter is for those who delegate.
		assert_eq!(Issuance::claimable(1, Role::Validator), (4_800, 1_200));
		assert_ok!(claim(1, Role::Validator));
		assert_eq!([has(1), has(DELEGATORS + 1), created()], [4_800, 1_200, SESSION[0]]);
	});
}

#[test]
fn keeps_the_points_of_the_current_session() {
	run(|| {
		blocks(1, 5);
		Current::set(2);
		blocks(1, 5);
		assert_ok!(claim(1, Role::Validator));
		assert_eq!(has(1), SESSION[0] / 2);
		Current::set(3);
		assert_ok!(claim(1, Role::Validator));
		assert_eq!(has(1), SESSION[0]);
	});
}

#[test]
fn points_expire_with_their_session() {
	for (late, paid) in [(KEEP - 1, true), (KEEP, false), (KEEP + 1, false)] {
		run(|| {
			blocks(1, 10);
			for session in 2..=1 + late {
				Current::set(session);
				blocks(2, 1);
			}
			assert_eq!(claim(1, Role::Validator).is_ok(), paid, "{late} sessions later");
			assert_eq!(created(), if paid { SESSION[0] } else { 0 });
		});
	}
}

#[test]
fn what_was_turned_into_money_does_not_expire() {
	run(|| {
		blocks(1, 10);
		Current::set(2);
		blocks(1, 1);
		for session in 3..20 {
			Current::set(session);
			blocks(2, 1);
		}
		assert_ok!(claim(1, Role::Validator));
		assert_eq!(has(1), SESSION[0]);
	});
}

#[test]
fn settling_pays_what_there_is_and_never_fails() {
	run(|| {
		Issuance::settle(&1, Role::Validator);
		blocks(1, 10);
		Issuance::settle(&1, Role::Validator);
		assert_eq!(created(), 0);
		Current::set(2);
		CannotPay::set(true);
		assert_noop!(claim(1, Role::Validator), DispatchError::Unavailable);
		Issuance::settle(&1, Role::Validator);
		assert_eq!((created(), Issuance::claimable(1, Role::Validator)), (0, (SESSION[0], 0)));
		CannotPay::set(false);
		Issuance::settle(&1, Role::Validator);
		Issuance::settle(&1, Role::Validator);
		assert_eq!(created(), SESSION[0]);
	});
}

#[test]
fn what_could_not_be_paid_keeps_its_commission() {
	run(|| {
		Known::set([(1, (1, 1, Perbill::zero()))].into());
		blocks(1, 10);
		Current::set(2);
		CannotPay::set(true);
		Issuance::settle(&1, Role::Validator);
		Known::set([(1, (1, 1, Perbill::one()))].into());
		CannotPay::set(false);
		assert_ok!(claim(1, Role::Validator));
		assert_eq!([has(1), has(DELEGATORS + 1)], [SESSION[0] / 2; 2]);
	});
}
