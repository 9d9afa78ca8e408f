use super::*;

#[test]
fn governance_sets_terms_within_bounds() {
	run(|| {
		let set = |terms| Issuance::set_terms(RuntimeOrigin::root(), terms);
		let over = |percent| Perbill::from_parts(Perbill::from_percent(percent).deconstruct() + 1);
		assert_noop!(Issuance::set_terms(RuntimeOrigin::signed(1), TERMS), DispatchError::BadOrigin);
		assert_noop!(set(Terms { yearly: over(10), ..TERMS }), Error::OutOfBounds);
		assert_noop!(set(Terms { matching: over(25), ..TERMS }), Error::OutOfBounds);
		let terms = Terms { anchors: Perbill::one(), max_commission: Perbill::zero(), ..TERMS };
		assert_ok!(set(terms));
		System::assert_last_event(Event::TermsSet { terms }.into());
		assert_eq!((Issuance::terms(), MaxCommission::<Test>::get()), (terms, Perbill::zero()));
	});
}

#[test]
fn terms_hold_from_the_next_session_on() {
	run(|| {
		blocks(1, 1);
		assert_ok!(Issuance::set_terms(RuntimeOrigin::root(), Terms::default()));
		blocks(1, 9);
		Current::set(2);
		blocks(1, 10);
		Current::set(3);
		assert_ok!(claim(1, Role::Validator));
		assert_eq!(created(), SESSION[0]);
	});
}

#[test]
fn a_session_opens_with_its_budgets() {
	run(|| {
		assert_eq!(Issuance::budgets(1), None);
		blocks(1, 1);
		System::assert_has_event(
			Event::SessionOpened { session: 1, validators: SESSION[0], anchors: SESSION[1] }.into(),
		);
		System::reset_events();
		blocks(1, 1);
		assert!(System::events().is_empty());
		assert_eq!(Issuance::budgets(1).map(|session| session.validators.amount), Some(SESSION[0]));
	});
}
