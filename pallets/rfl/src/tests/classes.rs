//! `create_class`, `set_price` and `set_parameters`.

use crate::{mock::*, *};
use exabits_math::{
	efficiency::MAX_PERFORMANCE,
	forecast,
	pricing::{Adjustment, Bounds, LEAST_PRICE},
};
use exabits_primitives::{Balance, ClassId, Classes as _, EvidenceTier, WindowIndex};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn adds_a_class() {
	run(|| {
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), class()));

		assert_eq!(last_event(), Event::ClassCreated { class: ClassId(1), name: class().name });
		let info = Rfl::class(ClassId(1)).unwrap();
		assert_eq!((info.window_slots, info.price, info.name), (60, 1_000_000, b"CPU-8".to_vec()));
		assert_eq!(Rfl::class(ClassId(2)), None);
	});
}

#[test]
fn refuses_classes_out_of_range() {
	run(|| {
		for (what, wrong) in [
			("no name", Class { name: Default::default(), ..class() }),
			("no price", Class { price: 0, ..class() }),
			("too low a price", Class { price: LEAST_PRICE - 1, ..class() }),
			("too high a price", Class { price: Balance::MAX / 10 + 1, ..class() }),
			("no performance", Class { performance: 0, ..class() }),
			("too much performance", Class { performance: MAX_PERFORMANCE + 1, ..class() }),
			("challenged without a rate", Class { tier: EvidenceTier::Challenged, int8_rate: 0, ..class() }),
			("no time to acknowledge", Class { acknowledge_slots: 0, ..class() }),
			("no round left", Class { acknowledge_slots: 46, ..class() }),
			("a window with part of a round", Class { window_slots: 61, ..class() }),
			(
				"a window shorter than verdicts take",
				Class { acknowledge_slots: 15, window_slots: 30, ..class() },
			),
			("more vCPU than can be counted", Class { vcpus: u32::MAX / 16_000 + 1, ..class() }),
			("more memory than can be counted", Class { memory_mib: u32::MAX / 16 + 1, ..class() }),
			("no window", Class { window_slots: 0, ..class() }),
			("overflow", Class { acknowledge_slots: u32::MAX, ..class() }),
		] {
			println!("{what}");
			assert_noop!(Rfl::create_class(RuntimeOrigin::root(), wrong), Error::<Test>::InvalidClass);
		}
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), Class { acknowledge_slots: 45, ..class() }));
		let challenged = Class { tier: EvidenceTier::Challenged, int8_rate: 1, ..class() };
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), challenged));
		let largest = Class { vcpus: u32::MAX / 16_000, memory_mib: u32::MAX / 16, ..class() };
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), largest));
		for price in [LEAST_PRICE, Balance::MAX / 10] {
			assert_ok!(Rfl::create_class(RuntimeOrigin::root(), Class { price, ..class() }));
		}
	});
}

#[test]
fn starts_with_parameters_around_the_price() {
	run(|| {
		let parameters = ClassParameters::<Test>::get(CLASS).unwrap();
		assert_eq!(parameters.bounds, Bounds { min: 100_000, max: 10_000_000 });
		assert_eq!(parameters.quotes, Adjustment::default());
		assert_eq!(parameters.forecast, forecast::Parameters::default());
		let history = Histories::<Test>::get(CLASS).unwrap();
		assert_eq!((history.reference.price(), history.reference.window()), (1_000_000, WindowIndex(9)));
		assert_eq!(history.forecast.last(), None);
		assert_eq!(Parameters::around(60).map(|cheap| cheap.bounds.min), Some(LEAST_PRICE));
	});
}

#[test]
fn refuses_more_classes_than_one_slot_can_count() {
	MaxDuePerSlot::set(16);
	run(|| {
		for _ in 1..16 {
			assert_ok!(Rfl::create_class(RuntimeOrigin::root(), class()));
		}
		assert_noop!(Rfl::create_class(RuntimeOrigin::root(), class()), Error::<Test>::TooManyClasses);
	});
	MaxDuePerSlot::set(32);
}

