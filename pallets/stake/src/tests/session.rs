use super::*;
use pallet_session::SessionManager;

fn elect(session: SessionIndex) -> Option<Vec<u64>> {
	<Stake as SessionManager<u64>>::new_session(session)
}

#[test]
fn the_highest_bonds_validate() {
	Chain::default().run(|| {
		assert_ok!(Stake::bond(signed(8), Role::Validator, 350));
		events();
		assert_eq!(elect(5), Some(vec![1, 8, 2, 3]));
		assert_eq!(events(), vec![Event::ValidatorSetElected { session: 5, validators: 4 }]);
	});
}

#[test]
fn a_new_set_comes_with_the_session_after_the_next() {
	Chain::default().run(|| {
		assert_ok!(Stake::bond(signed(8), Role::Validator, 350));
		Session::rotate_session();
		assert_eq!(Session::validators(), vec![1, 2, 3, 4]);
		Session::rotate_session();
		assert_eq!(Session::validators(), vec![1, 8, 2, 3]);
		assert!(Historical::historical_root(2).is_some());
	});
}

#[test]
fn validators_without_keys_are_left_out() {
	Chain::default().run(|| {
		assert_ok!(Session::purge_keys(signed(1)));
		assert_eq!(elect(5), Some(vec![2, 3, 4]));
	});
}

#[test]
fn too_few_candidates_leave_the_set_as_it_is() {
	Chain::default().validators(vec![(1, 400), (2, 300)]).run(|| {
		assert!(elect(5).is_some());
		// When a slash leaves one candidate of two
		defer(1, Role::Validator, 400, None);
		poll_at(1 + DEFERRAL);
		assert_eq!(candidates(), vec![2]);
		events();
		// Then nobody is elected,
		assert_eq!(elect(6), None);
		assert_eq!(events(), vec![Event::ValidatorSetKept { session: 6, qualified: 1 }]);
		// And the set goes on.
		for _ in 0..3 {
			Session::rotate_session();
		}
		assert_eq!(Session::validators(), vec![1, 2]);
	});
}

#[test]
fn an_empty_set_is_never_elected() {
	Chain::default().validators(vec![]).run(|| {
		MinValidators::set(0);
		assert_eq!(elect(1), None);
	});
}
