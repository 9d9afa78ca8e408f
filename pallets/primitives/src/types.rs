//! Identifiers, units and the records that cross pallet boundaries.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::{PerThing, Perbill, Rounding};

/// Money, in the smallest unit of EXA: 10⁻¹² EXA.
pub type Balance = u128;
/// Time: the number of a BABE slot.
pub type Slot = u64;
/// A session, which is a BABE epoch.
pub type SessionIndex = u32;

/// Milli-devices in one device, and smallest units in one UTC.
pub const MILLI: u32 = 1_000;
/// The most devices a machine can have.
pub const MAX_DEVICES: u32 = 16;
/// The most leases that share one machine in one window: 16 devices of eight 125-milli shares.
pub const MAX_LEASES_PER_WINDOW: u32 = 128;
/// The most consecutive windows of one lease.
pub const MAX_WINDOWS: u32 = 24;
/// The longest endpoint, in bytes.
pub const MAX_ENDPOINT: u32 = 128;
/// The longest workload reference of a tenant, in bytes.
pub const MAX_WORKLOAD: u32 = 256;
/// The longest encrypted access record of a lease, in bytes.
pub const MAX_ACCESS: u32 = 512;

macro_rules! ids {
	($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
		$(#[$doc])*
		#[derive(
			Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize,
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug,
		)]
		#[serde(transparent)]
		pub struct $name(pub $inner);

		impl From<$inner> for $name {
			fn from(inner: $inner) -> Self {
				Self(inner)
			}
		}

		impl core::fmt::Display for $name {
			fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
				self.0.fmt(f)
			}
		}

		impl $name {
			/// The identifier that follows, or `None` at the end of the range.
			pub fn next(self) -> Option<Self> {
				self.0.checked_add(1).map(Self)
			}
		}
	)*};
}

ids! {
	/// A standard grade of hardware.
	ClassId(u32);
	/// A host with devices of one class.
	MachineId(u32);
	/// One typed term of a service level.
	ModuleId(u32);
	/// Up to eight modules for given kinds and workloads.
	TemplateId(u32);
	/// A UTC, which is also its asset id in `pallet-assets`.
	UtcId(u32);
	/// The right created by redeeming UTC.
	LeaseId(u64);
	/// A fixed-price listing.
	ListingId(u64);
	/// A deferred slash.
	SlashId(u32);
	/// A delivery interval of a class: slot ÷ the class's window length.
	WindowIndex(u32);
	/// A measuring interval: slot ÷ the chain's round length.
	RoundIndex(u32);
	/// Thousandths of a device. As an amount of UTC: thousandths of a device for one window.
	MilliDevices(u32);
}

impl MilliDevices {
	/// Whole devices.
	pub const fn devices(devices: u32) -> Self {
		Self(devices.saturating_mul(MILLI))
	}

	/// The sum, or `None` on overflow.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		self.0.checked_add(other.0).map(Self)
	}

	/// The difference, or `None` below zero.
	pub fn checked_sub(self, other: Self) -> Option<Self> {
		self.0.checked_sub(other.0).map(Self)
	}

	/// The difference, or zero: what is left of a supply is never negative.
	pub fn left_after(self, used: Self) -> Self {
		Self(self.0.saturating_sub(used.0))
	}

	/// What one lease may take: whole devices, or 500, 250 or 125 milli of one device.
	pub fn is_leasable(self) -> bool {
		self.0 > 0
			&& (self.0.is_multiple_of(MILLI) && self.0 / MILLI <= MAX_DEVICES
				|| matches!(self.0, 500 | 250 | 125))
	}
}

impl WindowIndex {
	/// The window that contains `slot`. Zero-length windows do not exist: `window_slots` of 0 is read as 1.
	pub fn at(slot: Slot, window_slots: u32) -> Self {
		Self(u32::try_from(slot / Slot::from(window_slots.max(1))).unwrap_or(u32::MAX))
	}

	/// The first slot of this window.
	pub fn start(self, window_slots: u32) -> Slot {
		Slot::from(self.0) * Slot::from(window_slots)
	}

	/// The first slot after this window.
	pub fn end(self, window_slots: u32) -> Slot {
		self.start(window_slots).saturating_add(Slot::from(window_slots))
	}
}

impl RoundIndex {
	/// The round that contains `slot`.
	pub fn at(slot: Slot, round_slots: u32) -> Self {
		Self(u32::try_from(slot / Slot::from(round_slots.max(1))).unwrap_or(u32::MAX))
	}

