//! Better places for the leases of one UTC, found from a snapshot of the chain.

use exabits_math::placement::{Held, Move, MAX_MOVES};
use exabits_primitives::{LeaseId, MachineId, MilliDevices};
use exabits_solver::{solve::Solver, Fleet, Request};
use pallet_rfl::moves::Snapshot;
use std::collections::{BTreeMap, BTreeSet};

/// Floors of reliability that are told apart; leases with a higher one stay where they are.
const FLOORS: usize = 62;

/// Moves that the chain should accept as one batch: at most `limit`, each worth what is governed, to machines that are
/// reliable enough and whose owners can deliver. Empty when there are none.
pub fn search<AccountId: Ord + Clone>(snapshot: &Snapshot<AccountId>, limit: usize) -> Vec<Move> {
	// A machine's rank is the number of floors that it reaches, a lease accepts the ranks from its own floor's on.
	let floors: Vec<u16> = snapshot
		.leases
		.iter()
		.map(|lease| lease.floor)
		.collect::<BTreeSet<_>>()
		.into_iter()
		.take(FLOORS)
		.collect();
	let rank = |reliability: u16| floors.iter().take_while(|floor| **floor <= reliability).count();
	let machines = snapshot.machines.iter().map(|machine| (rank(machine.reliability) as u32, machine.room));
	let Some(mut fleet) = Fleet::new(machines, snapshot.weights) else { return Vec::new() };
	fleet.typical.iter_mut().for_each(|typical| *typical = snapshot.typical.clone());

	let position: BTreeMap<MachineId, u32> =
		snapshot.machines.iter().zip(0u32..).map(|(machine, at)| (machine.machine, at)).collect();
	let mut leases: Vec<(LeaseId, Held)> = Vec::new();
	for lease in &snapshot.leases {
		let Some(at) = position.get(&lease.held.machine) else { continue };
		let known = floors.binary_search(&lease.floor);
		let held =
			Held { machine: MachineId(*at), movable: lease.held.movable && known.is_ok(), ..lease.held };
		let accepts = known.map_or(0, |floor| u64::MAX << (floor + 1));
		let request = Request { demand: held.demand, classes: accepts };
		if fleet.hold(request, held).is_some() {
			leases.push((lease.lease, lease.held));
		}
	}

	let mut deliverable: BTreeMap<&AccountId, MilliDevices> =
		snapshot.machines.iter().map(|machine| (&machine.owner, machine.deliverable)).collect();
	let amount = |held: &Held| MilliDevices(u32::from(held.taken.milli) * held.taken.devices.count_ones());
	let owner = |machine: MachineId| snapshot.machines.get(machine.0 as usize).map(|machine| &machine.owner);
	let may_deliver = |step: &Move| {
		let Some((from, to)) = fleet
			.leases
			.get(step.lease.0 as usize)
			.and_then(|lease| Some((owner(lease.held.machine)?, owner(step.machine)?)))
		else {
			return false;
		};
		let Some((_, held)) = leases.get(step.lease.0 as usize) else { return false };
		if from == to {
			return true;
		}
		let amount = amount(held);
		let Some(left) = deliverable.get(to).and_then(|left| left.checked_sub(amount)) else { return false };
		deliverable.insert(to, left);
		if let Some(more) = deliverable.get(from).and_then(|has| has.checked_add(amount)) {
			deliverable.insert(from, more);
		}
		true
	};
	let limit = limit.min(MAX_MOVES as usize);
	let moves = Solver::default().improve(&fleet, limit, snapshot.gain, may_deliver);
	moves
		.into_iter()
		.filter_map(|step| {
			Some(Move {
				lease: leases.get(step.lease.0 as usize)?.0,
				machine: snapshot.machines.get(step.machine.0 as usize)?.machine,
				taken: step.taken,
			})
		})
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use exabits_math::placement::{Demand, DeviceDemand, Room, Taken, Typical, Weights};
	use pallet_rfl::moves::{SnapshotLease, SnapshotMachine};

	/// Machines of one device, half of each leased, whole devices being what is mostly asked for.
	fn halves(count: u32) -> Snapshot<u32> {
		let half = Demand { vcpu_milli: 500, memory_mib: 0, devices: DeviceDemand::Share(500) };
		let whole = Demand { vcpu_milli: 1_000, memory_mib: 0, devices: DeviceDemand::Whole(1) };
		let mut typical = Typical::default();
		(0..8).for_each(|_| typical.note(&whole, 1_000));
		typical.note(&half, 1_000);
		let taken = Taken::from_pairs(&[(0, 500)]).unwrap();
		let free = Room::new(1_000, 0, &[1_000]).unwrap();
		let machines = (0..count).map(|n| SnapshotMachine {
			machine: MachineId(10 + n),
			owner: n,
			deliverable: MilliDevices(500),
			room: free.take(&half, taken).unwrap(),
			reliability: 1_000,
		});
		let leases = (0..count).map(|n| SnapshotLease {
			lease: LeaseId(100 + u64::from(n)),
			held: Held { demand: half, machine: MachineId(10 + n), taken, movable: true },
			floor: 0,
		});
		Snapshot {
			machines: machines.collect(),
			leases: leases.collect(),
			typical,
			weights: Weights::default(),
			gain: 10_000,
		}
	}

	#[test]
	fn brings_halves_together() {
		let moves = search(&halves(4), 100);
		assert_eq!(moves.len(), 2);
		for step in moves {
			assert!(step.lease >= LeaseId(100) && step.machine >= MachineId(10));
			assert_ne!(step.lease.0 - 100, u64::from(step.machine.0 - 10));
		}
		assert_eq!(search(&halves(4), 1).len(), 1);
	}

	#[test]
	fn only_moves_what_the_chain_lets_move() {
		let mut snapshot = halves(2);
		snapshot.gain = u32::MAX;
		assert!(search(&snapshot, 100).is_empty(), "too little to win");

		let mut snapshot = halves(2);
		snapshot.leases.iter_mut().for_each(|lease| lease.held.movable = false);
		assert!(search(&snapshot, 100).is_empty(), "all have started");

		let mut snapshot = halves(2);
		snapshot.machines.iter_mut().for_each(|machine| machine.deliverable = MilliDevices(499));
		assert!(search(&snapshot, 100).is_empty(), "nobody may deliver more");
		snapshot.machines.iter_mut().for_each(|machine| machine.owner = 0);
		assert_eq!(search(&snapshot, 100).len(), 1, "between machines of one owner");

		let mut snapshot = halves(2);
		snapshot.leases.iter_mut().for_each(|lease| lease.floor = 900);
		snapshot.machines[1].reliability = 899;
		let moves = search(&snapshot, 100);
		assert_eq!(moves.iter().map(|step| step.machine).collect::<Vec<_>>(), [MachineId(10)]);
	}

	#[test]
	fn nothing_to_search_is_no_move() {
		assert!(search(&halves(0), 100).is_empty());
		assert!(search(&halves(1), 100).is_empty());
	}
}
