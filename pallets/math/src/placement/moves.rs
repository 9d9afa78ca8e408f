//! Moves of leases to better places: what a batch must fulfil, and its verification.
//!
//! The objective is the sum over all machines of the micro-devices that the typical requests cannot use
//! ([`super::unusable`]). A batch is worth something when every move is possible in the order given and the sum
//! over the machines it touches is strictly smaller afterwards; all other machines stay as they are, so the
//! objective is smaller too. Finding such moves takes a search over leases and machines, which nobody does on
//! chain; verifying takes one look at each lease and machine named.

use super::shape::{Demand, Room, Taken};
use alloc::{
	collections::{
		btree_map::{BTreeMap, Entry},
		BTreeSet,
	},
	vec::Vec,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{LeaseId, MachineId};
use scale_info::TypeInfo;

/// The most moves of a batch.
pub const MAX_MOVES: u32 = 100;

/// A lease gets another place.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Move {
	/// Which lease.
	pub lease: LeaseId,
	/// The machine that it goes to; may be the one it is on.
	pub machine: MachineId,
	/// The devices that it takes there.
	pub taken: Taken,
}

/// Where a lease is.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
	/// What it holds.
	pub demand: Demand,
	/// The machine.
	pub machine: MachineId,
	/// The devices.
	pub taken: Taken,
	/// Whether it may be moved: it has not started and was not moved before.
	pub movable: bool,
}

/// What the verification asks of the state.
pub trait View {
	/// What a lease holds, or `None` when there is no such lease.
	fn lease(&self, lease: LeaseId) -> Option<Held>;
	/// What a machine has free, or `None` when it takes part in no placement: unknown, offline, draining.
	fn room(&self, machine: MachineId) -> Option<Room>;
	/// Whether a machine is of a class and reliability that the lease accepts.
	fn accepts(&self, lease: LeaseId, machine: MachineId) -> bool;
	/// Micro-devices of this room of that machine that its class's typical requests cannot use.
	fn unusable(&self, machine: MachineId, room: &Room) -> u32;
}

/// Why a batch is refused.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub enum MoveError {
	/// More than [`MAX_MOVES`].
	TooMany,
	/// A lease is named that does not exist, has started, or was moved before.
	NotMovable,
	/// A lease is named twice.
	Twice,
	/// A machine is unknown or takes no placements, or the lease does not accept it.
	WrongMachine,
	/// There is not enough room for a lease where it should go.
	NoRoom,
	/// The objective would not be smaller.
	NotBetter,
}

/// What a batch comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
	/// The machines that change, with their room afterwards.
	pub rooms: Vec<(MachineId, Room)>,
	/// The objective over these machines before, in micro-devices.
	pub before: u64,
	/// And afterwards: smaller.
	pub after: u64,
}

/// Checks a batch and says what it comes to. Looks at each lease once and at each machine once; at most
/// 2 × [`MAX_MOVES`] machines.
pub fn verify(view: &impl View, moves: &[Move]) -> Result<Outcome, MoveError> {
	if u32::try_from(moves.len()).map_or(true, |count| count > MAX_MOVES) {
		return Err(MoveError::TooMany);
	}
	let mut leases = BTreeSet::new();
	let mut rooms: BTreeMap<MachineId, (Room, Room)> = BTreeMap::new();
	for step in moves {
		let held = view.lease(step.lease).filter(|held| held.movable).ok_or(MoveError::NotMovable)?;
		if !leases.insert(step.lease) {
			return Err(MoveError::Twice);
		}
		if !view.accepts(step.lease, step.machine) {
			return Err(MoveError::WrongMachine);
		}
		for machine in [held.machine, step.machine] {
			if let Entry::Vacant(vacant) = rooms.entry(machine) {
				let room = view.room(machine).ok_or(MoveError::WrongMachine)?;
				vacant.insert((room, room));
			}
		}
		if let Some((_, room)) = rooms.get_mut(&held.machine) {
			*room = room.give_back(&held.demand, held.taken).ok_or(MoveError::NoRoom)?;
		}
		if let Some((_, room)) = rooms.get_mut(&step.machine) {
			*room = room.take(&held.demand, step.taken).ok_or(MoveError::NoRoom)?;
		}
	}
	let (mut before, mut after) = (0u64, 0u64);
	for (machine, (was, is)) in &rooms {
		// At most 200 machines with less than 2²⁵ each.
		before = before.saturating_add(u64::from(view.unusable(*machine, was)));
		after = after.saturating_add(u64::from(view.unusable(*machine, is)));
	}
	if after >= before {
		return Err(MoveError::NotBetter);
	}
	let rooms = rooms.into_iter().map(|(machine, (_, is))| (machine, is)).collect();
	Ok(Outcome { rooms, before, after })
}

