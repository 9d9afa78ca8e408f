//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_math::{
	efficiency, forecast,
	placement::{Demand, DeviceDemand, Room, WHOLE},
	pricing::{self, Reference, LEAST_PRICE},
};
use exabits_primitives::{
	keys, Balance, ClassId, EvidenceTier, LeaseId, LeaseInfo, LeaseState, MachineId, MachineState,
	MilliDevices, ResourceKind, SessionIndex, Slot, TemplateId, UtcKey, WindowIndex, MAX_ACCESS, MAX_DEVICES,
	MAX_ENDPOINT, MAX_LEASES_PER_WINDOW, MAX_WORKLOAD, MILLI,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// The longest name of a class, in bytes.
pub const MAX_NAME: u32 = 32;

/// How many times a class's first price its highest is, and its lowest goes into it.
const PRICE_RANGE: Balance = 10;

/// A class's name.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME>>;
/// Where a machine answers.
pub type Endpoint = BoundedVec<u8, ConstU32<MAX_ENDPOINT>>;
/// What a tenant needs to reach a lease, encrypted to the tenant's key.
pub type Access = BoundedVec<u8, ConstU32<MAX_ACCESS>>;
/// Devices by index, with the milli-devices taken of each.
pub type Devices = BoundedVec<(u8, u16), ConstU32<MAX_DEVICES>>;

/// A standard grade of hardware.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Class {
	/// A short name for people and wallets.
	pub name: Name,
	/// The kind of hardware.
	pub kind: ResourceKind,
	/// Length of a window in slots.
	pub window_slots: u32,
	/// Slots that a machine has from a lease's start to acknowledge it.
	pub acknowledge_slots: u32,
	/// Reference price of one device for one window: where it starts, and from then on where it is.
	pub price: Balance,
	/// The performance metric `P` of one device, in the class's own unit.
	pub performance: u64,
	/// Host share of one device: virtual CPUs.
	pub vcpus: u32,
	/// Host share of one device: memory in MiB.
	pub memory_mib: u32,
	/// A device's own memory in MiB.
	pub device_memory_mib: u32,
	/// What a device does in a compute challenge: 10⁹ multiply-adds of 8-bit integers per second. Zero for a class whose
	/// machines are not challenged.
	pub int8_rate: u32,
	/// How much of what its machines say of themselves has been checked.
	pub tier: EvidenceTier,
}

impl Class {
	/// What a lease of this much asks of a machine: devices, with the class's host share of them. `None` when it
	/// cannot be leased.
	pub fn demand(&self, amount: MilliDevices) -> Option<Demand> {
		if !amount.is_leasable() {
			return None;
		}
		let devices = match u16::try_from(amount.0) {
			Ok(share) if share < WHOLE => DeviceDemand::Share(share),
			_ => DeviceDemand::Whole(u8::try_from(amount.0.checked_div(MILLI)?).ok()?),
		};
		let memory = u64::from(self.memory_mib).checked_mul(amount.0.into())?.checked_div(MILLI.into())?;
		Some(Demand {
			vcpu_milli: self.vcpus.checked_mul(amount.0)?,
			memory_mib: u32::try_from(memory).ok()?,
			devices,
		})
	}
}

/// How a class is priced and how its demand is forecast. Governed.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Parameters {
	/// The range of the reference price.
	pub bounds: pricing::Bounds,
	/// How quotes differ from the reference price.
	pub quotes: pricing::Adjustment,
	/// How demand is forecast.
	pub forecast: forecast::Parameters,
}

impl Parameters {
	/// What a class begins with: bounds of a tenth of its first price, but no less than a price may be, and of
	/// ten times that price. `None` when that is too much.
	pub fn around(price: Balance) -> Option<Self> {
		let min = price.checked_div(PRICE_RANGE)?.max(LEAST_PRICE);
		Some(Self {
			bounds: pricing::Bounds { min, max: price.checked_mul(PRICE_RANGE)? },
			quotes: Default::default(),
			forecast: Default::default(),
		})
	}

	/// Whether each part allows itself to be used.
	pub fn is_valid(&self) -> bool {
		self.bounds.is_valid() && self.quotes.is_valid() && self.forecast.is_valid()
	}
}

