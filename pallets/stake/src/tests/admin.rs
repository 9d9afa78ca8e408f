use super::*;
use sp_runtime::DispatchError::BadOrigin;

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

mod set_minimum {
	use super::*;

	#[test]
	fn takes_places_from_those_below() {
		Chain::default().anchors(vec![(11, 60), (12, 80)]).run(|| {
			assert_ok!(Stake::set_minimum(root(), Role::Anchor, 61));
			assert_eq!(anchors(), vec![12]);
			assert_eq!(
				events(),
				vec![
					Event::MinimumSet { role: Role::Anchor, amount: 61 },
					Event::Unlisted { who: 11, role: Role::Anchor },
				]
			);
			assert_ok!(Stake::set_minimum(root(), Role::Validator, 200));
			assert_eq!(candidates(), vec![1, 2, 3]);
			assert_ok!(Stake::set_minimum(root(), Role::Service, 5));
			assert_ok!(Stake::bond(signed(13), Role::Service, 5));
		});
	}

	#[test]
	fn keeps_enough_candidates() {
		Chain::default().run(|| {
			assert_noop!(Stake::set_minimum(root(), Role::Validator, 301), Error::TooFewValidators);
			assert_ok!(Stake::set_minimum(root(), Role::Validator, 300));
			assert_eq!(candidates(), vec![1, 2]);
		});
	}

	#[test]
	fn is_possible_with_few_candidates_when_all_of_them_stay() {
		Chain::default().validators(vec![(1, 400)]).run(|| {
			assert_noop!(Stake::set_minimum(root(), Role::Validator, 401), Error::TooFewValidators);
			assert_ok!(Stake::set_minimum(root(), Role::Validator, 400));
		});
	}

	#[test]
	fn fails_for_zero_and_for_others() {
		Chain::default().run(|| {
			assert_noop!(Stake::set_minimum(root(), Role::Anchor, 0), Error::ZeroAmount);
			assert_noop!(Stake::set_minimum(signed(1), Role::Anchor, 1), BadOrigin);
		});
	}
}

mod cancel_slash {
	use super::*;

	#[test]
	fn frees_the_bond() {
		Chain::default().services(vec![(11, 100)]).run(|| {
			let slash = defer(11, Role::Service, 30, None);
			events();
			assert_ok!(Stake::cancel_slash(root(), slash));
			assert_eq!(bond(11, Role::Service).pending, 0);
			assert_eq!(events(), vec![Event::SlashCancelled { slash }]);
			Now::set(1 + DEFERRAL);
			assert_noop!(Stake::apply_slash(signed(20), slash), Error::UnknownSlash);
		});
	}

	#[test]
	fn fails_for_unknown_slashes_and_for_others() {
		Chain::default().services(vec![(11, 100)]).run(|| {
			let slash = defer(11, Role::Service, 30, None);
			assert_noop!(Stake::cancel_slash(signed(11), slash), BadOrigin);
			assert_noop!(Stake::cancel_slash(root(), SlashId(9)), Error::UnknownSlash);
		});
	}
}

mod reduce_slash {
	use super::*;

	#[test]
	fn makes_it_smaller() {
		Chain::default().services(vec![(11, 100)]).run(|| {
			let slash = defer(11, Role::Service, 30, None);
			events();
			assert_ok!(Stake::reduce_slash(root(), slash, 12));
			assert_eq!(bond(11, Role::Service).pending, 12);
			assert_eq!(events(), vec![Event::SlashReduced { slash, amount: 12 }]);
			poll_at(1 + DEFERRAL);
			assert_eq!(held(11, HoldReason::Service), 88);
		});
	}

	#[test]
	fn never_raises_and_never_clears() {
		Chain::default().services(vec![(11, 100)]).run(|| {
			let slash = defer(11, Role::Service, 30, None);
			assert_noop!(Stake::reduce_slash(root(), slash, 31), Error::NotReduced);
			assert_noop!(Stake::reduce_slash(root(), slash, 30), Error::NotReduced);
			assert_noop!(Stake::reduce_slash(root(), slash, 0), Error::NotReduced);
		});
	}

	#[test]
	fn fails_for_unknown_slashes_and_for_others() {
		Chain::default().services(vec![(11, 100)]).run(|| {
			let slash = defer(11, Role::Service, 30, None);
			assert_noop!(Stake::reduce_slash(signed(11), slash, 1), BadOrigin);
			assert_noop!(Stake::reduce_slash(root(), SlashId(9), 1), Error::UnknownSlash);
		});
	}
}