#[cfg(test)]
mod tests {
	use super::{
		super::{fragmentation::unusable, shape::DeviceDemand, typical::USUAL, Typical, Weights},
		*,
	};
	use proptest::prelude::*;

	struct State {
		leases: BTreeMap<LeaseId, Held>,
		rooms: BTreeMap<MachineId, Room>,
		typical: Typical,
	}

	impl View for State {
		fn lease(&self, lease: LeaseId) -> Option<Held> {
			self.leases.get(&lease).copied()
		}

		fn room(&self, machine: MachineId) -> Option<Room> {
			self.rooms.get(&machine).copied()
		}

		fn accepts(&self, _: LeaseId, machine: MachineId) -> bool {
			machine != MachineId(7)
		}

		fn unusable(&self, _: MachineId, room: &Room) -> u32 {
			unusable(room, &self.typical, &Weights::default())
		}
	}

	impl State {
		/// Machines with four devices; each lease is `(machine, device, milli)`.
		fn new(machines: u32, leases: &[(u32, u8, u16)]) -> Self {
			let mut state =
				Self { leases: BTreeMap::new(), rooms: BTreeMap::new(), typical: Typical::default() };
			let demand = |devices| Demand { vcpu_milli: 1_000, memory_mib: 0, devices };
			state.typical.note(&demand(DeviceDemand::Whole(1)), USUAL);
			state.typical.note(&demand(DeviceDemand::Share(500)), USUAL);
			for machine in 0..machines {
				state.rooms.insert(MachineId(machine), Room::new(64_000, 0, &[1_000; 4]).unwrap());
			}
			for (lease, (machine, device, milli)) in leases.iter().enumerate() {
				let (demand, machine) = (demand(DeviceDemand::Share(*milli)), MachineId(*machine));
				let taken = Taken::from_pairs(&[(*device, *milli)]).unwrap();
				let Some(after) = state.rooms[&machine].take(&demand, taken) else { continue };
				state.rooms.insert(machine, after);
				state.leases.insert(LeaseId(lease as u64), Held { demand, machine, taken, movable: true });
			}
			state
		}

		/// The objective from scratch, from the leases alone.
		fn objective(&self) -> u64 {
			let mut rooms: BTreeMap<_, _> =
				self.rooms.keys().map(|id| (*id, Room::new(64_000, 0, &[1_000; 4]).unwrap())).collect();
			for held in self.leases.values() {
				let room = rooms.get_mut(&held.machine).unwrap();
				*room = room.take(&held.demand, held.taken).expect("nothing is over-committed");
			}
			assert_eq!(rooms, self.rooms);
			rooms.iter().map(|(id, room)| u64::from(self.unusable(*id, room))).sum()
		}

		fn apply(&mut self, moves: &[Move], outcome: &Outcome) {
			for step in moves {
				let held = self.leases.get_mut(&step.lease).unwrap();
				(held.machine, held.taken, held.movable) = (step.machine, step.taken, false);
			}
			self.rooms.extend(outcome.rooms.iter().copied());
		}
	}

	fn step(lease: u64, machine: u32, device: u8, milli: u16) -> Move {
		Move {
			lease: LeaseId(lease),
			machine: MachineId(machine),
			taken: Taken::from_pairs(&[(device, milli)]).unwrap(),
		}
	}