/// What a class's windows have taught.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct History {
	/// The reference price, the market's prices, and the last window counted.
	pub reference: Reference,
	/// Demand.
	pub forecast: forecast::Forecast,
}

/// What a machine delivered and offered, in milli-device-slots that fade with each window.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Utilisation {
	/// Time served on leases.
	pub delivered: u64,
	/// Time committed.
	pub offered: u64,
	/// The last window counted.
	pub window: WindowIndex,
}

impl Utilisation {
	/// Delivered over offered.
	pub fn share(&self) -> Perbill {
		efficiency::utilisation(self.delivered, self.offered)
	}

	/// The record with one closed window added. `None` on overflow.
	pub fn with(&self, window: WindowIndex, delivered: u64, offered: u64) -> Option<Self> {
		let passed = window.0.saturating_sub(self.window.0);
		Some(Self {
			delivered: efficiency::decay(self.delivered, passed).checked_add(delivered)?,
			offered: efficiency::decay(self.offered, passed).checked_add(offered)?,
			window: self.window.max(window),
		})
	}
}

/// A host with devices of one class.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Machine<AccountId> {
	/// The service node that answers for it with its bond.
	pub owner: AccountId,
	/// Its grade of hardware.
	pub class: ClassId,
	/// Its number of devices.
	pub devices: u32,
	/// Its virtual CPUs.
	pub vcpus: u32,
	/// Its memory in MiB.
	pub memory_mib: u32,
	/// The key that signs its reports, acknowledgements and probe answers.
	pub key: keys::machine::Id,
	/// Where it answers.
	pub endpoint: Endpoint,
	/// Where it is in its life.
	pub state: MachineState,
	/// The session in which it was registered.
	pub registered_in: SessionIndex,
	/// The part of its owner's service bond set aside for it.
	pub reserved: Balance,
	/// Its commitments whose windows have not been closed.
	pub open: u32,
	/// What it delivered and offered so far.
	pub utilisation: Utilisation,
}

impl<AccountId> Machine<AccountId> {
	/// Whether it is out of service with commitments that are not closed.
	pub fn is_absent(&self) -> bool {
		matches!(self.state, MachineState::Suspended | MachineState::Draining) && self.open > 0
	}

	/// What so many of its devices offer, with their part of the host. `None` when it has fewer.
	pub fn room(&self, devices: u32) -> Option<Room> {
		if devices > self.devices {
			return None;
		}
		let part = |has: u64| {
			let part = has.checked_mul(devices.into())?.checked_div(self.devices.into())?;
			// What is beyond the range no lease can ask for.
			Some(u32::try_from(part).unwrap_or(u32::MAX))
		};
		let vcpu_milli = part(u64::from(self.vcpus).checked_mul(MILLI.into())?)?;
		let free = [WHOLE; MAX_DEVICES as usize];
		Room::new(vcpu_milli, part(self.memory_mib.into())?, free.get(..usize::try_from(devices).ok()?)?)
	}
}

/// A machine's capacity in one window.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Commitment {
	/// The service level; with the machine's class and the window it names the UTC.
	pub template: TemplateId,
	/// How many devices are committed.
	pub devices: u32,
	/// What no lease has taken of them and of their part of the host.
	pub room: Room,
	/// Leases placed here and not finished.
	pub leases: BoundedVec<LeaseId, ConstU32<MAX_LEASES_PER_WINDOW>>,
	/// Leases that ran here and were rejected, each with the slot of that: with those placed here no more than these may
	/// be.
	pub rejected: BoundedVec<(LeaseId, Slot), ConstU32<MAX_LEASES_PER_WINDOW>>,
	/// The slot in which the machine was evacuated: from then on its leases here are failing, and it is given
	/// no others.
	pub closed_at: Option<Slot>,
	/// Time served by leases that are finished or gone, in milli-device-slots.
	pub served: u64,
	/// The slot whose queue holds the window's close.
	pub closes_at: Slot,
}

impl Commitment {
	/// What was committed.
	pub fn committed(&self) -> MilliDevices {
		MilliDevices::devices(self.devices)
	}

