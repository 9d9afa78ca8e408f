//! Tests of the lengths and of genesis.

use crate::{self as pallet_clock, *};
use exabits_primitives::RoundIndex;
use frame_support::{
	derive_impl,
	traits::{ConstU32, Hooks},
};
use sp_runtime::BuildStorage;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type ClockPallet = pallet_clock;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

frame_support::parameter_types! {
	pub static CurrentSlot: Slot = 100;
}

impl Config for Test {
	type CurrentSlot = CurrentSlot;
	type CurrentSession = ConstU32<3>;
	type MaxGap = ConstU32<30>;
}

/// As fast as development, with committees as everywhere else.
const FAST: Timing = Timing { committee_size: 5, quorum: 3, ..Timing::DEVELOPMENT };

fn build(timing: Timing) -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	GenesisConfig::<Test> { timing, ..Default::default() }.assimilate_storage(&mut storage).unwrap();
	storage.into()
}

#[test]
fn tells_the_time_in_the_lengths_of_genesis() {
	build(Timing::DEVELOPMENT).execute_with(|| {
		assert_eq!(ClockPallet::now(), 100);
		assert_eq!(ClockPallet::session(), 3);
		assert_eq!(ClockPallet::round_slots(), 15);
		assert_eq!(ClockPallet::round(), RoundIndex(6));
		assert_eq!(SessionSlots::<Test>::get(), 30);
		assert_eq!(UnbondingSlots::<Test>::get(), 240);
	});
}

/// A block in `slot`.
fn block(slot: Slot) {
	CurrentSlot::set(slot);
	ClockPallet::on_initialize(1);
	ClockPallet::do_try_state().unwrap();
}

#[test]
fn more_than_thirty_slots_without_a_block_are_a_gap() {
	for (next, gap) in [(130, false), (131, false), (132, true)] {
		build(Timing::DEVELOPMENT).execute_with(|| {
			// Nothing was missed before the first block.
			block(100);
			block(next);
			assert_eq!(ClockPallet::in_gap(0, 1_000), gap, "slot {next}");
			assert_eq!(ClockPallet::extended(90, 120), if gap { 151 } else { 120 }, "slot {next}");
			block(next + 1);
			assert_eq!(LastGaps::<Test>::get().kept().len(), usize::from(gap));
		});
	}
}

#[test]
fn a_time_to_act_in_is_extended_by_all_gaps_in_it() {
	build(Timing::DEVELOPMENT).execute_with(|| {
		for slot in [100, 200, 210, 310] {
			block(slot);
		}
		// 99 slots from 101 on, 9 that are no gap, 99 from 211 on.
		assert_eq!(ClockPallet::extended(100, 105), 204);
		assert_eq!(ClockPallet::extended(100, 112), 211);
		assert_eq!(ClockPallet::extended(100, 113), 311);
		assert_eq!(ClockPallet::extended(210, 215), 314);
		assert_eq!(ClockPallet::extended(310, 315), 315);
	});
}

#[test]
fn both_presets_are_valid() {
	assert!(Timing::DEVELOPMENT.is_valid());
	assert!(Timing::STANDARD.is_valid());
}

#[test]
#[should_panic(expected = "clock: lengths must be above zero")]
fn genesis_refuses_a_round_of_no_length() {
	build(Timing { round_slots: 0, ..Timing::DEVELOPMENT });
}

#[test]
fn a_session_outlasts_a_round_and_its_commitments() {
	let with = |session_slots| Timing { session_slots, ..FAST }.is_valid();
	assert_eq!([18, 19, 20].map(with), [false, true, true]);
}

#[test]
fn a_quorum_is_a_majority_of_the_committee_and_no_more_than_all() {
	let with = |quorum| Timing { committee_size: 6, quorum, ..Timing::DEVELOPMENT }.is_valid();
	assert_eq!([3, 4, 6, 7].map(with), [false, true, true, false]);
}

#[test]
fn a_committee_has_five_members_outside_development() {
	let with = |committee_size| Timing { committee_size, quorum: 4, ..Timing::STANDARD }.is_valid();
	assert_eq!([4, 5, 6].map(with), [false, true, true]);
	assert_eq!((Timing::DEVELOPMENT.committee_size, Timing::DEVELOPMENT.quorum), (3, 2));
}

#[test]
#[should_panic(expected = "a committee of five at least outside development")]
fn genesis_refuses_a_small_committee_outside_development() {
	build(Timing { committee_size: 3, quorum: 2, ..Timing::STANDARD });
}

#[test]
fn unbonding_outlasts_the_deferral_of_a_slash_and_an_appeal() {
	let with = |unbonding_slots| Timing { unbonding_slots, ..FAST }.is_valid();
	assert_eq!([134, 135, 136].map(with), [false, false, true]);
}

#[test]
fn an_appeal_outlasts_three_sessions() {
	let with = |appeal_slots| Timing { appeal_slots, ..FAST }.is_valid();
	assert_eq!([89, 90, 91].map(with), [false, false, true]);
}
