//! What only curators may set.

use crate::{mock::*, Error, Event, Parameters, Power, Powers, Settings};
use exabits_primitives::ClassId;
use frame_support::{assert_noop, assert_ok};
use frame_system::RawOrigin;
use sp_runtime::{DispatchError, Perbill};

#[test]
fn parameters_are_set_by_curators_and_leave_time() {
	run(|| {
		let set = |origin: RawOrigin<u64>, parameters| Telemetry::set_parameters(origin.into(), parameters);
		let parameters = Parameters { share: Perbill::from_percent(50), ..Default::default() };
		assert_noop!(set(RawOrigin::Signed(1), parameters), DispatchError::BadOrigin);
		for wrong in
			[Parameters { open_rounds: 0, ..parameters }, Parameters { test_rounds: 0, ..parameters }]
		{
			assert_noop!(set(RawOrigin::Root, wrong), Error::<Test>::InvalidParameters);
		}
		assert_ok!(set(RawOrigin::Root, parameters));
		assert_eq!(Settings::<Test>::get(), parameters);
		System::assert_last_event(Event::ParametersSet { parameters }.into());
	});
}

#[test]
fn power_is_set_by_curators_for_classes_that_exist() {
	run(|| {
		let set = |origin: RawOrigin<u64>, class, power| Telemetry::set_power(origin.into(), class, power);
		let power = Some(Power { idle: 1, full: 2 });
		assert_noop!(set(RawOrigin::Signed(1), CLASS, power), DispatchError::BadOrigin);
		assert_noop!(set(RawOrigin::Root, ClassId(9), power), Error::<Test>::UnknownClass);
		let wrong = Some(Power { idle: 2, full: 2 });
		assert_noop!(set(RawOrigin::Root, CLASS, wrong), Error::<Test>::InvalidPower);
		assert_ok!(set(RawOrigin::Root, CLASS, power));
		assert_eq!(Powers::<Test>::get(CLASS), power);
		System::assert_last_event(Event::PowerSet { class: CLASS, power }.into());
		assert_ok!(set(RawOrigin::Root, CLASS, None));
		assert_eq!(Powers::<Test>::get(CLASS), None);
	});
}
