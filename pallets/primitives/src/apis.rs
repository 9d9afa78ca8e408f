//! Runtime APIs that nodes read.

use crate::{
	keys, Balance, ClassId, LeaseId, MachineId, MachineState, MilliDevices, RoundIndex, SessionIndex, Slot,
	UtcKey, WindowIndex,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

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

/// What an anchor's past rounds say of it.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub struct AnchorStanding {
	/// How near it was to what its committees agreed on; recent rounds weigh most.
	pub accuracy: Perbill,
	/// Machines' rounds in which it revealed and its committee agreed.
	pub agreed: u32,
	/// Machines' rounds for which it did not commit, or said that it could not measure.
	pub missed: u32,
	/// Machines' rounds for which it committed and did not reveal.
	pub withheld: u32,
	/// Rounds whose chosen sample it did not open.
	pub forged: u32,
}

/// A compute challenge of a machine in the current round.
///
/// It comes with the first block in or after its slot: that block's hash is the beacon, and what is said here as of that
/// block is the challenge.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct ChallengeDuty {
	/// The machine.
	pub machine: MachineId,
	/// The current round.
	pub round: RoundIndex,
	/// The slot in which all idle devices of the machine's class are challenged.
	pub slot: Slot,
	/// The seed of the round's session.
	pub seed: [u8; 32],
	/// The machine's devices that no lease has, by index.
	pub devices: Vec<u8>,
	/// Keys of the round's committee.
	pub anchors: Vec<keys::anchor::Id>,
	/// Rows and columns of a matrix.
	pub n: u32,
	/// Products in the chain.
	pub links: u32,
	/// Bytes of results that have to be at hand.
	pub memory: u64,
	/// What the class's device takes, in milliseconds.
	pub reference_millis: u64,
	/// The most that a device may take, in milliseconds.
	pub limit_millis: u64,
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

/// A lease that waits for its machine's acknowledgement, or that goes on without one.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct PendingLease {
	/// The lease, or the segment of one.
	pub lease: LeaseId,
	/// The first segment of the lease.
	pub series: LeaseId,
	/// Whether the segment before is, or was, served by the same machine, so that the access which the tenant has
	/// holds for this segment too. Nothing is to be provisioned or acknowledged then.
	pub continues: bool,
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

/// What a device of a class is quoted at in one window. Nothing is settled at a quote.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quote {
	/// The reference price of a device for a window: what UTC that opens now settles at, times its template's
	/// factor.
	pub reference: Balance,
	/// The price per compute: the reference price adjusted by utilisation and efficiency.
	pub price: Balance,
	/// The price per performance: what 10⁹ performance-slots (the class's `P` × slots) cost at `price`.
	pub per_performance: Balance,
	/// What is expected to be redeemed for the window, over what the class's online machines have.
	pub utilisation: Perbill,
	/// `RFL_efficiency` of the class.
	pub efficiency: Perbill,
}

/// What is known of the demand for a class in one window, in milli-devices.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExpectedDemand {
	/// The window.
	pub window: WindowIndex,
	/// What has been redeemed for it so far.
	pub redeemed: u64,
	/// What is expected to be redeemed for it in all.
	pub expected: u64,
	/// The capacity that should be held ready for it; at most what the class's online machines have.
	pub reserve: u64,
}

/// The demand for a class, in milli-devices.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct DemandForecast {
	/// Windows learnt from.
	pub observed: u32,
	/// By how much the forecast for the next window has been missed: a running mean.
	pub error: u64,
	/// The same with its sign: above zero when more was asked for than expected.
	pub bias: i64,
	/// Demand without season, after the last window learnt from.
	pub level: i64,
	/// Growth of the level per window.
	pub trend: i64,
	/// What the class's online machines have.
	pub capacity: u64,
	/// The windows to come, beginning with the current one; none while nothing has been learnt.
	pub ahead: Vec<ExpectedDemand>,
}

sp_api::decl_runtime_apis! {
	/// What nodes with a role ask the chain.
	pub trait RolesApi {
		/// The chain's time.
		fn time() -> Time;
		/// Machines that the anchor with this key has to measure now.
		fn duties(anchor: keys::anchor::Id) -> Vec<Duty>;
		/// What is known of the anchor with this key; `None` when no anchor has it.
		fn standing(anchor: keys::anchor::Id) -> Option<AnchorStanding>;
		/// The challenges that these machines have in the current round.
		fn challenges(machines: Vec<MachineId>) -> Vec<ChallengeDuty>;
		/// The machine registered under this key.
		fn machine(key: keys::machine::Id) -> Option<OwnMachine>;
		/// Leases on that machine, of its current window and the next, that wait for an acknowledgement or go on
		/// without one.
		fn pending_leases(machine: MachineId) -> Vec<PendingLease>;
	}

	/// What tenants, traders, providers and schedulers ask the resource federation layer.
	pub trait RflApi {
		/// The machine that serves `amount` of this UTC and of those of the windows after it, `windows` in all, best
		/// of all whose reliability is at least `floor` thousandths and whose owners may deliver: the hint for
		/// redeeming them. `None` when it fits nowhere.
		fn placement_hint(key: UtcKey, windows: u32, amount: MilliDevices, floor: u16) -> Option<MachineId>;
		/// `RFL_efficiency` over the online machines of a class, or of all classes.
		fn efficiency(class: Option<ClassId>) -> Perbill;
		/// What a device of a class is quoted at in the current window or one that may be committed; `None` for
		/// other windows and unknown classes.
		fn quote(class: ClassId, window: WindowIndex) -> Option<Quote>;
		/// The demand for a class in the next `windows` windows, beginning with the current one, but not beyond
		/// those that may be committed. `None` for an unknown class.
		fn forecast(class: ClassId, windows: u32) -> Option<DemandForecast>;
	}
}
