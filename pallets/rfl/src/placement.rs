//! How a lease gets onto a machine.

use crate::{index::Stored, *};
use alloc::{collections::BTreeMap, vec::Vec};
use exabits_math::placement::{
	best_way,
	choice::{choose, Choice, Pool},
	search, typical, Demand, DeviceDemand, Entry, Taken, Typical,
};
use exabits_primitives::{
	Agreements, Clock, LeaseEvents, LeaseId, LeaseRequest, LeaseState, MachineId, MachineState, MilliDevices,
	Slot, UtcKey,
};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

/// A machine that serves a request, and the devices that the request gets.
struct Candidate<AccountId> {
	machine: MachineId,
	owner: AccountId,
	taken: Taken,
	cost: i64,
}

/// What is looked for.
struct Wish<'a, AccountId> {
	key: UtcKey,
	amount: MilliDevices,
	demand: Demand,
	/// The least reliability in thousandths.
	floor: u16,
	/// Whose obligation the lease already is: that provider takes on nothing new.
	obliged: Option<&'a AccountId>,
}

/// When a lease placed now would be served.
struct Times {
	start: Slot,
	end: Slot,
	acknowledge_by: Slot,
}

impl<T: Config> Pallet<T> {
	/// Places a lease for the first time.
	pub(crate) fn do_place(request: LeaseRequest<T::AccountId>) -> Result<LeaseId, DispatchError> {
		let LeaseRequest { tenant, key, amount, floor, hint, workload, access_key } = request;
		let class = Self::class_of(key.class)?;
		let demand = class.demand(amount).ok_or(Error::<T>::NotLeasable)?;
		let times = Self::times(&key, &class)?;
		let acknowledge_by = times.acknowledge_by;
		let lease = NextLease::<T>::get();
		let typical = Self::learn(&key, demand.devices);
		let wish = Wish { key, amount, demand, floor, obliged: None };
		let candidate = Self::find(&wish, &typical, hint)?;
		NextLease::<T>::put(lease.next().ok_or(Error::<T>::Overflow)?);
		Self::add_demand(&key, amount)?;
		let record = Lease {
			tenant: tenant.clone(),
			machine: candidate.machine,
			provider: candidate.owner.clone(),
			key,
			amount,
			floor,
			devices: Default::default(),
			start: times.start,
			end: times.end,
			acknowledge_by: times.acknowledge_by,
			state: LeaseState::Placed,
			running_since: None,
			moved: false,
			workload,
			access_key,
			access: None,
		};
		let info = Self::occupy(lease, record, candidate, &demand, times)?.info();
		T::LeaseEvents::placed(lease, &info);
		Self::deposit_event(Event::LeasePlaced {
			lease,
			machine: info.machine,
			tenant,
			provider: info.provider,
			key,
			amount,
			start: info.start,
			acknowledge_by,
		});
		Ok(lease)
	}

	/// Moves a lease, which is on no commitment any more, to another machine for the time that is left. The
	/// machine that it was on is not in the index.
	pub(crate) fn relocate(lease: LeaseId, record: &Lease<T::AccountId>) -> DispatchResult {
		let class = Self::class_of(record.key.class)?;
		let demand = class.demand(record.amount).ok_or(Error::<T>::NotLeasable)?;
		let times = Self::times(&record.key, &class)?;
		let acknowledge_by = times.acknowledge_by;
		let wish = Wish {
			key: record.key,
			amount: record.amount,
			demand,
			floor: record.floor,
			obliged: Some(&record.provider),
		};
		let candidate = Self::find(&wish, &Typicals::<T>::get(record.key.class), None)?;
		let mut moved = record.clone();
		moved.moved = true;
		let info = Self::occupy(lease, moved, candidate, &demand, times)?.info();
		T::LeaseEvents::replaced(lease, &record.provider, &info);
		Self::deposit_event(Event::LeaseMoved {
			lease,
			from: record.machine,
			to: info.machine,
			acknowledge_by,
		});
		Ok(())
	}

