//! What the calls do.

use crate::*;
use codec::Encode;
use exabits_math::{
	efficiency::MAX_PERFORMANCE,
	placement::{Room, Weights},
	pricing::LEAST_PRICE,
};
use exabits_primitives::{
	keys, keys::machine, Agreements, Bonds, ClassId, Clock, EvidenceTier, LeaseEvents, LeaseId, LeaseInfo,
	LeaseState, MachineId, MachineState, MilliDevices, Obligations, Role, Slot, UtcKey, WindowIndex,
	MAX_DEVICES,
};
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_class(class: Class) -> DispatchResult {
		let rounds = T::Clock::round_slots();
		let served = class.acknowledge_slots.checked_add(rounds);
		ensure!(
			!class.name.is_empty()
				&& class.price >= LEAST_PRICE
				&& (1..=MAX_PERFORMANCE).contains(&class.performance)
				// The host share of as many devices as there can be.
				&& class.demand(MilliDevices::devices(MAX_DEVICES)).is_some()
				&& class.acknowledge_slots > 0
				// Challenged is only who can be.
				&& (class.tier != EvidenceTier::Challenged || class.int8_rate > 0)
				&& served.is_some_and(|served| served <= class.window_slots)
				// Each round lies in one window, and the verdicts on one window are due before the next is over.
				&& class.window_slots.checked_rem(rounds) == Some(0)
				&& Slot::from(class.window_slots) >= T::VerdictSlots::get(),
			Error::<T>::InvalidClass
		);
		let id = NextClass::<T>::get();
		NextClass::<T>::put(id.next().ok_or(Error::<T>::Overflow)?);
		Self::start_history(id, &class)?;
		Self::deposit_event(Event::ClassCreated { class: id, name: class.name.clone() });
		Classes::<T>::insert(id, class);
		Ok(())
	}

	pub(crate) fn do_set_weights(class: ClassId, weights: Weights) -> DispatchResult {
		Self::class_of(class)?;
		ensure!(weights.first <= 1_000, Error::<T>::InvalidWeights);
		PlacementWeights::<T>::insert(class, weights);
		Self::deposit_event(Event::WeightsSet { class, weights });
		Ok(())
	}

	pub(crate) fn do_register_machine(
		owner: T::AccountId,
		class: ClassId,
		devices: u32,
		(vcpus, memory_mib): (u32, u32),
		(key, proof): (machine::Id, machine::Signature),
		endpoint: Endpoint,
	) -> DispatchResult {
		let grade = Self::class_of(class)?;
		ensure!((1..=MAX_DEVICES).contains(&devices), Error::<T>::InvalidDevices);
		let enough = |has: u32, share: u32| share.checked_mul(devices).is_some_and(|needed| has >= needed);
		ensure!(enough(vcpus, grade.vcpus) && enough(memory_mib, grade.memory_mib), Error::<T>::HostTooSmall);
		ensure!(!endpoint.is_empty(), Error::<T>::InvalidEndpoint);
		ensure!(!MachineByKey::<T>::contains_key(&key), Error::<T>::KeyTaken);
		ensure!(key.verify(&Self::registration_payload(&owner), &proof), Error::<T>::BadProof);

		let machine = NextMachine::<T>::get();
		NextMachine::<T>::put(machine.next().ok_or(Error::<T>::Overflow)?);
		let reserved = T::Bonds::minimum(Role::Service);
		T::Bonds::reserve(&owner, Role::Service, reserved)?;
		MachineByKey::<T>::insert(&key, machine);
		Machines::<T>::insert(
			machine,
			Machine {
				owner: owner.clone(),
				class,
				devices,
				vcpus,
				memory_mib,
				key,
				endpoint,
				state: MachineState::Registered,
				registered_in: T::Clock::session(),
				reserved,
				open: 0,
				utilisation: Utilisation::default(),
			},
		);
		Self::deposit_event(Event::MachineRegistered { machine, owner, class, devices });
		Ok(())
	}

	pub(crate) fn do_set_endpoint(
		who: T::AccountId,
		machine: MachineId,
		endpoint: Endpoint,
	) -> DispatchResult {
		let mut record = Self::own(&who, machine)?;
		ensure!(record.state != MachineState::Retired, Error::<T>::WrongState);
		ensure!(!endpoint.is_empty(), Error::<T>::InvalidEndpoint);
		record.endpoint = endpoint;
		Machines::<T>::insert(machine, record);
		Self::deposit_event(Event::EndpointSet { machine });
		Ok(())
	}

	pub(crate) fn do_drain(who: T::AccountId, machine: MachineId) -> DispatchResult {
		let mut record = Self::own(&who, machine)?;
		ensure!(record.state == MachineState::Online, Error::<T>::NotOnline);
		Self::set_state(machine, &mut record, MachineState::Draining)?;
		if record.open == 0 {
			Self::take_out(machine, &mut record)?;
		}
		Machines::<T>::insert(machine, record);
		Ok(())
	}

	pub(crate) fn do_retire(who: T::AccountId, machine: MachineId) -> DispatchResult {
		let mut record = Self::own(&who, machine)?;
		ensure!(
			!matches!(record.state, MachineState::Online | MachineState::Retired),
			Error::<T>::WrongState
		);
		ensure!(record.open == 0, Error::<T>::HasCommitments);
		Self::take_out(machine, &mut record)?;
		Machines::<T>::insert(machine, record);
		Ok(())
	}

	pub(crate) fn do_commit(
		who: T::AccountId,
		machine: MachineId,
		window: WindowIndex,
		devices: u32,
	) -> DispatchResult {
		let mut record = Self::own(&who, machine)?;
		ensure!(record.state == MachineState::Online, Error::<T>::NotOnline);
		ensure!((1..=record.devices).contains(&devices), Error::<T>::InvalidDevices);
		let template = T::Agreements::active_template(machine).ok_or(Error::<T>::NoAgreement)?;
		let class = Self::class_of(record.class)?;
		let now = T::Clock::now();
		// A window that is not ahead of the current one is none ahead.
		let ahead = window.0.saturating_sub(WindowIndex::at(now, class.window_slots).0);
		ensure!((1..=T::MaxWindowsAhead::get()).contains(&ahead), Error::<T>::WindowOutOfRange);
		ensure!(!Commitments::<T>::contains_key(machine, window), Error::<T>::AlreadyCommitted);

		let key = UtcKey { class: record.class, template, window };
		let room = record.room(devices).ok_or(Error::<T>::InvalidDevices)?;
		record.open = record.open.checked_add(1).ok_or(Error::<T>::Overflow)?;
		Machines::<T>::insert(machine, record);
		Self::open_commitment(&who, machine, key, (devices, room), class.window_slots)?;
		Self::deposit_event(Event::Committed { machine, key, devices });
		Ok(())
	}

	pub(crate) fn do_uncommit(who: T::AccountId, machine: MachineId, window: WindowIndex) -> DispatchResult {
		let record = Self::own(&who, machine)?;
		let class = Self::class_of(record.class)?;
		let commitment = Commitments::<T>::get(machine, window).ok_or(Error::<T>::NotCommitted)?;
		ensure!(T::Clock::now() < window.start(class.window_slots), Error::<T>::WindowStarted);
		ensure!(commitment.leases.is_empty(), Error::<T>::LeasesPlaced);
		let key = UtcKey { class: record.class, template: commitment.template, window };
		let left = CommittedBy::<T>::get(&who, key)
			.checked_sub(commitment.committed())
			.ok_or(Error::<T>::Overflow)?;
		ensure!(T::Obligations::promised(&who, &key) <= left, Error::<T>::StillMinted);

		CloseQueue::<T>::withdraw(commitment.closes_at, &(machine, window));
		Self::withdraw(key, machine)?;
		Self::remove_commitment(machine, record, key, &commitment)?;
		Self::deposit_event(Event::Uncommitted { machine, key });
		Ok(())
	}

	pub(crate) fn do_acknowledge(lease: LeaseId, access: Access) -> DispatchResult {
		let record = Self::acknowledgeable(lease)?;
		Self::start_running(lease, record, T::Clock::now(), access);
		Ok(())
	}

	/// A lease has been served since that slot, and its tenant has this access.
	pub(crate) fn start_running(
		lease: LeaseId,
		mut record: Lease<T::AccountId>,
		since: Slot,
		access: Access,
	) {
		record.state = LeaseState::Running;
		record.running_since = Some(since);
		record.access = Some(access);
		let (machine, info) = (record.machine, record.info());
		Leases::<T>::insert(lease, record);
		T::LeaseEvents::running(lease, &info);
		Self::deposit_event(Event::LeaseRunning { lease, machine });
	}

	/// The lease, if its machine may acknowledge it now.
	pub(crate) fn acknowledgeable(lease: LeaseId) -> Result<Lease<T::AccountId>, Error<T>> {
		let record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		ensure!(record.state == LeaseState::Placed, Error::<T>::NotPlaced);
		let now = T::Clock::now();
		ensure!(now >= record.start, Error::<T>::NotStarted);
		ensure!(now <= Self::acknowledge_by(&record), Error::<T>::DeadlinePassed);
		let commitment =
			Commitments::<T>::get(record.machine, record.key.window).ok_or(Error::<T>::NotCommitted)?;
		ensure!(commitment.closed_at.is_none(), Error::<T>::Failing);
		Ok(record)
	}

	/// Ends a running lease for its tenant, and lets others have its room. Its machine's commitment knows it until the
	/// last verdict on its window is due.
	pub(crate) fn do_reject(
		lease: LeaseId,
		tenant: &T::AccountId,
	) -> Result<LeaseInfo<T::AccountId>, DispatchError> {
		let mut record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		ensure!(record.tenant == *tenant, Error::<T>::NotTenant);
		ensure!(record.state == LeaseState::Running, Error::<T>::NotRunning);
		let now = T::Clock::now();
		ensure!(now <= Self::reject_by(&record), Error::<T>::DeadlinePassed);
		// The index learns with the room how reliable the machine is from now on.
		T::Agreements::rejected(record.machine);
		Self::take_off(lease, &record, now)?;
		Commitments::<T>::try_mutate(record.machine, record.key.window, |commitment| {
			let commitment = commitment.as_mut().ok_or(Error::<T>::NotCommitted)?;
			// It has just left its place among the others.
			commitment.rejected.try_push((lease, now)).map_err(|_| Error::<T>::NoCapacity)
		})?;
		record.state = LeaseState::Rejected;
		let (machine, info) = (record.machine, record.info());
		Leases::<T>::insert(lease, record);
		Self::deposit_event(Event::LeaseRejected { lease, machine });
		Ok(info)
	}

	/// The last slot in which a running lease may be rejected: a tenth of it has run since its acknowledgement. Slots in
	/// gaps do not count, but the window's end does not move.
	pub(crate) fn reject_by(record: &Lease<T::AccountId>) -> Slot {
		let since = record.running_since.unwrap_or(record.start);
		let tenth = record.end.saturating_sub(record.start).checked_div(10).unwrap_or(0);
		let until = since.saturating_add(tenth).saturating_add(1);
		T::Clock::extended(since, until).min(record.end).saturating_sub(1)
	}

	pub(crate) fn do_prune_lease(lease: LeaseId) -> DispatchResult {
		let record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		ensure!(
			matches!(record.state, LeaseState::Completed | LeaseState::Compensated | LeaseState::Rejected),
			Error::<T>::NotFinished
		);
		// A rejected one is needed until its window is closed.
		ensure!(
			record.state != LeaseState::Rejected
				|| !Commitments::<T>::contains_key(record.machine, record.key.window),
			Error::<T>::NotFinished
		);
		let class = Self::class_of(record.key.class)?;
		let last = WindowIndex(record.key.window.0.saturating_add(T::KeepWindows::get()));
		ensure!(T::Clock::now() >= last.end(class.window_slots), Error::<T>::NotDue);
		Leases::<T>::remove(lease);
		Self::deposit_event(Event::LeasePruned { lease });
		Ok(())
	}

	/// What a machine's key signs when `owner` registers it.
	pub fn registration_payload(owner: &T::AccountId) -> alloc::vec::Vec<u8> {
		keys::payload(Self::genesis(), b"rfl/register_machine", owner)
	}

	/// What a machine's key signs to acknowledge `lease`.
	pub fn acknowledgement_payload(
		lease: LeaseId,
		record: &Lease<T::AccountId>,
		access: &Access,
	) -> alloc::vec::Vec<u8> {
		let bound = (&record.provider, record.machine, lease, record.key.window, access);
		keys::payload(Self::genesis(), b"rfl/acknowledge", bound)
	}

	fn genesis() -> impl Encode {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// Stores a commitment, its index entry, its share of its owner's sum, and its deadline.
	fn open_commitment(
		owner: &T::AccountId,
		machine: MachineId,
		key: UtcKey,
		(devices, room): (u32, Room),
		window_slots: u32,
	) -> DispatchResult {
		Self::enter(key, machine, room)?;
		let commitment = Commitment {
			template: key.template,
			devices,
			room,
			leases: Default::default(),
			rejected: Default::default(),
			closed_at: None,
			served: 0,
			closes_at: CloseQueue::<T>::schedule(
				T::Clock::now(),
				Self::closes_at(key.window, window_slots),
				(machine, key.window),
			)
			.map_err(|_| Error::<T>::TooManyDeadlines)?,
		};
		CommittedBy::<T>::try_mutate(owner, key, |sum| {
			*sum = sum.checked_add(commitment.committed()).ok_or(Error::<T>::Overflow)?;
			Ok::<(), DispatchError>(())
		})?;
		Commitments::<T>::insert(machine, key.window, commitment);
		Ok(())
	}

	/// Undoes [`Self::open_commitment`], except for the deadline and the index entry, and retires a draining
	/// machine with its last.
	pub(crate) fn remove_commitment(
		machine: MachineId,
		mut record: Machine<T::AccountId>,
		key: UtcKey,
		commitment: &Commitment,
	) -> DispatchResult {
		Commitments::<T>::remove(machine, key.window);
		CommittedBy::<T>::try_mutate_exists(&record.owner, key, |sum| {
			let left = sum.unwrap_or_default().checked_sub(commitment.committed());
			*sum = Some(left.ok_or(Error::<T>::Overflow)?).filter(|left| left.0 > 0);
			Ok::<(), DispatchError>(())
		})?;
		let was_absent = record.is_absent();
		record.open = record.open.checked_sub(1).ok_or(Error::<T>::Overflow)?;
		Self::count_absent(&record, was_absent)?;
		if record.open == 0 && record.state == MachineState::Draining {
			Self::take_out(machine, &mut record)?;
		}
		Machines::<T>::insert(machine, record);
		Ok(())
	}
}
