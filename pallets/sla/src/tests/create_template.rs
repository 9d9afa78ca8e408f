use crate::{mock::*, *};
use exabits_primitives::{Agreements as _, ModuleId, ResourceKind, TemplateId};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, Perbill};

fn refused(change: impl FnOnce(&mut Template), error: Error<Test>) {
	let mut wrong = template();
	change(&mut wrong);
	assert_noop!(Sla::create_template(RuntimeOrigin::root(), wrong), error);
}

#[test]
fn publishes_under_the_next_id_with_heights_filled_in() {
	run(|| {
		let mut new = template();
		new.kinds = bounded(vec![ResourceKind::Gpu, ResourceKind::Npu]);
		new.terms[1].heights = bounded(vec![height(1, 2), height(3, 4)]);
		assert_ok!(Sla::create_template(RuntimeOrigin::root(), new.clone()));
		assert_eq!(events(), [Event::TemplateCreated { template: TemplateId(1) }]);
		assert_eq!(NextTemplate::<Test>::get(), TemplateId(2));

		let stored = Templates::<Test>::get(TemplateId(1)).unwrap();
		assert_eq!(stored.terms[0].heights, Modules::<Test>::get(AVAILABILITY).unwrap().heights);
		assert_eq!(stored.terms[1].heights, new.terms[1].heights);

		assert!(Sla::template_allows(TemplateId(1), ResourceKind::Npu));
		assert!(!Sla::template_allows(TemplateId(1), ResourceKind::Cpu));
		assert!(!Sla::template_allows(TemplateId(2), ResourceKind::Cpu));
		assert_eq!(Sla::price_factor(TemplateId(1)), Some(Perbill::from_percent(90)));
		assert_eq!(Sla::price_factor(TemplateId(2)), None);
	});
}

#[test]
fn only_curators_publish() {
	run(|| {
		assert_noop!(
			Sla::create_template(RuntimeOrigin::signed(OWNER), template()),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn needs_kinds_a_price_and_terms() {
	run(|| {
		refused(|t| t.kinds = Default::default(), Error::NoKinds);
		refused(|t| t.price_factor = Perbill::zero(), Error::InvalidPriceFactor);
		refused(|t| t.terms = Default::default(), Error::NoTerms);
	});
}

#[test]
fn terms_are_ones_that_modules_allow() {
	run(|| {
		refused(|t| t.terms[0].module = ModuleId(7), Error::UnknownModule);
		refused(|t| t.terms[1].module = AVAILABILITY, Error::DuplicateTerm);
		refused(|t| t.terms[0].threshold = 499_999, Error::ThresholdOutOfRange);
		refused(|t| t.terms[0].threshold = 1_000_001, Error::ThresholdOutOfRange);
		refused(|t| t.terms[0].heights = bounded(vec![height(1, 1)]), Error::InvalidHeights);
		refused(|t| t.terms[0].heights = bounded(vec![height(2, 2), height(1, 1)]), Error::InvalidHeights);
	});
}

#[test]
fn ids_run_out() {
	run(|| {
		NextTemplate::<Test>::put(TemplateId(u32::MAX));
		refused(|_| (), Error::OutOfIds);
	});
}
