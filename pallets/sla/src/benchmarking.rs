//! Benchmarks, each for its worst case.

use crate::*;
use exabits_primitives::{
	Clock, Judge, MachineId, Measurement, ModuleId, ResourceKind, RoundIndex, RoundOutcome, Slot, TemplateId,
	MAX_LEASES_PER_WINDOW,
};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get},
	weights::{Weight, WeightMeter},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_runtime::Perbill;

/// What benchmarks need of the rest of the runtime.
pub trait BenchmarkHelper<AccountId> {
	/// A new machine in state `Registered`, of a class of kind CPU, whose owner has a service bond. Returns the
	/// owner and the machine.
	fn machine() -> (AccountId, MachineId);
	/// Gives the machine a committee of the usual size, and returns a member.
	fn committee_member(machine: MachineId) -> AccountId;
	/// Has the online machine serve `count` leases that run now, each backed by cover that credits can be paid
	/// from.
	fn leases(machine: MachineId, count: u32);
	/// Moves the chain's time to `slot`.
	fn set_slot(slot: Slot);
}

/// A module with as many knots as there can be.
fn module() -> SlaModule {
	let height =
		|percent| Height { credit: Perbill::from_percent(percent), slash: Perbill::from_percent(percent) };
	SlaModule {
		metric: Metric::Availability,
		statistic: Statistic::Median,
		comparator: Comparator::AtLeast,
		min_threshold: 1,
		max_threshold: 1_000_000,
		window_rounds: MAX_WINDOW_ROUNDS,
		knots: BoundedVec::truncate_from(alloc::vec![0, 1_000, 10_000, 100_000]),
		heights: BoundedVec::truncate_from([25, 50, 75, 100].into_iter().map(height).collect()),
	}
}

/// As many terms as there can be, each of a module of its own. Whatever modules genesis has made way.
fn terms<T: Config>(threshold: u32) -> Terms {
	NextModule::<T>::mutate(|next| *next = (*next).max(ModuleId(MAX_TERMS)));
	let terms = (0..MAX_TERMS).map(|id| {
		Modules::<T>::insert(ModuleId(id), module());
		Term { module: ModuleId(id), threshold, heights: module().heights }
	});
	BoundedVec::truncate_from(terms.collect())
}

fn template<T: Config>() -> Template {
	Template {
		kinds: BoundedVec::truncate_from(alloc::vec![ResourceKind::Cpu]),
		price_factor: Perbill::one(),
		terms: terms::<T>(900_000),
	}
}

/// A machine of the caller's, and a template for it.
fn set_up<T: Config>() -> Result<(T::AccountId, MachineId, TemplateId), BenchmarkError> {
	let (owner, machine) = T::BenchmarkHelper::machine();
	let id = NextTemplate::<T>::get();
	Pallet::<T>::do_create_template(template::<T>())?;
	Ok((owner, machine, id))
}

/// A machine with a proposal that is stricter than its template.
fn proposed<T: Config>() -> Result<(T::AccountId, MachineId), BenchmarkError> {
	let (owner, machine, template) = set_up::<T>()?;
	Pallet::<T>::do_propose(owner.clone(), machine, template, Some(terms::<T>(900_001)))?;
	Ok((owner, machine))
}

/// A machine with a template's own terms, under test.
fn testing<T: Config>() -> Result<(T::AccountId, MachineId), BenchmarkError> {
	let (owner, machine, template) = set_up::<T>()?;
	Pallet::<T>::do_propose(owner.clone(), machine, template, None)?;
	Pallet::<T>::do_start_test(owner.clone(), machine, hash::<T>(machine)?)?;
	Ok((owner, machine))
}

/// An online machine with an active agreement.
fn active<T: Config>() -> Result<(T::AccountId, MachineId), BenchmarkError> {
	let (owner, machine) = testing::<T>()?;
	let good = Measurement { availability: 1_000_000, ..Default::default() };
	Pallet::<T>::judge(machine, T::Clock::round(), T::Clock::session(), RoundOutcome::Measured(good));
	LastVerdict::<T>::remove(machine);
	Ok((owner, machine))
}

fn hash<T: Config>(machine: MachineId) -> Result<sp_core::H256, BenchmarkError> {
	Agreements::<T>::get(machine).map(|agreement| agreement.hash).ok_or(BenchmarkError::Stop("no agreement"))
}

