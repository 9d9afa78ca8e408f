//! `create_class` and `set_price`.

use crate::{mock::*, *};
use exabits_math::efficiency::MAX_PERFORMANCE;
use exabits_primitives::{ClassId, Classes as _};
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
			("no performance", Class { performance: 0, ..class() }),
			("too much performance", Class { performance: MAX_PERFORMANCE + 1, ..class() }),
			("no time to acknowledge", Class { acknowledge_slots: 0, ..class() }),
			("no round left", Class { acknowledge_slots: 46, ..class() }),
			("a window with part of a round", Class { window_slots: 61, ..class() }),
			(
				"a window shorter than verdicts take",
				Class { acknowledge_slots: 15, window_slots: 30, ..class() },
			),
			("no window", Class { window_slots: 0, ..class() }),
			("overflow", Class { acknowledge_slots: u32::MAX, ..class() }),
		] {
			println!("{what}");
			assert_noop!(Rfl::create_class(RuntimeOrigin::root(), wrong), Error::<Test>::InvalidClass);
		}
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), Class { acknowledge_slots: 45, ..class() }));
	});
}

#[test]
fn sets_a_price() {
	run(|| {
		assert_ok!(Rfl::set_price(RuntimeOrigin::root(), CLASS, 7));

		assert_eq!(last_event(), Event::PriceSet { class: CLASS, price: 7 });
		assert_eq!(Rfl::class(CLASS).unwrap().price, 7);
	});
}

#[test]
fn refuses_wrong_prices() {
	run(|| {
		assert_noop!(Rfl::set_price(RuntimeOrigin::root(), CLASS, 0), Error::<Test>::InvalidPrice);
		assert_noop!(Rfl::set_price(RuntimeOrigin::root(), ClassId(1), 7), Error::<Test>::UnknownClass);
	});
}

#[test]
fn is_for_curators_only() {
	run(|| {
		assert_noop!(Rfl::create_class(RuntimeOrigin::signed(ALICE), class()), BadOrigin);
		assert_noop!(Rfl::set_price(RuntimeOrigin::signed(ALICE), CLASS, 7), BadOrigin);
	});
}
