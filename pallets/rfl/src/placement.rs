//! How a lease gets onto a machine.

use crate::{index::Stored, *};
use alloc::{collections::BTreeMap, vec::Vec};
use exabits_math::placement::{
	best_way,
	choice::{choose, Choice, Pool},
	search, typical, Demand, DeviceDemand, Entry, Taken, Typical, Weights,
};
use exabits_primitives::{
	Agreements, ClassId, Clock, LeaseEvents, LeaseId, LeaseRequest, LeaseState, MachineId, MachineState,
	MilliDevices, Slot, UtcKey, MAX_WINDOWS,
};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

/// A machine that serves a request in one window, and the devices that the request gets.
struct Candidate<AccountId> {
	machine: MachineId,
	owner: AccountId,
	taken: Taken,
	cost: i64,
}

/// What is looked for in one window.
struct Wish<'a, AccountId> {
	key: UtcKey,
	amount: MilliDevices,
	demand: Demand,
	/// The least reliability in thousandths.
	floor: u16,
	/// Who fails to serve it, when another machine is looked for.
	failed_by: Option<&'a AccountId>,
}

/// By what machines are compared.
pub(crate) struct Measure {
	pub typical: Typical,
	pub weights: Weights,
}

impl Measure {
	fn pool(&self, key: UtcKey) -> Pool<'_, UtcKey> {
		Pool { pool: key, typical: &self.typical, weights: self.weights }
	}
}

/// When a lease placed now would be served.
struct Times {
	start: Slot,
	end: Slot,
	acknowledge_by: Slot,
}

impl<T: Config> Pallet<T> {
	/// Places a lease for the first time: each of its segments, all on one machine where that is possible.
	pub(crate) fn do_place(request: LeaseRequest<T::AccountId>) -> Result<LeaseId, DispatchError> {
		let LeaseRequest { tenant, key, windows, may_move, amount, floor, hint, workload, access_key } =
			request;
		ensure!((1..=MAX_WINDOWS).contains(&windows), Error::<T>::InvalidWindows);
		let class = Self::class_of(key.class)?;
		let demand = class.demand(amount).ok_or(Error::<T>::NotLeasable)?;
		let wishes = (0..windows)
			.map(|ahead| Some(Wish { key: key.later(ahead)?, amount, demand, floor, failed_by: None }))
			.collect::<Option<Vec<_>>>()
			.ok_or(Error::<T>::Overflow)?;
		let times =
			wishes.iter().map(|wish| Self::times(&wish.key, &class)).collect::<Result<Vec<_>, _>>()?;
		let measure = Self::learn(&key, demand.devices, windows);
		let candidates = match Self::find(&wishes, &measure, hint) {
			Err(_) if may_move && windows > 1 => Self::find_each(&wishes, &measure, hint)?,
			found => found?,
		};

		let series = NextLease::<T>::get();
		for ((wish, times), candidate) in wishes.into_iter().zip(times).zip(candidates) {
			let Wish { key, .. } = wish;
			let lease = NextLease::<T>::get();
			NextLease::<T>::put(lease.next().ok_or(Error::<T>::Overflow)?);
			Self::add_demand(&key, amount)?;
			let acknowledge_by = times.acknowledge_by;
			let record = Lease {
				tenant: tenant.clone(),
				series,
				stays: windows > 1 && !may_move,
				machine: candidate.machine,
				provider: candidate.owner.clone(),
				key,
				amount,
				floor,
				devices: Default::default(),
				start: times.start,
				end: times.end,
				acknowledge_by,
				due: 0,
				state: LeaseState::Placed,
				running_since: None,
				moved: false,
				improved: false,
				workload: workload.clone(),
				access_key,
				access: None,
			};
			let info = Self::occupy(lease, record, candidate, &demand, times)?.info();
			T::LeaseEvents::placed(lease, &info);
			Self::deposit_event(Event::LeasePlaced {
				lease,
				series,
				machine: info.machine,
				tenant: tenant.clone(),
				provider: info.provider,
				key,
				amount,
				start: info.start,
				acknowledge_by,
			});
		}
		Ok(series)
	}

