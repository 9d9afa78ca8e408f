//! Better places for leases that have not started, found by anybody off-chain and verified here.

use crate::{placement::Measure, *};
use alloc::vec::Vec;
use core::marker::PhantomData;
use exabits_math::placement::{
	unusable, verify, Held, Move, MoveError, Outcome, Room, Taken, Typical, View, Weights, MAX_MOVES,
};
use exabits_primitives::{
	Agreements, Clock, LeaseEvents, LeaseId, LeaseState, MachineId, MilliDevices, UtcKey,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};

/// One UTC's machines and leases, as the verification sees them.
struct Scene<T> {
	key: UtcKey,
	measure: Measure,
	pallet: PhantomData<T>,
}

impl<T: Config> Scene<T> {
	fn of(key: UtcKey) -> Self {
		Self { key, measure: Pallet::<T>::measure(key.class), pallet: PhantomData }
	}
}

impl<T: Config> View for Scene<T> {
	fn lease(&self, lease: LeaseId) -> Option<Held> {
		let record = Leases::<T>::get(lease).filter(|record| record.key == self.key)?;
		Pallet::<T>::held(&record)
	}

	fn room(&self, machine: MachineId) -> Option<Room> {
		let record = Machines::<T>::get(machine)?;
		let commitment = Commitments::<T>::get(machine, self.key.window)?;
		let takes_part = Pallet::<T>::serves(&record, &self.key)
			&& commitment.template == self.key.template
			&& commitment.closed_at.is_none();
		takes_part.then_some(commitment.room)
	}

	fn accepts(&self, lease: LeaseId, machine: MachineId) -> bool {
		Leases::<T>::get(lease).is_some_and(|record| T::Agreements::reliability(machine) >= record.floor)
	}

