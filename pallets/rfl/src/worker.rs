//! Acknowledgements: authorised by a machine's key, submitted by its node's off-chain worker.

use crate::*;
use alloc::vec::Vec;
use codec::Encode;
use exabits_primitives::{
	apis::PendingLease,
	keys::machine,
	local::{provisioned_key, Provisioned},
	Clock, LeaseId, MachineId,
};
use frame_support::{
	pallet_prelude::{InvalidTransaction, TransactionSource, ValidTransaction},
	traits::Get,
	weights::Weight,
};
use frame_system::{offchain::SubmitTransaction, pallet_prelude::BlockNumberFor};
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::{
	offchain::storage::{StorageRetrievalError, StorageValueRef},
	traits::Saturating,
	transaction_validity::TransactionValidityWithRefund,
};

/// Blocks that a submitted acknowledgement has until it is submitted again.
pub(crate) const RESUBMIT_AFTER: u32 = 3;

/// The lease is not known.
pub const UNKNOWN_LEASE: u8 = 1;
/// The lease's machine was evacuated.
pub const FAILING: u8 = 2;

/// Acknowledgements sent and not yet on chain, with the block they were sent in.
type Sent<T> = Vec<(LeaseId, BlockNumberFor<T>)>;

impl<T: Config> Pallet<T> {
	/// Whether an acknowledgement is from the lease's machine and comes at the right time. The signature, which
	/// costs most, is looked at last.
	pub(crate) fn authorize_acknowledge(
		_: TransactionSource,
		lease: &LeaseId,
		access: &Access,
		signature: &machine::Signature,
	) -> TransactionValidityWithRefund {
		let record = Self::acknowledgeable(*lease).map_err(|error| match error {
			Error::NotStarted => InvalidTransaction::Future,
			Error::UnknownLease => InvalidTransaction::Custom(UNKNOWN_LEASE),
			Error::Failing | Error::NotCommitted => InvalidTransaction::Custom(FAILING),
			_ => InvalidTransaction::Stale,
		})?;
		let key = Machines::<T>::get(record.machine).ok_or(InvalidTransaction::BadProof)?.key;
		if !key.verify(&Self::acknowledgement_payload(*lease, &record, access), signature) {
			return Err(InvalidTransaction::BadProof.into());
		}
		ValidTransaction::with_tag_prefix("RflAcknowledge")
			.priority(T::UnsignedPriority::get())
			.and_provides((lease, record.machine))
			.longevity(Self::acknowledge_by(&record).saturating_sub(T::Clock::now()).saturating_add(1))
			.propagate(true)
			.build()
			.map(|valid| (valid, Weight::zero()))
	}

	/// Submits acknowledgements of leases that this node's hook has provisioned, for every machine whose key
	/// it holds.
	pub(crate) fn acknowledge_provisioned(block: BlockNumberFor<T>) {
		for key in machine::Id::all() {
			let Some(machine) = MachineByKey::<T>::get(&key) else { continue };
			let now = T::Clock::now();
			let ready: Vec<_> = Self::pending_leases(machine)
				.into_iter()
				.filter(|lease| !lease.continues && (lease.start..=lease.acknowledge_by).contains(&now))
				.filter_map(|lease| Self::provisioned(&lease).map(|access| (lease.lease, access)))
				.collect();
			if ready.is_empty() {
				continue;
			}
			for lease in Self::lock(machine, &ready, block) {
				let Some((_, access)) = ready.iter().find(|(ready, _)| *ready == lease) else { continue };
				Self::submit_acknowledgement(&key, lease, access);
			}
		}
	}

	/// What the node's provisioner left for this lease on the machine that it is on now.
	fn provisioned(lease: &PendingLease) -> Option<Access> {
		StorageValueRef::persistent(&provisioned_key(lease.lease, lease.machine))
			.get::<Provisioned>()
			.ok()
			.flatten()
			.map(|provisioned| provisioned.access)
	}

	/// Chooses the leases to submit in this block, and notes that they are submitted: workers of several
	/// blocks may run at once. The note holds only leases that still wait, so it stays small.
	fn lock(machine: MachineId, ready: &[(LeaseId, Access)], block: BlockNumberFor<T>) -> Vec<LeaseId> {
		let key = (b"exabits/rfl/acknowledged", machine).encode();
		let mut chosen = Vec::new();
		let noted = StorageValueRef::persistent(&key).mutate(
			|sent: Result<Option<Sent<T>>, StorageRetrievalError>| {
				let mut sent = sent.ok().flatten().unwrap_or_default();
				sent.retain(|(lease, at)| {
					let again = at.saturating_add(RESUBMIT_AFTER.into()) <= block;
					!again && ready.iter().any(|(ready, _)| ready == lease)
				});
				chosen = ready
					.iter()
					.map(|(lease, _)| *lease)
					.filter(|lease| sent.iter().all(|(known, _)| known != lease))
					.collect();
				sent.extend(chosen.iter().map(|lease| (*lease, block)));
				if chosen.is_empty() {
					Err(())
				} else {
					Ok(sent)
				}
			},
		);
		if noted.is_ok() {
			chosen
		} else {
			Vec::new()
		}
	}

	fn submit_acknowledgement(key: &machine::Id, lease: LeaseId, access: &Access) {
		let Some(record) = Leases::<T>::get(lease) else { return };
		let Some(signature) = key.sign(&Self::acknowledgement_payload(lease, &record, access)) else {
			log::warn!(target: LOG, "lease {lease}: the keystore does not sign for machine {}", record.machine);
			return;
		};
		let call = Call::<T>::acknowledge { lease, access: access.clone(), signature };
		let transaction = T::create_authorized_transaction(call.into());
		match SubmitTransaction::<T, Call<T>>::submit_transaction(transaction) {
			Ok(()) => log::info!(target: LOG, "lease {lease}: acknowledgement submitted"),
			Err(()) => log::warn!(target: LOG, "lease {lease}: the pool refused the acknowledgement"),
		}
	}
}
