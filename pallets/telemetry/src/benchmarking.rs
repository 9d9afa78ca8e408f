//! Benchmarks of the calls, of their authorisation, and of the sweep.

use super::*;
use alloc::{vec, vec::Vec};
use codec::Encode;
use exabits_math::merkle;
use exabits_primitives::{
	keys::{anchor, machine},
	telemetry::{DeviceId, DeviceIds, DeviceSample, Sample, MAX_PROOF, MAX_SAMPLES, MILLION},
	Classes, Clock, MachineId, Machines, Slot, TelemetryReport, TelemetrySummary, WindowIndex, MAX_DEVICES,
};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{Authorize, EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::H256;
use sp_runtime::{transaction_validity::TransactionSource, RuntimeAppPublic};

/// What the benchmarks need of the rest of the runtime.
pub trait BenchmarkHelper<AccountId> {
	/// Registers a machine under `key`, takes it online, and lets a window of its class end; returns both.
	fn machine(key: machine::Id) -> (MachineId, WindowIndex);
	/// An anchor with this key and a seat in the machine's committee, which is drawn from as many seats as there can be.
	fn anchor(key: anchor::Id) -> AccountId;
	/// Retires a machine.
	fn retire(machine: MachineId);
	/// Sets the current slot.
	fn set_slot(slot: Slot);
}

/// Another slot in which something happens.
fn later<T: Config>(slots: Slot) {
	T::BenchmarkHelper::set_slot(T::Clock::now().saturating_add(slots));
}

/// The identifiers ascend with `n`, as those of a report do.
fn device(n: u32) -> DeviceId {
	let mut id = [0; 32];
	id[28..].copy_from_slice(&n.to_be_bytes());
	H256(id)
}

/// Devices that are bound to as many machines, which nobody knows any more.
fn devices<T: Config>(count: u32) -> DeviceIds {
	let devices: DeviceIds = BoundedVec::truncate_from((0..count).map(device).collect());
	for (n, device) in (0u32..).zip(&devices) {
		let other = MachineId(u32::MAX.saturating_sub(n));
		BoundTo::<T>::insert(device, other);
		Devices::<T>::insert(other, DeviceIds::truncate_from(vec![*device]));
	}
	devices
}

/// Of devices that say all there is to say.
fn sample(at_millis: u64) -> Sample {
	let device = |index| DeviceSample {
		index,
		utilisation: Some(MILLION),
		memory_used: Some(1),
		memory_total: Some(1),
		energy_mj: Some(1),
		temperature: Some(1),
		ecc_uncorrected: Some(1),
		throttle: Some(0),
		sm_clock: Some(1),
		mem_clock: Some(1),
	};
	let devices: Vec<_> = (0..MAX_DEVICES).map(device).collect();
	Sample { at_millis, uptime: Some(1), load: Some(1), devices: BoundedVec::truncate_from(devices) }
}

/// A machine of this key with a report, and the leaf of all its samples, which are the same.
struct Scene {
	key: machine::Id,
	machine: MachineId,
	report: TelemetryReport,
	sample: Sample,
	leaf: H256,
}

impl Scene {
	fn new<T: Config>() -> Result<Self, BenchmarkError> {
		let key = machine::Id::generate_pair(None);
		let (machine, window) = T::BenchmarkHelper::machine(key.clone());
		let class = T::Machines::machine(machine).map(|info| info.class).ok_or("no machine")?;
		let slots = T::Classes::class(class).ok_or("no class")?.window_slots;
		let sample = sample(window.start(slots).saturating_mul(T::SlotMillis::get()));
		let leaf = merkle::leaf(&sample.encode());
		let summary = TelemetrySummary {
			samples: MAX_SAMPLES,
			utilisation: MILLION,
			memory: MILLION,
			temperature: 1,
			..Default::default()
		};
		let mut root = leaf;
		for _ in 0..MAX_PROOF {
			root = merkle::root(&[root, root]);
		}
		let report = TelemetryReport { window, summary, root, ..Default::default() };
		// Energy is checked, and is not plausible.
		Powers::<T>::insert(class, Power { idle: 1, full: 2 });
		Ok(Self { key, machine, report, sample, leaf })
	}

	/// The report, signed.
	fn signed<T: Config>(&self, devices: &DeviceIds) -> Result<machine::Signature, BenchmarkError> {
		let payload = Pallet::<T>::payload(self.machine, &self.report, devices);
		Ok(self.key.sign(&payload).ok_or("not signed")?)
	}

	/// Puts the report on chain.
	fn reported<T: Config>(&self) -> Result<(), BenchmarkError> {
		Pallet::<T>::do_report(self.machine, self.report, Default::default())?;
		later::<T>(1);
		Ok(())
	}

	/// A demand of an anchor in the committee.
	fn demand<T: Config>(&self) -> Result<(T::AccountId, anchor::Signature), BenchmarkError> {
		let key = anchor::Id::generate_pair(None);
		let anchor = T::BenchmarkHelper::anchor(key.clone());
		let (session, window) = (T::Clock::session(), self.report.window);
		let payload = Pallet::<T>::demand_payload(&anchor, self.machine, session, window);
		Ok((anchor, key.sign(&payload).ok_or("not signed")?))
	}

	/// What meets the demand, which is put on chain.
	fn opening<T: Config>(&self) -> Result<(Opening, machine::Signature), BenchmarkError> {
		self.demanded::<T>()?;
		let (_, demand) = Pallet::<T>::open_demand(self.machine).ok_or("no demand")?;
		let mut proof = vec![self.leaf];
		while proof.len() < MAX_PROOF as usize {
			let below = proof.last().copied().unwrap_or_default();
			proof.push(merkle::root(&[below, below]));
		}
		let opening = Opening {
			window: self.report.window,
			index: demand.index,
			sample: self.sample.clone(),
			proof: BoundedVec::truncate_from(proof),
		};
		let payload = Pallet::<T>::opening_payload(self.machine, &opening);
		let signature = self.key.sign(&payload).ok_or("not signed")?;
		Ok((opening, signature))
	}

	fn demanded<T: Config>(&self) -> Result<Demand, BenchmarkError> {
		self.reported::<T>()?;
		let (anchor, _) = self.demand::<T>()?;
		Pallet::<T>::do_demand(anchor, self.machine, self.report.window)?;
		Ok(Pallet::<T>::open_demand(self.machine).ok_or("no demand")?.1)
	}
}

fn authorize<T: Config>(call: Call<T>) -> Result<(), BenchmarkError>
where
	<T as frame_system::Config>::RuntimeCall: From<Call<T>>,
{
	let call: <T as frame_system::Config>::RuntimeCall = call.into();
	call.authorize(TransactionSource::InBlock)
		.ok_or("nothing to authorize")?
		.map_err(|_| "not authorized")?;
	Ok(())
}

#[benchmarks(where <T as frame_system::Config>::RuntimeCall: From<Call<T>>)]
mod benchmarks {
	use super::*;

	/// A report that names `d` devices, all of which it takes over, and that is suspect in every way that it can be.
	#[benchmark]
	fn report(d: Linear<0, MAX_DEVICES>) -> Result<(), BenchmarkError> {
		let scene = Scene::new::<T>()?;
		scene.reported::<T>()?;
		let before =
			TelemetryReport { window: WindowIndex(scene.report.window.0.saturating_sub(1)), ..scene.report };
		let mut counters = before.counters;
		counters.restarts = 1;
		let before = Record { report: TelemetryReport { counters, ..before }, received: Slot::MAX, count: 1 };
		Reports::<T>::insert(scene.machine, before);
		let devices = devices::<T>(d);
		let signature = scene.signed::<T>(&devices)?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, scene.machine, scene.report, devices, signature);

		assert_eq!(Devices::<T>::get(scene.machine).len(), d as usize);
		assert!(Flags::<T>::get(scene.machine).count > 1);
		Ok(())
	}

	#[benchmark]
	fn authorize_report(d: Linear<0, MAX_DEVICES>) -> Result<(), BenchmarkError> {
		let scene = Scene::new::<T>()?;
		let devices = devices::<T>(d);
		let signature = scene.signed::<T>(&devices)?;
		let call = Call::report { machine: scene.machine, report: scene.report, devices, signature };

		#[block]
		{
			authorize::<T>(call)?;
		}

		Ok(())
	}

	#[benchmark]
	fn demand() -> Result<(), BenchmarkError> {
		let scene = Scene::new::<T>()?;
		scene.reported::<T>()?;
		let (anchor, signature) = scene.demand::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, anchor, scene.machine, scene.report.window, signature);

		assert!(Pallet::<T>::open_demand(scene.machine).is_some());
		Ok(())
	}

	#[benchmark]
	fn authorize_demand() -> Result<(), BenchmarkError> {
		let scene = Scene::new::<T>()?;
		scene.reported::<T>()?;
		let (anchor, signature) = scene.demand::<T>()?;
		let (machine, window) = (scene.machine, scene.report.window);
		let call = Call::demand { anchor, machine, window, signature };

		#[block]
		{
			authorize::<T>(call)?;
		}

		Ok(())
	}

	#[benchmark]
	fn open() -> Result<(), BenchmarkError> {
		let scene = Scene::new::<T>()?;
		let (opening, signature) = scene.opening::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, scene.machine, opening, signature);

		assert!(Pallet::<T>::open_demand(scene.machine).is_none());
		Ok(())
	}

	#[benchmark]
	fn authorize_open() -> Result<(), BenchmarkError> {
		let scene = Scene::new::<T>()?;
		let (opening, signature) = scene.opening::<T>()?;
		let call = Call::open { machine: scene.machine, opening, signature };

		#[block]
		{
			authorize::<T>(call)?;
		}

		Ok(())
	}

	#[benchmark]
	fn expire() -> Result<(), BenchmarkError> {
		let scene = Scene::new::<T>()?;
		let wanted = scene.demanded::<T>()?;
		T::BenchmarkHelper::set_slot(wanted.until);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), scene.machine);

		assert_eq!(Audits::<T>::get(scene.machine).and_then(|audit| audit.failed), Some(scene.report.window));
		Ok(())
	}

	/// The list of a slot that is full, of which nothing is acted on.
	#[benchmark]
	fn sweep_slot() -> Result<(), BenchmarkError> {
		let now = T::Clock::now();
		let full = vec![MachineId(0); T::MaxDuePerSlot::get() as usize];
		DueAt::<T>::insert(now, BoundedVec::truncate_from(full));
		Cursor::<T>::put(now);
		let mut meter =
			frame_support::weights::WeightMeter::with_limit(frame_support::weights::Weight::from_parts(2, 0));
		let step = frame_support::weights::Weight::from_parts(1, 0);

		#[block]
		{
			Queue::<T>::sweep(now, &mut meter, step, step, |_| ());
		}

		DueAt::<T>::remove(now);
		Ok(())
	}

	#[benchmark]
	fn sweep_demand() -> Result<(), BenchmarkError> {
		let scene = Scene::new::<T>()?;
		let wanted = scene.demanded::<T>()?;
		Queue::<T>::withdraw(wanted.queued, &scene.machine);
		T::BenchmarkHelper::set_slot(wanted.until);

		#[block]
		{
			Pallet::<T>::fall_due(scene.machine);
		}

		assert!(Flags::<T>::get(scene.machine).count > 0);
		Ok(())
	}

	#[benchmark]
	fn forget() -> Result<(), BenchmarkError> {
		let scene = Scene::new::<T>()?;
		scene.demanded::<T>()?;
		let own: Vec<DeviceId> = (0..MAX_DEVICES).map(device).collect();
		own.iter().for_each(|device| BoundTo::<T>::insert(device, scene.machine));
		Devices::<T>::insert(scene.machine, DeviceIds::truncate_from(own));
		T::BenchmarkHelper::retire(scene.machine);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), scene.machine);

		assert!(!Reports::<T>::contains_key(scene.machine));
		Ok(())
	}

	#[benchmark]
	fn set_parameters() -> Result<(), BenchmarkError> {
		let origin = T::CurateOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		let parameters = Parameters { demands: 1, ..Default::default() };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, parameters);

		assert_eq!(Settings::<T>::get(), parameters);
		Ok(())
	}

	#[benchmark]
	fn set_power() -> Result<(), BenchmarkError> {
		let scene = Scene::new::<T>()?;
		let class = T::Machines::machine(scene.machine).map(|info| info.class).ok_or("no machine")?;
		let origin = T::CurateOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		let power = Power { idle: 1, full: 3 };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class, Some(power));

		assert_eq!(Powers::<T>::get(class), Some(power));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