	fn unusable(&self, _: MachineId, room: &Room) -> u32 {
		unusable(room, &self.measure.typical, &self.measure.weights)
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_improve(by: T::AccountId, key: UtcKey, moves: &[Move]) -> DispatchResult {
		let Outcome { rooms, before, after } =
			verify(&Scene::<T>::of(key), moves).map_err(Error::<T>::from)?;
		// At most `MAX_MOVES` moves of less than 2³² each.
		let least = u64::from(T::MoveGain::get()).saturating_mul(moves.len().try_into().unwrap_or(u64::MAX));
		ensure!(before.saturating_sub(after) >= least, Error::<T>::NotBetter);
		for step in moves {
			Self::improve_one(&by, key, step)?;
		}
		for (machine, room) in rooms {
			Commitments::<T>::try_mutate(machine, key.window, |commitment| {
				commitment.as_mut().ok_or(Error::<T>::NotCommitted)?.room = room;
				Ok::<(), DispatchError>(())
			})?;
			Self::re_enter(key, machine, room)?;
		}
		let moves = u32::try_from(moves.len()).unwrap_or(MAX_MOVES);
		Self::deposit_event(Event::LeasesImproved { key, by, moves, before, after });
		Ok(())
	}

	/// Enters one verified move in the books: the lease, the lists of both machines, and whoever delivers it. The caller
	/// sees to the rooms.
	fn improve_one(by: &T::AccountId, key: UtcKey, step: &Move) -> DispatchResult {
		let Move { lease, machine, taken } = *step;
		let mut record = Leases::<T>::get(lease).ok_or(Error::<T>::UnknownLease)?;
		let owner = Machines::<T>::get(machine).ok_or(Error::<T>::UnknownMachine)?.owner;
		let (from, provider) = (record.machine, record.provider.clone());
		if from != machine {
			Commitments::<T>::mutate(from, key.window, |commitment| {
				if let Some(commitment) = commitment {
					commitment.leases.retain(|entry| *entry != lease);
				}
			});
			Commitments::<T>::try_mutate(machine, key.window, |commitment| {
				let commitment = commitment.as_mut().ok_or(Error::<T>::NotCommitted)?;
				ensure!(commitment.take_in(lease), Error::<T>::NoCapacity);
				Ok::<(), DispatchError>(())
			})?;
		}
		record.machine = machine;
		record.provider = owner;
		record.devices = taken.pairs().try_into().map_err(|_| Error::<T>::NoCapacity)?;
		record.improved = true;
		let (info, acknowledge_by) = (record.info(), record.acknowledge_by);
		Leases::<T>::insert(lease, record);
		T::LeaseEvents::improved(lease, &provider, &info, by)?;
		Self::deposit_event(Event::LeaseMoved { lease, from, to: machine, acknowledge_by });
		Ok(())
	}

	/// What a lease holds, and whether anybody may move it. `None` for what no record can be.
	fn held(record: &Lease<T::AccountId>) -> Option<Held> {
		Some(Held {
			demand: Self::class_of(record.key.class).ok()?.demand(record.amount)?,
			machine: record.machine,
			taken: Taken::from_pairs(&record.devices)?,
			movable: record.state == LeaseState::Placed
				&& T::Clock::now() < record.start
				&& !record.improved
				&& !record.stays,
		})
	}

	/// All of a UTC that a search for moves needs. Reads the UTC's whole index. `None` for an unknown class.
	pub fn snapshot(key: UtcKey) -> Option<Snapshot<T::AccountId>> {
		Classes::<T>::get(key.class)?;
		let Measure { typical, weights } = Self::measure(key.class);
		let mut machines = Vec::new();
		let mut leases = Vec::new();
		for entry in Pages::<T>::iter_prefix_values((key,)).flat_map(|page| page.entries) {
			let Some(record) = Machines::<T>::get(entry.machine) else { continue };
			let Some(commitment) = Commitments::<T>::get(entry.machine, key.window) else { continue };
			if !Self::serves(&record, &key) {
				continue;
			}
			let placed = commitment.leases.into_iter().filter_map(|lease| {
				let record = Leases::<T>::get(lease)?;
				Some(SnapshotLease { lease, held: Self::held(&record)?, floor: record.floor })
			});
			leases.extend(placed);
			machines.push(SnapshotMachine {
				machine: entry.machine,
				deliverable: T::LeaseEvents::deliverable(&record.owner, &key),
				owner: record.owner,
				room: commitment.room,
				reliability: T::Agreements::reliability(entry.machine),
			});
		}
		Some(Snapshot { machines, leases, typical, weights, gain: T::MoveGain::get() })
	}
}

impl<T: Config> From<MoveError> for Error<T> {
	fn from(error: MoveError) -> Self {
		match error {
			MoveError::TooMany => Error::TooManyMoves,
			MoveError::NotMovable => Error::NotMovable,
			MoveError::Twice => Error::MovedTwice,
			MoveError::WrongMachine => Error::WrongMachine,
			MoveError::NoRoom => Error::NoCapacity,
			MoveError::NotBetter => Error::NotBetter,
		}
	}
}

/// A machine of a [`Snapshot`].
#[derive(codec::Encode, codec::Decode, scale_info::TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct SnapshotMachine<AccountId> {
	/// The machine.
	pub machine: MachineId,
	/// Who would deliver.
	pub owner: AccountId,
	/// How much more that provider may be given.
	pub deliverable: MilliDevices,
	/// What is free.
	pub room: Room,
	/// In thousandths.
	pub reliability: u16,
}

/// A lease of a [`Snapshot`].
#[derive(codec::Encode, codec::Decode, scale_info::TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct SnapshotLease {
	/// The lease.
	pub lease: LeaseId,
	/// Where it is, and whether it may be moved.
	pub held: Held,
	/// The least reliability of its machine, in thousandths.
	pub floor: u16,
}

/// One UTC's machines in service and the leases on them.
#[derive(codec::Encode, codec::Decode, scale_info::TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Snapshot<AccountId> {
	/// The machines.
	pub machines: Vec<SnapshotMachine<AccountId>>,
	/// The leases.
	pub leases: Vec<SnapshotLease>,
	/// What the class is usually asked for.
	pub typical: Typical,
	/// How its placements are compared.
	pub weights: Weights,
	/// Micro-devices that a batch has to win for each of its moves.
	pub gain: u32,
}

sp_api::decl_runtime_apis! {
	/// What whoever searches better places for leases asks.
	pub trait MovesApi<AccountId> where AccountId: codec::Codec {
		/// One UTC's machines in service and the leases on them. `None` for an unknown class.
		fn snapshot(key: UtcKey) -> Option<Snapshot<AccountId>>;
	}
}
