//! `set_weights`.

use crate::{mock::*, *};
use exabits_math::placement::Weights;
use exabits_primitives::ClassId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

const WEIGHTS: Weights = Weights { first: 1_000, fragmentation: 3, reliability: 2, load: -7, sharing: 1 };

#[test]
fn sets_the_weights_of_one_class() {
	run(|| {
		assert_ok!(Rfl::create_class(RuntimeOrigin::root(), class()));

		assert_ok!(Rfl::set_weights(RuntimeOrigin::root(), CLASS, WEIGHTS));

		assert_eq!(last_event(), Event::WeightsSet { class: CLASS, weights: WEIGHTS });
		assert_eq!(PlacementWeights::<Test>::get(CLASS), WEIGHTS);
		assert_eq!(PlacementWeights::<Test>::get(ClassId(1)), Weights::default());
	});
}

#[test]
fn refuses_weights_out_of_range() {
	run(|| {
		let wrong = Weights { first: 1_001, ..WEIGHTS };
		assert_noop!(Rfl::set_weights(RuntimeOrigin::root(), CLASS, wrong), Error::<Test>::InvalidWeights);
		assert_noop!(
			Rfl::set_weights(RuntimeOrigin::root(), ClassId(1), WEIGHTS),
			Error::<Test>::UnknownClass
		);
	});
}

#[test]
fn is_for_curators_only() {
	run(|| {
		assert_noop!(Rfl::set_weights(RuntimeOrigin::signed(ALICE), CLASS, WEIGHTS), BadOrigin);
	});
}