#[test]
fn sets_a_price() {
	run(|| {
		for price in [100_000, 10_000_000, 700_000] {
			assert_ok!(Rfl::set_price(RuntimeOrigin::root(), CLASS, price));

			assert_eq!(last_event(), Event::PriceSet { class: CLASS, price });
			assert_eq!(Rfl::class(CLASS).unwrap().price, price);
		}
	});
}

#[test]
fn refuses_wrong_prices() {
	run(|| {
		for price in [0, 99_999, 10_000_001] {
			assert_noop!(Rfl::set_price(RuntimeOrigin::root(), CLASS, price), Error::<Test>::InvalidPrice);
		}
		assert_noop!(Rfl::set_price(RuntimeOrigin::root(), ClassId(1), 700_000), Error::<Test>::UnknownClass);
	});
}

fn parameters() -> Parameters {
	ClassParameters::<Test>::get(CLASS).unwrap()
}

#[test]
fn sets_parameters() {
	run(|| {
		let quotes = Adjustment { surge: 0, ..Adjustment::default() };
		let forecast = forecast::Parameters { length: 12, ..forecast::Parameters::default() };
		let bounds = Bounds { min: 1_000_000, max: 1_000_000 };
		let parameters = Parameters { bounds, quotes, forecast };
		assert_ok!(Rfl::set_parameters(RuntimeOrigin::root(), CLASS, parameters));

		assert_eq!(last_event(), Event::ParametersSet { class: CLASS, parameters });
		assert_eq!(ClassParameters::<Test>::get(CLASS), Some(parameters));
		assert_eq!(Rfl::class(CLASS).unwrap().price, 1_000_000);
	});
}

#[test]
fn new_bounds_take_the_price_along() {
	run(|| {
		for (min, max, price) in [(50, 999_999, 999_999), (1_500_000, 2_000_000, 1_500_000)] {
			let parameters = Parameters { bounds: Bounds { min, max }, ..parameters() };
			assert_ok!(Rfl::set_parameters(RuntimeOrigin::root(), CLASS, parameters));
			assert_eq!(last_event(), Event::PriceSet { class: CLASS, price });
			assert_eq!(Rfl::class(CLASS).unwrap().price, price);
			check();
		}
	});
}

#[test]
fn refuses_wrong_parameters() {
	run(|| {
		let (right, forecast) = (parameters(), parameters().forecast);
		for (what, wrong) in [
			("bounds that cross", Parameters { bounds: Bounds { min: 51, max: 50 }, ..right }),
			("too low a bound", Parameters { bounds: Bounds { min: LEAST_PRICE - 1, max: 100 }, ..right }),
			(
				"too much surge",
				Parameters { quotes: Adjustment { surge: 4_000_001, ..right.quotes }, ..right },
			),
			("no season", Parameters { forecast: forecast::Parameters { length: 0, ..forecast }, ..right }),
			(
				"too long a season",
				Parameters { forecast: forecast::Parameters { length: 25, ..forecast }, ..right },
			),
		] {
			println!("{what}");
			let done = Rfl::set_parameters(RuntimeOrigin::root(), CLASS, wrong);
			assert_noop!(done, Error::<Test>::InvalidParameters);
		}
		assert_noop!(
			Rfl::set_parameters(RuntimeOrigin::root(), ClassId(1), right),
			Error::<Test>::UnknownClass
		);
	});
}

#[test]
fn is_for_curators_only() {
	run(|| {
		assert_noop!(Rfl::create_class(RuntimeOrigin::signed(ALICE), class()), BadOrigin);
		assert_noop!(Rfl::set_price(RuntimeOrigin::signed(ALICE), CLASS, 700_000), BadOrigin);
		assert_noop!(Rfl::set_parameters(RuntimeOrigin::signed(ALICE), CLASS, parameters()), BadOrigin);
	});
}