	/// Takes a lease off its machine's commitment: its devices are free again and what it served is counted.
	/// `until` is the slot in which it stopped being served. The caller sees to the index.
	pub(crate) fn vacate(
		commitment: &mut Commitment,
		class: &Class,
		record: &Lease<T::AccountId>,
		until: Slot,
	) -> DispatchResult {
		let taken = Taken::from_pairs(&record.devices);
		commitment.room = class
			.demand(record.amount)
			.zip(taken)
			.and_then(|(demand, taken)| commitment.room.give_back(&demand, taken))
			.ok_or(Error::<T>::Overflow)?;
		commitment.served = record
			.served(until)
			.and_then(|served| commitment.served.checked_add(served))
			.ok_or(Error::<T>::Overflow)?;
		Ok(())
	}

	/// The machine that a request is best served by, out of all there are: what a call may be given as a hint.
	/// `None` when it fits nowhere, or cannot be asked for. Reads the whole index of the UTC.
	pub fn placement_hint(key: UtcKey, amount: MilliDevices, floor: u16) -> Option<MachineId> {
		let demand = Classes::<T>::get(key.class)?.demand(amount)?;
		let wish = Wish { key, amount, demand, floor, obliged: None };
		let typical = Typicals::<T>::get(key.class);
		let pool = Pool { pool: key, typical: &typical, weights: PlacementWeights::<T>::get(key.class) };
		let mut entries: Vec<Entry> =
			Pages::<T>::iter_prefix_values((key,)).flat_map(|page| page.entries).collect();
		// Mostly the best of all may deliver, and then nobody else has to be asked.
		let best = search(entries.iter().map(|entry| (&pool, entry)), &demand, floor)?;
		if Self::willing(best.machine, &wish).is_some() {
			return Some(best.machine);
		}
		let mut willing = BTreeMap::new();
		entries.retain(|entry| {
			Machines::<T>::get(entry.machine).is_some_and(|record| {
				Self::serves(&record, &key)
					&& *willing
						.entry(record.owner)
						.or_insert_with_key(|owner| T::LeaseEvents::may_deliver(owner, &key, amount))
			})
		});
		search(entries.iter().map(|entry| (&pool, entry)), &demand, floor).map(|found| found.machine)
	}

	/// Adds a request to what its class is usually asked for, and returns that. The template's price factor stands
	/// for the fee.
	///
	/// Only devices are told: every machine has the class's host share for each of its devices, so that the host
	/// never is what a lease lacks.
	fn learn(key: &UtcKey, devices: DeviceDemand) -> Typical {
		let demand = Demand { vcpu_milli: 0, memory_mib: 0, devices };
		let weight = T::Agreements::price_factor(key.template)
			.map_or(typical::USUAL, |factor| factor.mul_ceil(typical::USUAL));
		let mut typical = Typicals::<T>::get(key.class);
		typical.note(&demand, weight);
		Typicals::<T>::insert(key.class, &typical);
		typical
	}

	/// When a lease of this UTC would be served from now on. The rest of the window must leave time to
	/// acknowledge it and for one round.
	fn times(key: &UtcKey, class: &Class) -> Result<Times, DispatchError> {
		let now = T::Clock::now();
		let start = now.max(key.window.start(class.window_slots));
		let end = key.window.end(class.window_slots);
		ensure!(start < end, Error::<T>::WindowClosed);
		let acknowledge_by = start.saturating_add(Slot::from(class.acknowledge_slots));
		let served_from = acknowledge_by.saturating_add(Slot::from(T::Clock::round_slots()));
		ensure!(served_from <= end, Error::<T>::TooLate);
		Ok(Times { start, end, acknowledge_by })
	}

