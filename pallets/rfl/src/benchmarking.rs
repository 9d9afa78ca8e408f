//! Benchmarks.

use crate::*;
use alloc::vec::Vec;
use exabits_math::{
	forecast,
	placement::{
		choice::{BEST, CANDIDATES, MORE, PAGE},
		typical::{MAX_TYPICAL, USUAL},
		Demand, DeviceDemand, Move, Room, Taken, Typical, Weights, MAX_MOVES,
	},
	pricing,
};
use exabits_primitives::{
	keys::machine, Balance, ClassId, Clock, EvidenceTier, LeaseId, LeaseRequest, LeaseState, MachineId,
	MachineState, Machines as _, MilliDevices, ResourceKind, Slot, TemplateId, UtcKey, WindowIndex,
	MAX_ACCESS, MAX_ENDPOINT, MAX_WINDOWS, MAX_WORKLOAD,
};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{Authorize, EnsureOrigin, Get},
	weights::{Weight, WeightMeter},
};
use frame_system::RawOrigin;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::transaction_validity::TransactionSource;

/// What benchmarks need of the pallets around this one.
pub trait BenchmarkHelper<AccountId> {
	/// Makes `slot` the current slot.
	fn set_slot(slot: Slot);
	/// Gives `owner` a service bond that suffices for a few machines.
	fn bond(owner: &AccountId);
	/// Gives a machine an active agreement, and returns its template.
	fn agree(machine: MachineId) -> TemplateId;
	/// Makes `provider`, who has committed as much, able to deliver `amount` of this UTC.
	fn mint(provider: &AccountId, key: &UtcKey, amount: MilliDevices);
	/// Gives a lease a fee, out of which a better place for it is paid.
	fn pay(lease: LeaseId);
}

const WINDOW_SLOTS: u32 = 3_600;
const ACKNOWLEDGE_SLOTS: u32 = 150;
const CLASS: ClassId = ClassId(0);
const WINDOW: WindowIndex = WindowIndex(101);

fn start() -> Slot {
	WINDOW.start(WINDOW_SLOTS)
}

fn class() -> Class {
	Class {
		name: alloc::vec![b'x'; MAX_NAME as usize].try_into().unwrap_or_default(),
		kind: ResourceKind::Gpu,
		window_slots: WINDOW_SLOTS,
		acknowledge_slots: ACKNOWLEDGE_SLOTS,
		price: 1_000_000_000_000,
		performance: 1_000,
		vcpus: 8,
		memory_mib: 65_536,
		device_memory_mib: 81_920,
		int8_rate: 1_000_000,
		tier: EvidenceTier::SelfReported,
	}
}

fn endpoint() -> Endpoint {
	alloc::vec![b'x'; MAX_ENDPOINT as usize].try_into().unwrap_or_default()
}

fn access() -> Access {
	alloc::vec![1u8; MAX_ACCESS as usize].try_into().unwrap_or_default()
}

/// The class, one window before [`WINDOW`].
fn set_up<T: Config>() {
	T::BenchmarkHelper::set_slot(start() - 1);
	assert_ok!(Pallet::<T>::do_create_class(class()));
}

/// A history in which each of the last windows had trades and demand, up to the one before [`WINDOW`].
fn history(bounds: &pricing::Bounds) -> Result<History, BenchmarkError> {
	let first = WINDOW.0 - 2 * forecast::MAX_LENGTH;
	let mut reference =
		pricing::Reference::new(bounds.max, WindowIndex(first - 1), bounds).ok_or("bounds are valid")?;
	let mut forecast = forecast::Forecast::default();
	for window in (first..WINDOW.0).map(WindowIndex) {
		let trades = pricing::Trades::default().with(bounds.min, MilliDevices(window.0), 1);
		let trades = trades.ok_or("trades fit")?;
		reference = reference.close(window, &trades, 0, bounds).ok_or("the window follows")?;
		let demand = u64::from(window.0) * 1_000;
		forecast = forecast
			.observe(window, demand, forecast::Gap::Idle, &Default::default())
			.ok_or("the window follows")?;
	}
	Ok(History { reference, forecast })
}

