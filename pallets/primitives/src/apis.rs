//! Runtime APIs that nodes read.

use crate::{
	keys, ClassId, LeaseId, MachineId, MachineState, MilliDevices, RoundIndex, SessionIndex, Slot, UtcKey,
	WindowIndex,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// The chain's time, as nodes with a role need it.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Time {
	/// The current slot.
	pub slot: Slot,
	/// Length of a slot in milliseconds.
	pub slot_millis: u64,
	/// Length of a round in slots.
	pub round_slots: u32,
	/// The current session.
	pub session: SessionIndex,
}

/// A machine that an anchor has to measure in this session.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Duty {
	/// The machine.
	pub machine: MachineId,
	/// The key that its probe answers must be signed with.
	pub key: keys::machine::Id,
	/// Where it answers.
	pub endpoint: Vec<u8>,
	/// The current round.
	pub round: RoundIndex,
}

/// A machine, as its own node sees it.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct OwnMachine {
	/// The machine.
	pub machine: MachineId,
	/// Its class.
	pub class: ClassId,
	/// Where it is in its life.
	pub state: MachineState,
	/// Length of its windows in slots.
	pub window_slots: u32,
	/// The current window.
	pub window: WindowIndex,
}

/// A lease that waits for its machine's acknowledgement.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct PendingLease {
	/// The lease.
	pub lease: LeaseId,
	/// The machine that has to serve it.
	pub machine: MachineId,
	/// What was redeemed.
	pub key: UtcKey,
	/// How much.
	pub amount: MilliDevices,
	/// Devices and milli-devices taken, by index.
	pub devices: Vec<(u8, u16)>,
	/// First slot served.
	pub start: Slot,
	/// End of the window.
	pub end: Slot,
	/// The last slot in which an acknowledgement counts.
	pub acknowledge_by: Slot,
	/// The tenant's workload reference.
	pub workload: Vec<u8>,
	/// The tenant's key for access.
	pub access_key: [u8; 32],
}

sp_api::decl_runtime_apis! {
	/// What nodes with a role ask the chain.
	pub trait RolesApi {
		/// The chain's time.
		fn time() -> Time;
		/// Machines that the anchor with this key has to measure now.
		fn duties(anchor: keys::anchor::Id) -> Vec<Duty>;
		/// The machine registered under this key.
		fn machine(key: keys::machine::Id) -> Option<OwnMachine>;
		/// Leases on that machine that wait for an acknowledgement.
		fn pending_leases(machine: MachineId) -> Vec<PendingLease>;
	}
}