	/// Adds a lease to those placed here. `false` when there are as many as one window may have.
	pub fn take_in(&mut self, lease: LeaseId) -> bool {
		let count = self.leases.len().saturating_add(self.rejected.len());
		u32::try_from(count).is_ok_and(|count| count < MAX_LEASES_PER_WINDOW)
			&& self.leases.try_push(lease).is_ok()
	}
}

/// The right created by redeeming UTC of one window: a lease, or the segment of one that has several windows.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Lease<AccountId> {
	/// Whose it is.
	pub tenant: AccountId,
	/// The lease's first segment; the others are numbered on from it, window by window.
	pub series: LeaseId,
	/// Whether it is to be on one machine with the lease's other segments, so that nobody moves it who only found a
	/// better place.
	pub stays: bool,
	/// The machine that serves it, or served it last.
	pub machine: MachineId,
	/// That machine's owner.
	pub provider: AccountId,
	/// What was redeemed.
	pub key: UtcKey,
	/// How much was redeemed.
	pub amount: MilliDevices,
	/// The least reliability, in thousandths, of a machine that it is given.
	pub floor: u16,
	/// The devices taken.
	pub devices: Devices,
	/// The first slot served.
	pub start: Slot,
	/// The first slot no longer served: the end of the window.
	pub end: Slot,
	/// The last slot in which the machine may acknowledge it, when there is no gap in blocks until then.
	pub acknowledge_by: Slot,
	/// The slot whose queue holds its start, until it has started, and then its acknowledgement's deadline.
	pub due: Slot,
	/// Where it is in its life.
	pub state: LeaseState,
	/// The slot of the acknowledgement; of a segment that goes on as the one before it did, its start.
	pub running_since: Option<Slot>,
	/// Whether it has failed on a machine and been moved to another, which happens once at most.
	pub moved: bool,
	/// Whether it has been moved to a better place before it started, which happens once at most.
	pub improved: bool,
	/// The tenant's workload reference.
	pub workload: BoundedVec<u8, ConstU32<MAX_WORKLOAD>>,
	/// The tenant's key for access.
	pub access_key: [u8; 32],
	/// Access, once acknowledged.
	pub access: Option<Access>,
}

impl<AccountId: Clone> Lease<AccountId> {
	/// What other pallets are told of it.
	pub fn info(&self) -> LeaseInfo<AccountId> {
		LeaseInfo {
			tenant: self.tenant.clone(),
			machine: self.machine,
			provider: self.provider.clone(),
			key: self.key,
			amount: self.amount,
			start: self.start,
			end: self.end,
			state: self.state,
		}
	}

	/// Milli-device-slots served up to `until`; zero when it never ran. `None` on overflow.
	pub fn served(&self, until: Slot) -> Option<u64> {
		let since = self.running_since.unwrap_or(self.end);
		until.min(self.end).saturating_sub(since).checked_mul(u64::from(self.amount.0))
	}
}

/// Where the search for leases to take off a machine, which is not in service, has got to.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Departure {
	/// The machine.
	pub machine: MachineId,
	/// The window.
	pub window: WindowIndex,
	/// The first of the window's leases that has not been tried.
	pub lease: LeaseId,
}

/// The two sums behind `RFL_efficiency`, over machines that are online.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Sums {
	/// `Σ P·U`, in parts per billion of `P`.
	pub weighted: u128,
	/// `Σ P`.
	pub performance: u128,
}

impl Sums {
	/// With one machine's part added. `None` on overflow.
	pub fn plus(self, (weighted, performance): (u128, u128)) -> Option<Self> {
		Some(Self {
			weighted: self.weighted.checked_add(weighted)?,
			performance: self.performance.checked_add(performance)?,
		})
	}

	/// With one machine's part taken away. `None` when there is less than that.
	pub fn minus(self, (weighted, performance): (u128, u128)) -> Option<Self> {
		Some(Self {
			weighted: self.weighted.checked_sub(weighted)?,
			performance: self.performance.checked_sub(performance)?,
		})
	}

	/// The efficiency.
	pub fn efficiency(&self) -> Perbill {
		efficiency::efficiency(self.weighted, self.performance)
	}
}
