//! A snapshot of machines and leases on which placements and moves are searched.

use exabits_math::placement::{
	self, choice, search, unusable, Choice, Demand, DeviceDemand, Entry, Found, Held, Memory, Move,
	MoveError, Outcome, Pool, Room, Typical, View, Weights,
};
use exabits_primitives::{LeaseId, MachineId};
use std::thread;

/// Machines that are worth a thread of the search.
const MACHINES_PER_THREAD: usize = 2_000;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Request {
	/// Of one machine.
	pub demand: Demand,
	/// One bit per acceptable class.
	pub classes: u64,
}

impl Request {
	/// Whether a class will do.
	pub fn accepts(&self, class: u32) -> bool {
		self.classes.checked_shr(class).unwrap_or(0) & 1 == 1
	}
}

/// A machine: its class, what is free, and the leases on it.
#[derive(Clone, Debug)]
pub struct Machine {
	/// Its class.
	pub class: u32,
	/// What is free.
	pub entry: Entry,
	/// Its leases.
	pub leases: Vec<LeaseId>,
}

/// A lease and where it is.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
	/// What was asked for.
	pub request: Request,
	/// Where it is, and whether it may move.
	pub held: Held,
}

/// Machines, leases, what each class is usually asked for, and the index of the runtime.
pub struct Fleet {
	/// The machines; a machine's identifier is its position.
	pub machines: Vec<Machine>,
	/// The leases; a lease's identifier is its position.
	pub leases: Vec<Lease>,
	/// What each class is usually asked for.
	pub typical: Vec<Typical>,
	/// How placements are compared.
	pub weights: Weights,
	/// The index that a call reads and writes.
	pub index: Memory<u32>,
	/// Positions of the machines of each class.
	classes: Vec<Vec<usize>>,
	/// Machines in the order of their changes.
	pub(crate) changes: Vec<usize>,
}

impl Fleet {
	/// Empty machines with what they have free, by class. `None` with more machines than identifiers, or with
	/// machines that the index refuses.
	pub fn new(machines: impl IntoIterator<Item = (u32, Room)>, weights: Weights) -> Option<Self> {
		let mut fleet = Self {
			machines: Vec::new(),
			leases: Vec::new(),
			typical: Vec::new(),
			weights,
			index: Memory::default(),
			classes: Vec::new(),
			changes: Vec::new(),
		};
		for (position, (class, room)) in machines.into_iter().enumerate() {
			let entry = Entry {
				machine: MachineId(u32::try_from(position).ok()?),
				room,
				reliability: placement::fragmentation::RELIABLE,
			};
			choice::insert(&mut fleet.index, class, entry).ok()?;
			let of = usize::try_from(class).ok()?;
			if fleet.classes.len() <= of {
				fleet.classes.resize_with(of + 1, Vec::new);
				fleet.typical.resize_with(of + 1, Typical::default);
			}
			fleet.classes[of].push(position);
			fleet.machines.push(Machine { class, entry, leases: Vec::new() });
		}
		Some(fleet)
	}

	/// Enters a lease that is on a machine, whose room has been given without it. `None` for an unknown machine.
	pub fn hold(&mut self, request: Request, held: Held) -> Option<LeaseId> {
		let lease = LeaseId(self.leases.len() as u64);
		self.machines.get_mut(held.machine.0 as usize)?.leases.push(lease);
		self.leases.push(Lease { request, held });
		Some(lease)
	}

	/// Classes that will do, in order.
	pub fn accepted<'a>(&'a self, request: &'a Request) -> impl Iterator<Item = u32> + 'a {
		(0u32..)
			.zip(&self.classes)
			.filter(|(class, of)| request.accepts(*class) && !of.is_empty())
			.map(|x| x.0)
	}

	/// Machines whose class will do.
	pub fn serving<'a>(&'a self, request: &'a Request) -> impl Iterator<Item = usize> + 'a {
		self.accepted(request).flat_map(|class| self.classes[class as usize].iter().copied())
	}

