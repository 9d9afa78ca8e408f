//! When machines are challenged, and what they are asked: derived from what the chain knows anyway.

use crate::{configs::SLOT_MILLIS, Anchoring, Clock, Rfl, Runtime, Telemetry};
use exabits_math::challenge::{self, Terms};
use exabits_primitives::{apis::ChallengeDuty, Clock as _, MachineId, MachineState};
use frame_support::traits::Get;

/// The challenge that a machine has in the current round.
///
/// Each class has one round of a session, and in it one slot, for all machines; machines under test have the same slot
/// of each round, and machines whose telemetry is suspect that of one more. `None` in other rounds, for classes without challenges, and while the machine's round is not open.
pub fn of(machine: MachineId) -> Option<ChallengeDuty> {
	let record = pallet_rfl::Machines::<Runtime>::get(machine)?;
	let class = pallet_rfl::Classes::<Runtime>::get(record.class)?;
	let (round, round_slots) = (Clock::round(), Clock::round_slots());
	let (seed, anchors) = Anchoring::challengers(machine)?;
	let every = match record.state {
		MachineState::UnderTest => 1,
		_ if Telemetry::is_tested_in(machine, round) => 1,
		_ => rounds_per_session(round_slots),
	};
	let slot = challenge::slot(&seed, record.class, round, round_slots, every)?;
	let Terms { size, reference_millis, limit_millis } =
		Terms::new(class.device_memory_mib, class.int8_rate, round_slots, SLOT_MILLIS)?;
	Some(ChallengeDuty {
		machine,
		round,
		slot,
		seed,
		devices: Rfl::idle_devices(machine),
		anchors,
		n: size.n,
		links: size.links,
		memory: size.memory,
		reference_millis,
		limit_millis,
	})
}

fn rounds_per_session(round_slots: u32) -> u32 {
	let session = pallet_clock::SessionSlots::<Runtime>::get();
	let rounds = session.checked_div(round_slots.into()).unwrap_or(1);
	u32::try_from(rounds).unwrap_or(u32::MAX)
}