	/// The first slot of this round.
	pub fn start(self, round_slots: u32) -> Slot {
		Slot::from(self.0) * Slot::from(round_slots)
	}

	/// The first slot after this round.
	pub fn end(self, round_slots: u32) -> Slot {
		self.start(round_slots).saturating_add(Slot::from(round_slots))
	}
}

/// What a bond is for. Each role has a hold of its own.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
)]
pub enum Role {
	/// Produces and finalises blocks.
	Validator,
	/// Measures machines.
	Anchor,
	/// Offers machines.
	Service,
}

/// Kinds of hardware.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
)]
#[allow(missing_docs)]
pub enum ResourceKind {
	Gpu,
	Tpu,
	Npu,
	Qpu,
	Cpu,
}

/// Kinds of work that a service level suits.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
)]
#[allow(missing_docs)]
pub enum Workload {
	Training,
	FineTuning,
	Inference,
	Simulation,
	Rendering,
	Batch,
	Interactive,
}

/// How much of what a machine says of itself has been checked.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
)]
pub enum EvidenceTier {
	/// The machine's own word.
	SelfReported,
	/// Compute challenges passed.
	Challenged,
	/// Attested by the hardware.
	Attested,
}

/// What a UTC is keyed by.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Default,
	Debug,
)]
pub struct UtcKey {
	/// The grade of hardware.
	pub class: ClassId,
	/// The service level.
	pub template: TemplateId,
	/// The delivery interval.
	pub window: WindowIndex,
}

impl UtcKey {
	/// The same so many windows later. `None` beyond the last window.
	pub fn later(self, windows: u32) -> Option<Self> {
		Some(Self { window: WindowIndex(self.window.0.checked_add(windows)?), ..self })
	}
}

/// The auction trades of a class's UTC in one window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Traded {
	/// Volume-weighted price of one device for one window.
	pub price: Balance,
	/// Fees paid on the trades.
	pub fees: Balance,
}

/// A machine's way through its life.
///
/// `Registered → UnderTest → Online ⇄ Suspended`, `Online → Draining → Retired`; a machine that fails its
/// test goes back to `Registered`, and one that is not `Online` may retire at once.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Default,
	Debug,
)]
pub enum MachineState {
	/// Known, and not yet tested.
	#[default]
	Registered,
	/// Has an agreement and is being measured against it.
	UnderTest,
	/// May commit capacity and be given leases.
	Online,
	/// Measured, but given no new leases.
	Suspended,
	/// Serves its last leases.
	Draining,
	/// Gone for good.
	Retired,
}

/// What other pallets know of a class.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct ClassInfo {
	/// The kind of hardware.
	pub kind: ResourceKind,
	/// Length of a window in slots.
	pub window_slots: u32,
	/// Reference price of one device for one window.
	pub price: Balance,
	/// A short name for wallets, such as `H100-SXM5-80G`.
	pub name: Vec<u8>,
}

/// What other pallets know of a machine.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct MachineInfo<AccountId> {
	/// The service node that answers for it with its bond.
	pub owner: AccountId,
	/// Its grade of hardware.
	pub class: ClassId,
	/// Its number of devices.
	pub devices: u32,
	/// Where it is in its life.
	pub state: MachineState,
	/// The key that signs its reports, acknowledgements and probe answers.
	pub key: crate::keys::machine::Id,
	/// The session in which it was registered; committees are drawn from the next one on.
	pub registered_in: SessionIndex,
	/// Its commitments whose windows have not been closed. Leases exist only on those.
	pub open: u32,
	/// What it delivered over what it offered; `None` before the first window that it offered something in has closed.
	pub utilisation: Option<Perbill>,
}

/// What a holder redeems UTC for.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Redemption {
	/// Whole devices, or 500, 250 or 125 milli of one, in each window.
	pub amount: MilliDevices,
	/// The number of consecutive windows, the first of which is the UTC's; at most
	/// [`MAX_WINDOWS`].
	pub windows: u32,
	/// Whether the windows may be served by different machines. They are served by one where that is possible.
	pub may_move: bool,
	/// The least reliability of a machine, in thousandths; zero for any.
	pub floor: u16,
	/// A machine found off-chain: taken when it serves at least as well as what is found on chain.
	pub hint: Option<MachineId>,
	/// What to run: an opaque reference for the service node's provision hook.
	pub workload: BoundedVec<u8, ConstU32<MAX_WORKLOAD>>,
	/// The key that access is encrypted to (X25519).
	pub access_key: [u8; 32],
}