	/// The pools that would serve a request.
	pub fn pools(&self, request: &Request) -> Vec<Pool<'_, u32>> {
		self.accepted(request)
			.map(|class| Pool { pool: class, typical: &self.typical[class as usize], weights: self.weights })
			.collect()
	}

	/// Learns from a request, in every class that will do.
	pub fn note(&mut self, request: &Request) {
		let classes: Vec<_> = self.accepted(request).collect();
		for class in classes {
			self.typical[class as usize].note(&request.demand, placement::typical::USUAL);
		}
	}

	/// The bounded choice, as a call makes it.
	pub fn choose(&self, request: &Request) -> Choice<u32> {
		placement::choose(&self.index, &self.pools(request), &request.demand, 0)
	}

	/// The search over all machines, as a hint is made; on all cores when there are many.
	pub fn search(&self, request: &Request) -> Option<Found<u32>> {
		let pools = self.pools(request);
		let (classes, all) = (&self.classes, &self.machines);
		let machines = || {
			pools.iter().flat_map(|pool| {
				classes[pool.pool as usize].iter().map(move |machine| (pool, &all[*machine].entry))
			})
		};
		let count: usize = pools.iter().map(|pool| self.classes[pool.pool as usize].len()).sum();
		let threads = thread::available_parallelism().map_or(1, usize::from).min(count / MACHINES_PER_THREAD);
		if threads < 2 {
			return search(machines(), &request.demand, 0);
		}
		let part = count.div_ceil(threads);
		let search = &|of: usize| search(machines().skip(of * part).take(part), &request.demand, 0);
		let found = thread::scope(|scope| {
			let others: Vec<_> = (1..threads).map(|of| scope.spawn(move || search(of))).collect();
			let first = search(0);
			// A search does not panic; if it did, so should this.
			let others = others.into_iter().map(|other| other.join().expect("the search ends"));
			std::iter::once(first).chain(others).flatten().collect::<Vec<_>>()
		});
		found.into_iter().min_by_key(Found::rank)
	}

	/// Whether some machine can serve a request.
	pub fn fits(&self, request: &Request) -> bool {
		self.serving(request).any(|machine| self.machines[machine].entry.room.fits(&request.demand))
	}

	/// Places a lease. `None`, with nothing changed, when it does not fit there.
	pub fn place(
		&mut self,
		request: Request,
		machine: MachineId,
		taken: placement::Taken,
	) -> Option<LeaseId> {
		let of = self.machines.get(machine.0 as usize).filter(|of| request.accepts(of.class))?;
		let after = of.entry.room.take(&request.demand, taken)?;
		let lease = LeaseId(self.leases.len() as u64);
		self.set_room(machine, after)?;
		self.machines[machine.0 as usize].leases.push(lease);
		let held = Held { demand: request.demand, machine, taken, movable: true };
		self.leases.push(Lease { request, held });
		Some(lease)
	}

	/// Verifies a batch of moves as the runtime does and applies it.
	pub fn apply(&mut self, moves: &[Move]) -> Result<Outcome, MoveError> {
		let outcome = placement::verify(self, moves)?;
		for step in moves {
			let lease = &mut self.leases[step.lease.0 as usize];
			let from = lease.held.machine;
			lease.held = Held { machine: step.machine, taken: step.taken, movable: false, ..lease.held };
			self.machines[from.0 as usize].leases.retain(|lease| *lease != step.lease);
			self.machines[step.machine.0 as usize].leases.push(step.lease);
		}
		for (machine, room) in &outcome.rooms {
			self.set_room(*machine, *room).ok_or(MoveError::WrongMachine)?;
		}
		Ok(outcome)
	}

	fn set_room(&mut self, machine: MachineId, room: Room) -> Option<()> {
		let of = self.machines.get_mut(machine.0 as usize)?;
		let entry = Entry { room, ..of.entry };
		choice::update(&mut self.index, of.class, entry).ok()?;
		of.entry = entry;
		self.changes.push(machine.0 as usize);
		Some(())
	}

	/// Micro-devices of this room of that machine that its class's typical requests cannot use.
	pub fn unusable_at(&self, machine: usize, room: &Room) -> u32 {
		self.machines
			.get(machine)
			.map_or(0, |of| unusable(room, &self.typical[of.class as usize], &self.weights))
	}

	/// The one device that a lease takes a share of.
	pub fn device_of(&self, lease: LeaseId) -> Option<usize> {
		let held = self.leases.get(lease.0 as usize)?.held;
		matches!(held.demand.devices, DeviceDemand::Share(_))
			.then(|| held.taken.devices.trailing_zeros() as usize)
	}
}

impl View for Fleet {
	fn lease(&self, lease: LeaseId) -> Option<Held> {
		self.leases.get(usize::try_from(lease.0).ok()?).map(|lease| lease.held)
	}

	fn room(&self, machine: MachineId) -> Option<Room> {
		self.machines.get(machine.0 as usize).map(|of| of.entry.room)
	}

	fn accepts(&self, lease: LeaseId, machine: MachineId) -> bool {
		match (
			usize::try_from(lease.0).ok().and_then(|at| self.leases.get(at)),
			self.machines.get(machine.0 as usize),
		) {
			(Some(lease), Some(machine)) => lease.request.accepts(machine.class),
			_ => false,
		}
	}

	fn unusable(&self, machine: MachineId, room: &Room) -> u32 {
		self.unusable_at(machine.0 as usize, room)
	}
}
