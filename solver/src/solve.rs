//! The search for moves.
//!
//! Two uses: [`Solver::make_room`] opens whole devices for a request that fits nowhere, by moving the single
//! lease of a device in partial use to where it leaves least unusable; [`Solver::improve`] looks for the moves
//! that improve a snapshot the most. Whatever is found passes the runtime's own verification before it is
//! returned.

use crate::fleet::{Fleet, Request};
use exabits_math::placement::{self, best_way, DeviceDemand, Move, Room, Taken, Weights, MAX_MOVES, WHOLE};
use exabits_primitives::{LeaseId, MachineId};
use std::collections::{HashMap, HashSet};

/// Places remembered for one kind of lease.
const PLACES: usize = 8;
/// Changes after which remembered places are searched anew, since what is typical has moved on.
const FRESH: usize = 256;
/// Searches for a second-best place in one search for improvements.
const SECONDS: usize = 256;
/// Plans offered to the verification before giving up.
const PLANS: usize = 16;

/// A place that a lease could move to.
#[derive(Clone, Copy, Debug)]
struct Spot {
	growth: i64,
	machine: usize,
	taken: Taken,
}

/// The best places for one kind of lease at some time.
struct Spots {
	best: Vec<Spot>,
	/// Whether these are all there are.
	all: bool,
	/// How many of the fleet's changes have been taken into account.
	seen: usize,
	/// Where in the fleet's changes they were searched.
	born: usize,
}

/// Searches moves on a fleet; remembers what it learnt between searches.
#[derive(Default)]
pub struct Solver {
	spots: HashMap<Request, Spots>,
}

/// A way to open devices on one machine.
struct Plan {
	growth: i64,
	moves: Vec<Move>,
}

impl Solver {
	/// Moves, at most `limit`, after which a request for whole devices fits, with the machine that it fits on; or
	/// `None` when there are none or the batch would not improve the objective. Requests for shares are not
	/// worth a move: it would win less than a device.
	pub fn make_room(
		&mut self,
		fleet: &Fleet,
		request: &Request,
		limit: usize,
	) -> Option<(Vec<Move>, MachineId)> {
		let DeviceDemand::Whole(wanted) = request.demand.devices else { return None };
		let mut plans: Vec<(Plan, usize)> = Vec::new();
		for machine in fleet.serving(request) {
			let room = fleet.machines[machine].entry.room;
			let Some(missing) =
				usize::from(wanted).checked_sub(room.whole() as usize).filter(|missing| *missing > 0)
			else {
				continue;
			};
			if missing > limit.min(MAX_MOVES as usize) {
				continue;
			}
			let alone = alone(fleet, machine);
			if alone.len() < missing {
				continue;
			}
			if missing == 1 {
				for lease in alone {
					if let Some(plan) = self.plan(fleet, request, machine, &room, &[lease]) {
						plans.push((plan, machine));
					}
				}
			} else {
				let mut by_growth: Vec<_> = alone
					.into_iter()
					.filter_map(|lease| Some((self.spot(fleet, lease, machine, &[])?.growth, lease)))
					.collect();
				by_growth.sort_by_key(|(growth, lease)| (*growth, *lease));
				let leases: Vec<_> = by_growth.into_iter().take(missing).map(|(_, lease)| lease).collect();
				if leases.len() == missing {
					if let Some(plan) = self.plan(fleet, request, machine, &room, &leases) {
						plans.push((plan, machine));
					}
				}
			}
		}
		plans.sort_by_key(|(plan, machine)| (plan.growth, *machine));
		let (plan, machine) =
			plans.into_iter().take(PLANS).find(|(plan, _)| placement::verify(fleet, &plan.moves).is_ok())?;
		Some((plan.moves, MachineId(u32::try_from(machine).ok()?)))
	}

	/// A batch of at most `limit` moves that improves the objective, the most profitable moves first; empty when
	/// no single move does. Each makes at least `least` micro-devices less unusable, and no two touch the same machine.
	/// What else is asked of a move, `allowed` says, once for each that is about to be taken.
	pub fn improve(
		&mut self,
		fleet: &Fleet,
		limit: usize,
		least: u32,
		mut allowed: impl FnMut(&Move) -> bool,
	) -> Vec<Move> {
		let mut candidates = Vec::new();
		for (position, lease) in fleet.leases.iter().enumerate().filter(|(_, lease)| lease.held.movable) {
			let id = LeaseId(position as u64);
			let from = lease.held.machine.0 as usize;
			let Some(spot) = self.spot(fleet, id, from, &[]) else { continue };
			let gain = Self::gain(fleet, id, from, &spot);
			if gain <= -i64::from(least.max(1)) {
				candidates.push((gain, id, from, spot));
			}
		}
		candidates.sort_by_key(|(gain, id, ..)| (*gain, *id));
		let (mut touched, mut moves) = (Vec::new(), Vec::new());
		// Leases that lost their best place to others look for the next best, a bounded number of times.
		let mut again = SECONDS;
		for (gain, lease, from, best) in candidates {
			if moves.len() >= limit.min(MAX_MOVES as usize) {
				break;
			}
			if touched.contains(&from) {
				continue;
			}
			let spot = if !touched.contains(&best.machine) {
				Some((gain, best))
			} else if again > 0 {
				again -= 1;
				let request = fleet.leases[lease.0 as usize].request;
				fleet
					.serving(&request)
					.filter(|machine| *machine != from && !touched.contains(machine))
					.filter_map(|machine| Spot::on(fleet, &request, machine))
					.min_by_key(Spot::rank)
					.map(|spot| (Self::gain(fleet, lease, from, &spot), spot))
			} else {
				None
			};
			let Some((_, spot)) = spot.filter(|(gain, _)| *gain <= -i64::from(least.max(1))) else {
				continue;
			};
			let step = Move { lease, machine: MachineId(spot.machine as u32), taken: spot.taken };
			if placement::verify(fleet, &[step]).is_ok() && allowed(&step) {
				touched.extend([from, spot.machine]);
				moves.push(step);
			}
		}
		moves
	}