/// A registered machine of an owner of its own.
fn registered<T: Config>(devices: u32) -> Result<(MachineId, T::AccountId), BenchmarkError> {
	let machine = NextMachine::<T>::get();
	let owner: T::AccountId = account("owner", machine.0, 0);
	T::BenchmarkHelper::bond(&owner);
	let key = machine::Id::generate_pair(None);
	let proof = key.sign(&Pallet::<T>::registration_payload(&owner)).ok_or("no signature")?;
	let host = (8 * devices, 65_536 * devices);
	Pallet::<T>::do_register_machine(owner.clone(), CLASS, devices, host, (key, proof), endpoint())?;
	Ok((machine, owner))
}

/// A machine online with an agreement.
fn online<T: Config>(devices: u32) -> Result<(MachineId, T::AccountId, UtcKey), BenchmarkError> {
	let (machine, owner) = registered::<T>(devices)?;
	let template = T::BenchmarkHelper::agree(machine);
	if Pallet::<T>::machine(machine).is_some_and(|info| info.state == MachineState::Registered) {
		Pallet::<T>::test(machine)?;
	}
	if Pallet::<T>::machine(machine).is_some_and(|info| info.state == MachineState::UnderTest) {
		Pallet::<T>::online(machine)?;
	}
	Ok((machine, owner, UtcKey { class: CLASS, template, window: WINDOW }))
}

/// A machine with all its devices committed to [`WINDOW`], whose owner has minted nothing against them.
fn idle<T: Config>(devices: u32) -> Result<(MachineId, T::AccountId, UtcKey), BenchmarkError> {
	let (machine, owner, key) = online::<T>(devices)?;
	Pallet::<T>::do_commit(owner.clone(), machine, WINDOW, devices)?;
	Ok((machine, owner, key))
}

/// A machine with all its devices committed to [`WINDOW`] and minted.
fn committed<T: Config>(devices: u32) -> Result<(MachineId, T::AccountId, UtcKey), BenchmarkError> {
	let (machine, owner, key) = idle::<T>(devices)?;
	T::BenchmarkHelper::mint(&owner, &key, MilliDevices::devices(devices));
	Ok((machine, owner, key))
}

fn request<T: Config>(key: UtcKey, amount: u32) -> LeaseRequest<T::AccountId> {
	LeaseRequest {
		tenant: account("tenant", 0, 0),
		key,
		windows: 1,
		may_move: false,
		amount: MilliDevices(amount),
		floor: 0,
		hint: None,
		workload: alloc::vec![1u8; MAX_WORKLOAD as usize].try_into().unwrap_or_default(),
		access_key: [7; 32],
	}
}

/// A lease of `amount` on that machine.
fn placed<T: Config>(machine: MachineId, key: UtcKey, amount: u32) -> Result<LeaseId, BenchmarkError> {
	let hinted = LeaseRequest { hint: Some(machine), ..request::<T>(key, amount) };
	Ok(<Pallet<T> as exabits_primitives::Leases<T::AccountId>>::place(hinted)?)
}

/// A machine like `model`, of an owner who may deliver nothing, that is committed to [`WINDOW`] and has `room`.
fn like<T: Config>(model: MachineId, key: UtcKey, room: Room) -> Result<(), BenchmarkError> {
	let machine = NextMachine::<T>::get();
	NextMachine::<T>::put(MachineId(machine.0 + 1));
	let owner = account("crowd", machine.0, 0);
	let record = Machines::<T>::get(model).ok_or("no machine")?;
	let commitment = Commitments::<T>::get(model, WINDOW).ok_or("no commitment")?;
	Machines::<T>::insert(machine, Machine { owner, ..record });
	Commitments::<T>::insert(machine, WINDOW, Commitment { room, leases: Default::default(), ..commitment });
	Ok(Pallet::<T>::enter(key, machine, room)?)
}

/// As many kinds of request as are told apart.
fn learned<T: Config>() {
	let mut typical = Typical::default();
	for kind in 0..u16::try_from(MAX_TYPICAL).unwrap_or_default() {
		let devices = DeviceDemand::Share(kind + 1);
		typical.note(&Demand { vcpu_milli: 1, memory_mib: 1, devices }, USUAL);
	}
	Typicals::<T>::insert(CLASS, typical);
}

