use crate::{mock::*, *};
use exabits_primitives::ModuleId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn refused(module: SlaModule, error: Error<Test>) {
	assert_noop!(Sla::create_module(RuntimeOrigin::root(), module), error);
}

#[test]
fn publishes_under_the_next_id() {
	run(|| {
		let new = module(Metric::LatencyP50, (1, 10), MAX_WINDOW_ROUNDS);
		assert_ok!(Sla::create_module(RuntimeOrigin::root(), new.clone()));
		assert_eq!(Modules::<Test>::get(ModuleId(7)), Some(new));
		assert_eq!(NextModule::<Test>::get(), ModuleId(8));
		assert_eq!(events(), [Event::ModuleCreated { module: ModuleId(7) }]);
	});
}

#[test]
fn only_curators_publish() {
	run(|| {
		assert_noop!(
			Sla::create_module(RuntimeOrigin::signed(OWNER), module(Metric::Bandwidth, (1, 2), 1)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn comparator_is_the_metrics() {
	run(|| {
		let mut wrong = module(Metric::LatencyP50, (1, 2), 1);
		wrong.comparator = Comparator::AtLeast;
		refused(wrong, Error::WrongComparator);
	});
}

#[test]
fn range_is_neither_empty_nor_off_the_scale() {
	run(|| {
		refused(module(Metric::Bandwidth, (2, 1), 1), Error::InvalidRange);
		refused(module(Metric::Bandwidth, (0, 1), 1), Error::InvalidRange);
		refused(module(Metric::Availability, (1, 1_000_001), 1), Error::InvalidRange);
		assert_ok!(Sla::create_module(
			RuntimeOrigin::root(),
			module(Metric::Availability, (1_000_000, 1_000_000), 1)
		));
	});
}

#[test]
fn window_is_one_to_eight_rounds() {
	run(|| {
		refused(module(Metric::Bandwidth, (1, 2), 0), Error::InvalidWindow);
		refused(module(Metric::Bandwidth, (1, 2), MAX_WINDOW_ROUNDS + 1), Error::InvalidWindow);
	});
}

#[test]
fn knots_increase() {
	run(|| {
		for knots in [vec![], vec![5, 5], vec![6, 5]] {
			let mut wrong = module(Metric::Bandwidth, (1, 2), 1);
			wrong.knots = bounded(knots);
			refused(wrong, Error::InvalidKnots);
		}
	});
}

#[test]
fn heights_suit_the_knots() {
	run(|| {
		for heights in
			[vec![], vec![height(1, 1)], vec![height(2, 1), height(1, 1)], vec![height(1, 2), height(1, 1)]]
		{
			let mut wrong = module(Metric::Bandwidth, (1, 2), 1);
			wrong.heights = bounded(heights);
			refused(wrong, Error::InvalidHeights);
		}
	});
}

#[test]
fn ids_run_out() {
	run(|| {
		NextModule::<Test>::put(ModuleId(u32::MAX));
		refused(module(Metric::Bandwidth, (1, 2), 1), Error::OutOfIds);
	});
}