	/// The best machine that one bounded choice finds, or the one hinted at when it serves and costs no more.
	fn find(
		wish: &Wish<T::AccountId>,
		typical: &Typical,
		hint: Option<MachineId>,
	) -> Result<Candidate<T::AccountId>, DispatchError> {
		let weights = PlacementWeights::<T>::get(wish.key.class);
		let pool = Pool { pool: wish.key, typical, weights };
		let hinted = hint.and_then(|machine| Self::examine(machine, wish, &pool));
		let choice = choose(&Stored::<T>::default(), &[pool], &wish.demand, wish.floor);
		let chosen = match &choice {
			Choice::Found(found) => found.iter().find_map(|found| {
				let owner = Self::willing(found.machine, wish)?;
				Some(Candidate { machine: found.machine, owner, taken: found.taken, cost: found.cost })
			}),
			Choice::HintRequired | Choice::Full => None,
		};
		match (hinted, chosen) {
			(Some(hinted), Some(chosen)) if hinted.cost > chosen.cost => Ok(chosen),
			(Some(candidate), _) | (None, Some(candidate)) => Ok(candidate),
			(None, None) if choice == Choice::Full => Err(Error::<T>::NoCapacity.into()),
			(None, None) => Err(Error::<T>::HintRequired.into()),
		}
	}

	/// Whether one machine can serve a request, and at what cost.
	fn examine(
		machine: MachineId,
		wish: &Wish<T::AccountId>,
		pool: &Pool<'_, UtcKey>,
	) -> Option<Candidate<T::AccountId>> {
		let commitment = Commitments::<T>::get(machine, wish.key.window)?;
		if commitment.template != wish.key.template || commitment.closed_at.is_some() {
			return None;
		}
		let reliability = T::Agreements::reliability(machine);
		if reliability < wish.floor {
			return None;
		}
		let (taken, _, cost) =
			best_way(&commitment.room, &wish.demand, reliability, pool.typical, &pool.weights)?;
		let owner = Self::willing(machine, wish)?;
		Some(Candidate { machine, owner, taken, cost })
	}

	/// A machine's owner, if it may be given the lease.
	fn willing(machine: MachineId, wish: &Wish<T::AccountId>) -> Option<T::AccountId> {
		let record = Machines::<T>::get(machine)?;
		let may = Self::serves(&record, &wish.key)
			&& (wish.obliged == Some(&record.owner)
				|| T::LeaseEvents::may_deliver(&record.owner, &wish.key, wish.amount));
		may.then_some(record.owner)
	}

	fn serves(record: &Machine<T::AccountId>, key: &UtcKey) -> bool {
		record.class == key.class && record.state == MachineState::Online
	}

	/// Puts a lease onto a machine and sets its deadline. Returns the lease as stored.
	fn occupy(
		lease: LeaseId,
		mut record: Lease<T::AccountId>,
		candidate: Candidate<T::AccountId>,
		demand: &Demand,
		times: Times,
	) -> Result<Lease<T::AccountId>, DispatchError> {
		let Candidate { machine, owner, taken, .. } = candidate;
		let room = Commitments::<T>::try_mutate(machine, record.key.window, |commitment| {
			let commitment = commitment.as_mut().ok_or(Error::<T>::NotCommitted)?;
			commitment.room = commitment.room.take(demand, taken).ok_or(Error::<T>::NoCapacity)?;
			commitment.leases.try_push(lease).map_err(|_| Error::<T>::NoCapacity)?;
			Ok::<_, DispatchError>(commitment.room)
		})?;
		Self::re_enter(record.key, machine, room)?;
		AcknowledgementQueue::<T>::schedule(T::Clock::now(), times.acknowledge_by.saturating_add(1), lease)
			.map_err(|_| Error::<T>::TooManyDeadlines)?;
		record.machine = machine;
		record.provider = owner;
		record.devices = taken.pairs().try_into().map_err(|_| Error::<T>::NoCapacity)?;
		record.start = times.start;
		record.end = times.end;
		record.acknowledge_by = times.acknowledge_by;
		record.state = LeaseState::Placed;
		record.running_since = None;
		record.access = None;
		Leases::<T>::insert(lease, &record);
		Ok(record)
	}
}