/// Full pages in as many buckets as a choice ranks, of machines with as many ways to serve a share as there are.
/// All cost less than `model` and all but it refuse, so that as many are asked as a choice returns.
fn crowd<T: Config>(model: MachineId, key: UtcKey) -> Result<(), BenchmarkError> {
	learned::<T>();
	let parts = [875u16, 750, 625, 500, 375, 250, 125];
	for whole in 1..=8usize {
		let free: Vec<u16> = core::iter::repeat_n(1_000, whole).chain(parts).collect();
		for step in 0..8u32 {
			let room = Room::new(2_000 << step, u32::MAX, &free).ok_or("no room")?;
			for _ in 0..PAGE {
				like::<T>(model, key, room)?;
			}
		}
	}
	Ok(())
}

/// As many full pages as a choice reads, but for one, of machines that seem to serve and lack memory, and on the
/// last page one that serves.
fn scarce<T: Config>(model: MachineId, key: UtcKey) -> Result<(), BenchmarkError> {
	learned::<T>();
	let serving = Commitments::<T>::get(model, WINDOW).ok_or("no commitment")?.room;
	Pallet::<T>::withdraw(key, model).map_err(|_| "not indexed")?;
	for _ in 0..PAGE {
		like::<T>(model, key, Room::new(serving.vcpu_milli, 0, serving.free()).ok_or("no room")?)?;
	}
	Pallet::<T>::enter(key, model, serving)?;
	let others = u32::try_from(BEST + MORE - 2).unwrap_or_default();
	for bucket in 0..others {
		let devices = usize::try_from(bucket + 1).unwrap_or_default();
		let room = Room::new(u32::MAX, 0, &[1_000; 16][..devices]).ok_or("no room")?;
		for _ in 0..PAGE {
			like::<T>(model, key, room)?;
		}
	}
	Ok(())
}