/// A sale of UTC that is minted with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sale<AccountId> {
	/// Who sells and mints.
	pub provider: AccountId,
	/// What is sold.
	pub utc: UtcId,
	/// How much.
	pub amount: MilliDevices,
	/// What the provider gets for it.
	pub proceeds: Balance,
	/// What is left of what was set aside for the offer.
	pub set_aside: Balance,
	/// Whose free balance the proceeds are in.
	pub payer: AccountId,
	/// Who gets the UTC.
	pub to: AccountId,
}

impl Redemption {
	/// One window of this much, on any machine, without a workload reference.
	pub fn new(amount: MilliDevices, access_key: [u8; 32]) -> Self {
		Self {
			amount,
			windows: 1,
			may_move: false,
			floor: 0,
			hint: None,
			workload: BoundedVec::default(),
			access_key,
		}
	}
}

/// A tenant's wish, as `utc` hands it to `rfl`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeaseRequest<AccountId> {
	/// Whose lease it will be.
	pub tenant: AccountId,
	/// What was burnt for its first window.
	pub key: UtcKey,
	/// The number of consecutive windows, at most [`MAX_WINDOWS`]; the same was burnt for each.
	pub windows: u32,
	/// Whether its segments may be on different machines. They are on one where that is possible.
	pub may_move: bool,
	/// Whole devices, or 500, 250 or 125 milli of one.
	pub amount: MilliDevices,
	/// The least reliability of a machine, in thousandths; zero for any.
	pub floor: u16,
	/// A machine found off-chain: taken when it serves all windows at least as well as what is found on chain.
	pub hint: Option<MachineId>,
	/// What to run: an opaque reference for the service node's provision hook.
	pub workload: BoundedVec<u8, ConstU32<MAX_WORKLOAD>>,
	/// The key that access is encrypted to (X25519).
	pub access_key: [u8; 32],
}

/// Where a lease is in its life.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub enum LeaseState {
	/// On a machine, waiting for its window or for the acknowledgement.
	Placed,
	/// Acknowledged: the tenant has access.
	Running,
	/// Served to the end of its window.
	Completed,
	/// Not served, and compensated from cover.
	Compensated,
	/// Ended by its tenant within the first tenth of it.
	Rejected,
}

/// What other pallets know of a lease.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct LeaseInfo<AccountId> {
	/// Whose it is.
	pub tenant: AccountId,
	/// The machine that serves it now.
	pub machine: MachineId,
	/// That machine's owner.
	pub provider: AccountId,
	/// What was redeemed.
	pub key: UtcKey,
	/// How much was redeemed.
	pub amount: MilliDevices,
	/// The first slot served.
	pub start: Slot,
	/// The first slot no longer served: the end of the window.
	pub end: Slot,
	/// Where it is in its life.
	pub state: LeaseState,
}

impl<AccountId> LeaseInfo<AccountId> {
	/// The share of the whole window that is still to be served at `now`.
	///
	/// Rounded down; zero from the end of the window on.
	pub fn remaining(&self, now: Slot, window_slots: u32) -> Perbill {
		let left = self.end.saturating_sub(now.max(self.start));
		Perbill::from_rational_with_rounding(left, Slot::from(window_slots.max(1)), Rounding::Down)
			.unwrap_or_default()
	}
}

/// What an anchor found in one round, or what a committee agreed on.
///
/// All integers, in the units that the SLA modules use.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
)]
pub struct Measurement {
	/// Answered probes in parts per million of all probes.
	pub availability: u32,
	/// Median latency of answered probes, in microseconds; `u32::MAX` when none was answered.
	pub latency_p50: u32,
	/// 99th percentile of latency, in microseconds; `u32::MAX` when none was answered.
	pub latency_p99: u32,
	/// Bandwidth from the machine to the anchor, in kilobits per second.
	pub bandwidth: u32,
	/// Wrong answers in parts per million of all answers; `None` when there was no answer.
	pub error_rate: Option<u32>,
	/// What a compute challenge gave, in parts per million of the class's reference; `None` in rounds without one.
	pub performance: Option<u32>,
}

impl Measurement {
	/// What is measured of a machine that never answers.
	pub const UNREACHABLE: Self = Self {
		availability: 0,
		latency_p50: u32::MAX,
		latency_p99: u32::MAX,
		bandwidth: 0,
		error_rate: None,
		performance: None,
	};
}

/// The end of a round for one machine.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub enum RoundOutcome {
	/// Enough anchors revealed; this is what they agree on.
	Measured(Measurement),
	/// Too few anchors revealed: neither a pass nor a breach.
	Missing,
}