	/// Moves a lease, which is on no commitment any more, to another machine for the time that is left. The
	/// machine that it was on is not in the index, or not in service; it served the lease before `until`.
	pub(crate) fn relocate(lease: LeaseId, record: Lease<T::AccountId>, until: Slot) -> DispatchResult {
		let class = Self::class_of(record.key.class)?;
		let demand = class.demand(record.amount).ok_or(Error::<T>::NotLeasable)?;
		let times = Self::times(&record.key, &class)?;
		let acknowledge_by = times.acknowledge_by;
		let wish = Wish {
			key: record.key,
			amount: record.amount,
			demand,
			floor: record.floor,
			failed_by: Some(&record.provider),
		};
		let measure = Self::measure(record.key.class);
		let candidate = Self::find(&[wish], &measure, None)?.pop().ok_or(Error::<T>::NoCapacity)?;
		let (from, provider) = (record.machine, record.provider.clone());
		let info = Self::occupy(lease, record, candidate, &demand, times)?.info();
		T::LeaseEvents::replaced(lease, &provider, &info, until);
		Self::deposit_event(Event::LeaseMoved { lease, from, to: info.machine, acknowledge_by });
		Ok(())
	}

	/// Takes a lease off its machine, which goes on serving others; it was served before `until`. Of an evacuated machine
	/// leases are taken by the queue of failing ones.
	pub(crate) fn take_off(lease: LeaseId, record: &Lease<T::AccountId>, until: Slot) -> DispatchResult {
		let class = Self::class_of(record.key.class)?;
		let room = Commitments::<T>::try_mutate(record.machine, record.key.window, |commitment| {
			let commitment = commitment.as_mut().ok_or(Error::<T>::NotCommitted)?;
			ensure!(commitment.closed_at.is_none(), Error::<T>::Failing);
			commitment.leases.retain(|entry| *entry != lease);
			Self::vacate(commitment, &class, record, until)?;
			Ok::<_, DispatchError>(commitment.room)
		})?;
		Self::re_enter(record.key, record.machine, room)
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

	/// The machine that a request for so many windows is best served by, out of all there are: what a call may be
	/// given as a hint. `None` when it fits nowhere, or cannot be asked for. Reads the whole index of the UTC.
	pub fn placement_hint(key: UtcKey, windows: u32, amount: MilliDevices, floor: u16) -> Option<MachineId> {
		if !(1..=MAX_WINDOWS).contains(&windows) {
			return None;
		}
		let demand = Classes::<T>::get(key.class)?.demand(amount)?;
		let further = (1..windows)
			.map(|ahead| Some(Wish { key: key.later(ahead)?, amount, demand, floor, failed_by: None }))
			.collect::<Option<Vec<_>>>()?;
		let wish = Wish { key, amount, demand, floor, failed_by: None };
		let measure = Self::measure(key.class);
		let pool = measure.pool(key);
		let mut entries: Vec<Entry> =
			Pages::<T>::iter_prefix_values((key,)).flat_map(|page| page.entries).collect();
		let lasts = |machine| further.iter().all(|wish| Self::examine(machine, wish, &measure).is_some());
		// Mostly the best of all may deliver, and then nobody else has to be asked.
		let best = search(entries.iter().map(|entry| (&pool, entry)), &demand, floor)?;
		if Self::willing(best.machine, &wish).is_some() && lasts(best.machine) {
			return Some(best.machine);
		}
		let mut willing = BTreeMap::new();
		entries.retain(|entry| {
			entry.room.fits(&demand)
				&& Machines::<T>::get(entry.machine).is_some_and(|record| {
					Self::serves(&record, &key)
						&& *willing
							.entry(record.owner)
							.or_insert_with_key(|owner| T::LeaseEvents::deliverable(owner, &key) >= amount)
				}) && lasts(entry.machine)
		});
		search(entries.iter().map(|entry| (&pool, entry)), &demand, floor).map(|found| found.machine)
	}

	/// By what the machines of a class are compared.
	pub(crate) fn measure(class: ClassId) -> Measure {
		Measure { typical: Typicals::<T>::get(class), weights: PlacementWeights::<T>::get(class) }
	}

	/// Adds a request to what its class is usually asked for, and returns by what machines are compared from then on.
	/// The template's price factor, for each window, stands for the fee.
	///
	/// Only devices are told: every machine has the class's host share for each of its devices, so that the host
	/// never is what a lease lacks.
	fn learn(key: &UtcKey, devices: DeviceDemand, windows: u32) -> Measure {
		let demand = Demand { vcpu_milli: 0, memory_mib: 0, devices };
		let weight = T::Agreements::price_factor(key.template)
			.map_or(typical::USUAL, |factor| factor.mul_ceil(typical::USUAL));
		let mut measure = Self::measure(key.class);
		// More than the histogram counts of one request counts as that much.
		measure.typical.note(&demand, weight.saturating_mul(windows));
		Typicals::<T>::insert(key.class, &measure.typical);
		measure
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

	/// The best machine that one bounded choice finds for all these windows, or the one hinted at when it serves them
	/// all and costs no more. The choice is made in the first window; who is found there is examined in the others.
	fn find(
		wishes: &[Wish<T::AccountId>],
		measure: &Measure,
		hint: Option<MachineId>,
	) -> Result<Vec<Candidate<T::AccountId>>, DispatchError> {
		let (first, further) = wishes.split_first().ok_or(Error::<T>::InvalidWindows)?;
		let lasting = |candidate: Candidate<T::AccountId>| {
			let machine = candidate.machine;
			let others = further.iter().map(|wish| Self::examine(machine, wish, measure));
			core::iter::once(Some(candidate)).chain(others).collect::<Option<Vec<_>>>()
		};
		let hinted = hint.and_then(|machine| lasting(Self::examine(machine, first, measure)?));
		let choice = choose(&Stored::<T>::default(), &[measure.pool(first.key)], &first.demand, first.floor);
		let chosen = match &choice {
			Choice::Found(found) => found.iter().find_map(|found| {
				let owner = Self::willing(found.machine, first)?;
				lasting(Candidate { machine: found.machine, owner, taken: found.taken, cost: found.cost })
			}),
			Choice::HintRequired | Choice::Full => None,
		};
		// The cost of a window is far from the end of its range.
		let cost = |candidates: &[Candidate<T::AccountId>]| {
			candidates.iter().fold(0i64, |sum, candidate| sum.saturating_add(candidate.cost))
		};
		match (hinted, chosen) {
			(Some(hinted), Some(chosen)) if cost(&hinted) > cost(&chosen) => Ok(chosen),
			(Some(candidates), _) | (None, Some(candidates)) => Ok(candidates),
			(None, None) if choice == Choice::Full => Err(Error::<T>::NoCapacity.into()),
			(None, None) => Err(Error::<T>::HintRequired.into()),
		}
	}

	/// A machine for each of these windows: the one before as long as it serves, so that the tenant moves seldom.
	fn find_each(
		wishes: &[Wish<T::AccountId>],
		measure: &Measure,
		hint: Option<MachineId>,
	) -> Result<Vec<Candidate<T::AccountId>>, DispatchError> {
		let mut candidates: Vec<Candidate<T::AccountId>> = Vec::with_capacity(wishes.len());
		for wish in wishes {
			let same = candidates.last().and_then(|before| Self::examine(before.machine, wish, measure));
			match same {
				Some(same) => candidates.push(same),
				None => candidates.extend(Self::find(core::slice::from_ref(wish), measure, hint)?),
			}
		}
		Ok(candidates)
	}

	/// Whether one machine can serve a request, and at what cost.
	fn examine(
		machine: MachineId,
		wish: &Wish<T::AccountId>,
		measure: &Measure,
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
			best_way(&commitment.room, &wish.demand, reliability, &measure.typical, &measure.weights)?;
		let owner = Self::willing(machine, wish)?;
		Some(Candidate { machine, owner, taken, cost })
	}

	/// A machine's owner, if it may be given the lease.
	fn willing(machine: MachineId, wish: &Wish<T::AccountId>) -> Option<T::AccountId> {
		let record = Machines::<T>::get(machine)?;
		let may = Self::serves(&record, &wish.key)
			&& match wish.failed_by {
				Some(from) => T::LeaseEvents::stands_in(&record.owner, from, &wish.key, wish.amount),
				None => T::LeaseEvents::deliverable(&record.owner, &wish.key) >= wish.amount,
			};
		may.then_some(record.owner)
	}

	/// Whether a machine may be given leases of this UTC's class.
	pub(crate) fn serves(record: &Machine<T::AccountId>, key: &UtcKey) -> bool {
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
			ensure!(commitment.take_in(lease), Error::<T>::NoCapacity);
			Ok::<_, DispatchError>(commitment.room)
		})?;
		Self::re_enter(record.key, machine, room)?;
		// A lease that has not started is looked at when it does.
		let now = T::Clock::now();
		let due = if now < times.start { times.start } else { times.acknowledge_by.saturating_add(1) };
		if record.due != due {
			record.due = AcknowledgementQueue::<T>::schedule(now, due, lease)
				.map_err(|_| Error::<T>::TooManyDeadlines)?;
		}
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