fn in_state<T: Config>(machine: MachineId, state: AgreementState) -> bool {
	Agreements::<T>::get(machine).is_some_and(|agreement| agreement.state == state)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn create_module() -> Result<(), BenchmarkError> {
		let origin = T::CurateOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = NextModule::<T>::get();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, module());

		assert!(Modules::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn create_template() -> Result<(), BenchmarkError> {
		let origin = T::CurateOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = NextTemplate::<T>::get();
		let template = template::<T>();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, template);

		assert!(Templates::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn propose() -> Result<(), BenchmarkError> {
		let (owner, machine, template) = set_up::<T>()?;
		let terms = terms::<T>(900_001);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), machine, template, Some(terms));

		assert!(in_state::<T>(machine, AgreementState::Proposed));
		Ok(())
	}

	#[benchmark]
	fn approve() -> Result<(), BenchmarkError> {
		let (_, machine) = proposed::<T>()?;
		let member = T::BenchmarkHelper::committee_member(machine);
		let hash = hash::<T>(machine)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(member), machine, hash);

		assert!(!in_state::<T>(machine, AgreementState::Expired));
		Ok(())
	}

	#[benchmark]
	fn start_test() -> Result<(), BenchmarkError> {
		let (owner, machine, template) = set_up::<T>()?;
		Pallet::<T>::do_propose(owner.clone(), machine, template, None)?;
		let hash = hash::<T>(machine)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), machine, hash);

		assert!(in_state::<T>(machine, AgreementState::Testing));
		Ok(())
	}

	#[benchmark]
	fn terminate() -> Result<(), BenchmarkError> {
		let (owner, machine) = active::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), machine);

		assert!(in_state::<T>(machine, AgreementState::Terminated));
		Ok(())
	}

	#[benchmark]
	fn expire() -> Result<(), BenchmarkError> {
		let (_, machine) = proposed::<T>()?;
		T::BenchmarkHelper::set_slot(
			T::Clock::now().saturating_add(T::ApprovalSlots::get()).saturating_add(1),
		);

		#[extrinsic_call]
		_(RawOrigin::Signed(whitelisted_caller()), machine);

		assert!(in_state::<T>(machine, AgreementState::Expired));
		Ok(())
	}

	#[benchmark]
	fn sweep_slot() -> Result<(), BenchmarkError> {
		let now = T::Clock::now();
		ExpiryCursor::<T>::put(now);
		let mut meter = WeightMeter::with_limit(Weight::MAX);

		#[block]
		{
			Pallet::<T>::sweep_expiries(&mut meter);
		}

		assert_eq!(ExpiryCursor::<T>::get(), now.checked_add(1));
		Ok(())
	}

	#[benchmark]
	fn sweep_expiry() -> Result<(), BenchmarkError> {
		let (_, machine) = proposed::<T>()?;
		let now = T::Clock::now();

		// The dearer step: the entry has to move on, as newer terms have replaced those it was made for.
		#[block]
		{
			Pallet::<T>::sweep_expiry(now, machine);
		}

		assert!(Agreements::<T>::get(machine).is_some_and(|agreement| agreement.queued));
		Ok(())
	}

	#[benchmark]
	fn judge(l: Linear<0, { MAX_LEASES_PER_WINDOW }>) -> Result<(), BenchmarkError> {
		let (_, machine) = active::<T>()?;
		T::BenchmarkHelper::leases(machine, l);
		let round: RoundIndex = T::Clock::round();
		let first = T::Clock::session();
		Records::<T>::mutate(machine, |record| {
			record.since = 0;
			record.pending = Some(PendingBreach { session: first, round, slash: Perbill::one() });
		});

		// A severe breach of all terms that confirms a slash, suspends, credits and evacuates.
		#[block]
		{
			<Pallet<T> as Judge>::judge(
				machine,
				round,
				first.saturating_add(1),
				RoundOutcome::Measured(Measurement::UNREACHABLE),
			);
		}

		assert!(LastVerdict::<T>::get(machine).is_some_and(|verdict| verdict.outcome == Outcome::Breached));
		assert!(Records::<T>::get(machine).pending.is_none());
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