#[benchmarks(where <T as frame_system::Config>::RuntimeCall: From<Call<T>>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn create_class() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let origin = T::CurateOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class());

		assert!(Classes::<T>::contains_key(ClassId(1)));
		Ok(())
	}

	#[benchmark]
	fn set_price() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let origin = T::CurateOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let price: Balance = class().price + 1;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, CLASS, price);

		assert_eq!(Classes::<T>::get(CLASS).map(|class| class.price), Some(price));
		Ok(())
	}

	#[benchmark]
	fn register_machine() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let owner: T::AccountId = whitelisted_caller();
		T::BenchmarkHelper::bond(&owner);
		let key = machine::Id::generate_pair(None);
		let proof = key.sign(&Pallet::<T>::registration_payload(&owner)).ok_or("no signature")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), CLASS, 16, 128, 1_048_576, key, proof, endpoint());

		assert!(Machines::<T>::contains_key(MachineId(0)));
		Ok(())
	}

	#[benchmark]
	fn set_endpoint() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, owner) = registered::<T>(16)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), machine, endpoint());

		Ok(())
	}

	#[benchmark]
	fn drain() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, owner, _) = online::<T>(16)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), machine);

		assert_eq!(Machines::<T>::get(machine).map(|m| m.state), Some(MachineState::Retired));
		Ok(())
	}

	#[benchmark]
	fn retire() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, owner, _) = online::<T>(16)?;
		Pallet::<T>::suspend(machine)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), machine);

		assert_eq!(Machines::<T>::get(machine).map(|m| m.state), Some(MachineState::Retired));
		Ok(())
	}

	#[benchmark]
	fn commit() -> Result<(), BenchmarkError> {
		set_up::<T>();
		for _ in 0..PAGE {
			idle::<T>(1)?;
		}
		let (machine, owner, _) = online::<T>(16)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), machine, WINDOW, 16);

		assert!(Commitments::<T>::contains_key(machine, WINDOW));
		Ok(())
	}

	#[benchmark]
	fn uncommit() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, owner, _) = online::<T>(16)?;
		Pallet::<T>::do_commit(owner.clone(), machine, WINDOW, 16)?;
		// The last entry of another page fills the gap.
		for _ in 0..PAGE {
			idle::<T>(1)?;
		}

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), machine, WINDOW);

		assert!(!Commitments::<T>::contains_key(machine, WINDOW));
		Ok(())
	}

	#[benchmark]
	fn acknowledge() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, _, key) = committed::<T>(16)?;
		let lease = placed::<T>(machine, key, 16_000)?;
		T::BenchmarkHelper::set_slot(start());
		let signature = machine::Id::generate_pair(None).sign(&[0u8]).ok_or("no signature")?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, lease, access(), signature);

		assert_eq!(Leases::<T>::get(lease).map(|lease| lease.state), Some(LeaseState::Running));
		Ok(())
	}

	#[benchmark]
	fn authorize_acknowledge() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, _, key) = committed::<T>(16)?;
		let lease = placed::<T>(machine, key, 16_000)?;
		T::BenchmarkHelper::set_slot(start());
		let record = Leases::<T>::get(lease).ok_or("no lease")?;
		let signature = Machines::<T>::get(machine)
			.and_then(|m| m.key.sign(&Pallet::<T>::acknowledgement_payload(lease, &record, &access())))
			.ok_or("no signature")?;
		let call: <T as frame_system::Config>::RuntimeCall =
			Call::acknowledge { lease, access: access(), signature }.into();

		#[block]
		{
			call.authorize(TransactionSource::InBlock)
				.ok_or("not an authorised call")?
				.map_err(|_| "not authorised")?;
		}
		Ok(())
	}

	/// The most comparisons: see [`crowd`]. The hint is looked at as well.
	#[benchmark]
	fn place_crowded() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, _, key) = committed::<T>(16)?;
		crowd::<T>(machine, key)?;
		let wish = LeaseRequest { hint: Some(machine), ..request::<T>(key, 125) };

		#[block]
		{
			<Pallet<T> as exabits_primitives::Leases<T::AccountId>>::place(wish)?;
		}

		assert_eq!(NextLease::<T>::get(), LeaseId(1));
		Ok(())
	}

	/// The most pages: see [`scarce`].
	#[benchmark]
	fn place_scarce() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, _, key) = committed::<T>(16)?;
		scarce::<T>(machine, key)?;
		let wish = LeaseRequest { hint: Some(machine), ..request::<T>(key, 1_000) };

		#[block]
		{
			<Pallet<T> as exabits_primitives::Leases<T::AccountId>>::place(wish)?;
		}

		assert_eq!(Leases::<T>::get(LeaseId(0)).map(|lease| lease.machine), Some(machine));
		Ok(())
	}

	/// As many machines as a choice returns serve all windows but for the last, in which only the one that costs most, and
	/// is hinted at, can deliver.
	#[benchmark]
	fn place_windows(
		n: Linear<2, { MAX_WINDOWS.min(T::MaxWindowsAhead::get()) }>,
	) -> Result<(), BenchmarkError> {
		set_up::<T>();
		learned::<T>();
		let last = WINDOW.0 + n - 1;
		let mut serving = None;
		for of in 0..u32::try_from(CANDIDATES).unwrap_or_default() {
			let (machine, owner, key) = online::<T>(16)?;
			for window in WINDOW.0..=last {
				let key = UtcKey { window: WindowIndex(window), ..key };
				// The others have less free, so that they cost less and are examined first.
				let devices = if of == 0 { 16 } else { 8 };
				Pallet::<T>::do_commit(owner.clone(), machine, key.window, devices)?;
				if of == 0 || window < last {
					T::BenchmarkHelper::mint(&owner, &key, MilliDevices::devices(1));
				}
			}
			if of == 0 {
				serving = Some((machine, key));
			}
		}
		let (machine, key) = serving.ok_or("no machine")?;
		let wish = LeaseRequest { windows: n, hint: Some(machine), ..request::<T>(key, 1_000) };

		#[block]
		{
			<Pallet<T> as exabits_primitives::Leases<T::AccountId>>::place(wish)?;
		}

		assert_eq!(NextLease::<T>::get(), LeaseId(n.into()));
		Ok(())
	}

	/// The lease is of the last window that is looked at.
	#[benchmark]
	fn sweep_departure() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let window = WindowIndex(WINDOW.0 - 1 + T::MaxWindowsAhead::get());
		let mut from = None;
		for _ in 0..2 {
			let (machine, owner, key) = online::<T>(1)?;
			let key = UtcKey { window, ..key };
			Pallet::<T>::do_commit(owner.clone(), machine, window, 1)?;
			T::BenchmarkHelper::mint(&owner, &key, MilliDevices::devices(1));
			if from.is_none() {
				from = Some((machine, placed::<T>(machine, key, 1_000)?));
			}
		}
		let (machine, lease) = from.ok_or("no machine")?;
		Pallet::<T>::suspend(machine)?;
		let now = T::Clock::now();

		#[block]
		{
			Pallet::<T>::departure_due(now, Departure { machine, window: WINDOW, lease: LeaseId(0) });
		}

		assert!(Leases::<T>::get(lease).is_some_and(|lease| lease.machine != machine));
		Ok(())
	}

	/// Each lease goes from a machine of its own to another one.
	#[benchmark]
	fn improve(n: Linear<1, MAX_MOVES>) -> Result<(), BenchmarkError> {
		set_up::<T>();
		let mut halves = Vec::new();
		for _ in 0..2 * n {
			// The machines before are out of the way, so that each gets its lease.
			let (machine, _, key) = committed::<T>(2)?;
			let lease = placed::<T>(machine, key, 500)?;
			T::BenchmarkHelper::pay(lease);
			Pallet::<T>::withdraw(key, machine).map_err(|_| "not indexed")?;
			halves.push((machine, key, lease));
		}
		let mut typical = Typical::default();
		for devices in [DeviceDemand::Whole(1), DeviceDemand::Whole(2)] {
			typical.note(&Demand { vcpu_milli: 0, memory_mib: 0, devices }, USUAL);
		}
		Typicals::<T>::insert(CLASS, typical);
		let mut of = None;
		for (machine, key, _) in &halves {
			of = Some(*key);
			let room = Commitments::<T>::get(machine, WINDOW).ok_or("no commitment")?.room;
			Pallet::<T>::enter(*key, *machine, room)?;
		}
		let taken = Taken::from_pairs(&[(0, 500)]).ok_or("no devices")?;
		let moves: Vec<_> =
			halves.chunks_exact(2).map(|pair| Move { lease: pair[0].2, machine: pair[1].0, taken }).collect();
		let by: T::AccountId = whitelisted_caller();
		T::BenchmarkHelper::bond(&by);
		let key = of.ok_or("no moves")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(by), key, moves.try_into().map_err(|_| "too many moves")?);

		assert!(Leases::<T>::get(halves[0].2).is_some_and(|lease| lease.machine == halves[1].0));
		Ok(())
	}

	#[benchmark]
	fn set_weights() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let origin = T::CurateOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let weights = Weights { load: -1, ..Default::default() };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, CLASS, weights);

		assert_eq!(PlacementWeights::<T>::get(CLASS), weights);
		Ok(())
	}

	#[benchmark]
	fn sweep_slot() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let now = T::Clock::now();
		AcknowledgementsCursor::<T>::put(now);
		let mut meter = WeightMeter::with_limit(Weight::MAX);

		#[block]
		{
			AcknowledgementQueue::<T>::sweep(now, &mut meter, Weight::zero(), Weight::zero(), |_| ());
		}

		assert_eq!(AcknowledgementsCursor::<T>::get(), Some(now + 1));
		Ok(())
	}

	/// The second segment of a lease, so that the first is looked at as well.
	#[benchmark]
	fn sweep_acknowledgement() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let mut of = None;
		for _ in 0..2 {
			let (machine, owner, key) = online::<T>(1)?;
			for window in [WINDOW.0, WINDOW.0 + 1] {
				let key = UtcKey { window: WindowIndex(window), ..key };
				Pallet::<T>::do_commit(owner.clone(), machine, key.window, 1)?;
				T::BenchmarkHelper::mint(&owner, &key, MilliDevices::devices(1));
			}
			if of.is_none() {
				let wish = LeaseRequest { windows: 2, ..request::<T>(key, 1_000) };
				of = Some(<Pallet<T> as exabits_primitives::Leases<T::AccountId>>::place(wish)?);
			}
		}
		let lease = of.and_then(LeaseId::next).ok_or("no lease")?;
		T::BenchmarkHelper::set_slot(start() + Slot::from(WINDOW_SLOTS + ACKNOWLEDGE_SLOTS) + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(whitelisted_caller()), lease);

		assert_eq!(Leases::<T>::get(lease).map(|lease| lease.moved), Some(true));
		Ok(())
	}

	#[benchmark]
	fn close_commitment(n: Linear<0, { T::MaxLeasesPerStep::get() }>) -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, owner, key) = committed::<T>(16)?;
		let leases = (0..n).map(|_| placed::<T>(machine, key, 125)).collect::<Result<Vec<_>, _>>()?;
		for _ in 0..PAGE {
			idle::<T>(1)?;
		}
		// The dearer end: no lease ran, all are compensated, and the machine retires with its last commitment.
		Pallet::<T>::do_drain(owner.clone(), machine)?;
		T::BenchmarkHelper::set_slot(Pallet::<T>::closes_at(WINDOW, WINDOW_SLOTS));

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), machine, WINDOW);

		assert!(!Commitments::<T>::contains_key(machine, WINDOW));
		for lease in leases {
			assert_eq!(Leases::<T>::get(lease).map(|l| l.state), Some(LeaseState::Compensated));
		}
		Ok(())
	}

	#[benchmark]
	fn sweep_failure() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, _, key) = committed::<T>(1)?;
		committed::<T>(1)?;
		let lease = placed::<T>(machine, key, 1_000)?;
		T::BenchmarkHelper::set_slot(start());
		Pallet::<T>::do_acknowledge(lease, access())?;
		<Pallet<T> as exabits_primitives::Leases<T::AccountId>>::evacuate(machine)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(whitelisted_caller()), lease);

		assert_eq!(Leases::<T>::get(lease).map(|lease| lease.moved), Some(true));
		Ok(())
	}

	#[benchmark]
	fn prune_lease() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let (machine, _, key) = committed::<T>(1)?;
		let lease = placed::<T>(machine, key, 1_000)?;
		T::BenchmarkHelper::set_slot(Pallet::<T>::closes_at(WINDOW, WINDOW_SLOTS));
		Pallet::<T>::close_step(machine, WINDOW)?;
		let last = WindowIndex(WINDOW.0 + T::KeepWindows::get());
		T::BenchmarkHelper::set_slot(last.end(WINDOW_SLOTS));

		#[extrinsic_call]
		_(RawOrigin::Signed(whitelisted_caller()), lease);

		assert!(!Leases::<T>::contains_key(lease));
		Ok(())
	}

	#[benchmark]
	fn set_parameters() -> Result<(), BenchmarkError> {
		set_up::<T>();
		let origin = T::CurateOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		// The price has to follow.
		let price = class().price + 1;
		let bounds = pricing::Bounds { min: price, max: price };
		let parameters = Parameters { bounds, ..Parameters::around(price).ok_or("the price is in range")? };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, CLASS, parameters);

		assert_eq!(Classes::<T>::get(CLASS).map(|class| class.price), Some(price));
		Ok(())
	}

	#[benchmark]
	fn count_windows(n: Linear<1, { T::MaxWindowsPerStep::get() }>) -> Result<(), BenchmarkError> {
		set_up::<T>();
		let bounds = ClassParameters::<T>::get(CLASS).ok_or("no parameters")?.bounds;
		let history = history(&bounds)?;
		// The price is written, as when the market moves it.
		Classes::<T>::insert(CLASS, Class { price: bounds.max, ..class() });
		Histories::<T>::insert(CLASS, history);
		let last = WindowIndex(WINDOW.0 + n - 1);
		for window in (WINDOW.0..=last.0).map(WindowIndex) {
			Redeemed::<T>::insert(CLASS, window, 1_000_000);
		}
		T::BenchmarkHelper::set_slot(last.end(WINDOW_SLOTS));
		let now = T::Clock::now();

		#[block]
		{
			Pallet::<T>::count_due(now, CLASS);
		}

		assert_eq!(Histories::<T>::get(CLASS).map(|history| history.reference.window()), Some(last));
		assert!(!Redeemed::<T>::contains_key(CLASS, last));
		Ok(())
	}

	impl_benchmark_test_suite! {
		Pallet,
		mock::new_test_ext(),
		mock::Test
	}
}