	/// By how much the objective changes when a lease goes to a place: below zero when it gets better.
	fn gain(fleet: &Fleet, lease: LeaseId, from: usize, spot: &Spot) -> i64 {
		let held = fleet.leases[lease.0 as usize].held;
		let room = fleet.machines[from].entry.room;
		let Some(after) = room.give_back(&held.demand, held.taken) else { return i64::MAX };
		i64::from(fleet.unusable_at(from, &after)) - i64::from(fleet.unusable_at(from, &room)) + spot.growth
	}

	fn plan(
		&mut self,
		fleet: &Fleet,
		request: &Request,
		machine: usize,
		room: &Room,
		leases: &[LeaseId],
	) -> Option<Plan> {
		let (mut after, mut growth) = (*room, 0i64);
		let mut moves: Vec<Move> = Vec::with_capacity(leases.len());
		let mut used: Vec<usize> = Vec::with_capacity(leases.len());
		for lease in leases {
			let held = fleet.leases[lease.0 as usize].held;
			after = after.give_back(&held.demand, held.taken)?;
			let spot = self.spot(fleet, *lease, machine, &used)?;
			growth += spot.growth;
			used.push(spot.machine);
			moves.push(Move { lease: *lease, machine: MachineId(spot.machine as u32), taken: spot.taken });
		}
		let (_, left) = after.ways(&request.demand).next()?;
		growth += i64::from(fleet.unusable_at(machine, &left)) - i64::from(fleet.unusable_at(machine, room));
		Some(Plan { growth, moves })
	}

	/// The best place for a lease on a machine that is none of these.
	fn spot(&mut self, fleet: &Fleet, lease: LeaseId, from: usize, used: &[usize]) -> Option<Spot> {
		let request = fleet.leases[lease.0 as usize].request;
		let allowed = |spot: &&Spot| spot.machine != from && !used.contains(&spot.machine);
		let now = fleet.changes.len();
		if let Some(known) = self.spots.get_mut(&request) {
			if now - known.born <= FRESH {
				known.follow(fleet, &request);
				if known.all || known.best.iter().any(|spot| allowed(&spot)) {
					return known.best.iter().find(allowed).copied();
				}
			}
		}
		let spots = Spots::search(fleet, &request);
		let found = spots.best.iter().find(allowed).copied();
		self.spots.insert(request, spots);
		found
	}
}

impl Spots {
	fn search(fleet: &Fleet, request: &Request) -> Self {
		let mut best: Vec<Spot> =
			fleet.serving(request).filter_map(|machine| Spot::on(fleet, request, machine)).collect();
		best.sort_by_key(Spot::rank);
		let all = best.len() <= PLACES;
		best.truncate(PLACES);
		Self { best, all, seen: fleet.changes.len(), born: fleet.changes.len() }
	}

	/// Takes the machines into account that changed since.
	fn follow(&mut self, fleet: &Fleet, request: &Request) {
		let changed: HashSet<usize> = fleet.changes[self.seen..].iter().copied().collect();
		self.seen = fleet.changes.len();
		if changed.is_empty() {
			return;
		}
		let worst = if self.all { None } else { self.best.last().map(Spot::rank) };
		self.best.retain(|spot| !changed.contains(&spot.machine));
		for machine in changed.into_iter().filter(|machine| request.accepts(fleet.machines[*machine].class)) {
			// What lies behind the worst that was remembered competes with others that were not.
			self.best.extend(
				Spot::on(fleet, request, machine)
					.filter(|spot| self.all || worst.is_some_and(|worst| spot.rank() <= worst)),
			);
		}
		self.best.sort_by_key(Spot::rank);
		if self.best.len() > PLACES {
			self.best.truncate(PLACES);
			self.all = false;
		}
	}
}

impl Spot {
	fn on(fleet: &Fleet, request: &Request, machine: usize) -> Option<Self> {
		let of = &fleet.machines[machine];
		// Where a lease goes, it shall leave least unusable; what it shares the device with is no matter.
		let weights = Weights { fragmentation: 1, reliability: 0, load: 0, sharing: 0, ..fleet.weights };
		let typical = &fleet.typical[of.class as usize];
		let (taken, _, growth) =
			best_way(&of.entry.room, &request.demand, of.entry.reliability, typical, &weights)?;
		Some(Self { growth, machine, taken })
	}

	fn rank(&self) -> (i64, usize) {
		(self.growth, self.machine)
	}
}

/// Movable leases that have a device of this machine to themselves, with a share of it.
fn alone(fleet: &Fleet, machine: usize) -> Vec<LeaseId> {
	let of = &fleet.machines[machine];
	of.leases
		.iter()
		.copied()
		.filter(|lease| {
			let held = fleet.leases[lease.0 as usize].held;
			held.movable
				&& fleet.device_of(*lease).is_some_and(|device| {
					of.entry.room.free().get(device).is_some_and(|free| free + held.taken.milli == WHOLE)
				})
		})
		.collect()
}