	#[test]
	fn two_halves_make_a_whole() {
		let mut state = State::new(2, &[(0, 0, 500), (1, 0, 500)]);
		let before = state.objective();
		let moves = [step(1, 0, 0, 500)];
		let outcome = verify(&state, &moves).unwrap();
		state.apply(&moves, &outcome);
		assert_eq!(before - state.objective(), outcome.before - outcome.after);
		assert_eq!(state.rooms[&MachineId(1)].whole(), 4);
	}

	#[test]
	fn a_lease_moves_once() {
		let mut state = State::new(2, &[(0, 0, 500), (1, 0, 500)]);
		let twice = [step(1, 0, 0, 500), step(1, 0, 1, 500)];
		assert_eq!(verify(&state, &twice), Err(MoveError::Twice));
		state.leases.get_mut(&LeaseId(1)).unwrap().movable = false;
		assert_eq!(verify(&state, &[step(1, 0, 0, 500)]), Err(MoveError::NotMovable));
		assert_eq!(verify(&state, &[step(9, 0, 0, 500)]), Err(MoveError::NotMovable));
	}

	#[test]
	fn only_a_better_state_will_do() {
		let state = State::new(2, &[(0, 0, 500), (0, 0, 500)]);
		assert_eq!(verify(&state, &[]), Err(MoveError::NotBetter));
		assert_eq!(verify(&state, &[step(1, 1, 0, 500)]), Err(MoveError::NotBetter));
		assert_eq!(verify(&state, &[step(1, 0, 0, 500)]), Err(MoveError::NotBetter), "where it is");
	}

	#[test]
	fn there_must_be_room_on_a_machine_that_is_accepted() {
		let state = State::new(8, &[(0, 0, 500), (1, 0, 600)]);
		assert_eq!(verify(&state, &[step(0, 1, 0, 500)]), Err(MoveError::NoRoom));
		assert_eq!(verify(&state, &[step(0, 1, 1, 400)]), Err(MoveError::NoRoom), "not what it holds");
		assert_eq!(verify(&state, &[step(0, 7, 0, 500)]), Err(MoveError::WrongMachine));
		assert_eq!(verify(&state, &[step(0, 8, 0, 500)]), Err(MoveError::WrongMachine));
		let many = vec![step(0, 1, 1, 500); MAX_MOVES as usize + 1];
		assert_eq!(verify(&state, &many), Err(MoveError::TooMany));
	}

	#[test]
	fn two_leases_can_change_places() {
		let state = State::new(2, &[(0, 0, 600), (0, 1, 500), (1, 0, 400), (1, 1, 500)]);
		// 600 + 400 and 500 + 500.
		let moves = [step(2, 0, 0, 400), step(1, 1, 1, 500)];
		assert!(verify(&state, &moves).is_ok());
	}

	proptest! {
		#[test]
		fn a_verified_batch_improves_the_objective_by_what_it_says(
			leases in prop::collection::vec((0u32..6, 0u8..4, prop::sample::select(vec![125u16, 250, 500, 300])), 0..60),
			batches in prop::collection::vec(
				prop::collection::vec((0u64..60, 0u32..7, 0u8..4, any::<bool>()), 0..4), 0..60),
		) {
			let mut state = State::new(6, &leases);
			let mut objective = state.objective();
			for batch in batches {
				let moves: Vec<_> = batch
					.into_iter()
					.map(|(lease, machine, device, honest)| {
						let milli = state.leases.get(&LeaseId(lease)).map_or(250, |held| held.taken.milli);
						step(lease, machine, device, if honest { milli } else { 125 })
					})
					.collect();
				if let Ok(outcome) = verify(&state, &moves) {
					state.apply(&moves, &outcome);
					let now = state.objective();
					prop_assert_eq!(objective - now, outcome.before - outcome.after);
					objective = now;
				}
			}
		}
	}
}
