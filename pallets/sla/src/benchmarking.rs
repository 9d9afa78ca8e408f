//! Benchmarks, each for its worst case.

use crate::*;
use exabits_primitives::{
	Clock, Judge, MachineId, Measurement, ModuleId, ResourceKind, RoundIndex, RoundOutcome, Slot, TemplateId,
	Workload, MAX_LEASES_PER_WINDOW,
};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungible::Mutate, EnsureOrigin, Get},
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
	/// Begins a session that gives the machine a committee of the usual size, and returns a member.
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
		version: 1,
		supersedes: None,
		metric: Metric::Availability,
		statistic: Statistic::Mean,
		comparator: Comparator::AtLeast,
		unit: Unit::PartsPerMillion,
		kinds: BoundedVec::truncate_from(alloc::vec![ResourceKind::Cpu]),
		workloads: BoundedVec::truncate_from(alloc::vec![Workload::Batch]),
		min_threshold: 1,
		max_threshold: 1_000_000,
		window_rounds: MAX_WINDOW_ROUNDS,
		knots: BoundedVec::truncate_from(alloc::vec![0, 1_000, 10_000, 100_000]),
		heights: BoundedVec::truncate_from([25, 50, 75, 100].into_iter().map(height).collect()),
		reward: Perbill::one(),
	}
}

/// A module of what machines report, so that reports are read.
fn reported() -> SlaModule {
	let heights = [25, 50, 75, 100]
		.map(|credit| Height { credit: Perbill::from_percent(credit), slash: Perbill::zero() });
	SlaModule {
		metric: Metric::Throttling,
		statistic: Statistic::Worst,
		comparator: Comparator::AtMost,
		heights: BoundedVec::truncate_from(heights.to_vec()),
		..module()
	}
}

/// A module of a metric that a machine which answers nothing keeps.
fn kept() -> SlaModule {
	SlaModule {
		metric: Metric::ErrorRate,
		statistic: Statistic::Worst,
		comparator: Comparator::AtMost,
		..module()
	}
}

/// As many terms as there can be, each of a module of its own. Whatever modules genesis has made way.
fn terms<T: Config>(threshold: u32) -> Terms {
	NextModule::<T>::mutate(|next| *next = (*next).max(ModuleId(MAX_TERMS)));
	let terms = (0..MAX_TERMS).map(|id| {
		let module = match id {
			0 => reported(),
			1 => kept(),
			_ => module(),
		};
		let heights = module.heights.clone();
		// One that is kept, however strict, and others whose strictness is the caller's.
		let threshold = if id < 2 { 900_000 } else { threshold };
		Modules::<T>::insert(ModuleId(id), module);
		Term { module: ModuleId(id), threshold, heights }
	});
	BoundedVec::truncate_from(terms.collect())
}

fn template<T: Config>() -> Template {
	Template {
		kinds: BoundedVec::truncate_from(alloc::vec![ResourceKind::Cpu]),
		workloads: BoundedVec::truncate_from(alloc::vec![Workload::Batch]),
		price_factor: Perbill::one(),
		refines: None,
		terms: terms::<T>(900_000),
	}
}

/// A machine of the caller's, and a template for it.
fn set_up<T: Config>() -> Result<(T::AccountId, MachineId, TemplateId), BenchmarkError> {
	let (owner, machine) = T::BenchmarkHelper::machine();
	let id = NextTemplate::<T>::get();
	Pallet::<T>::publish_template(template::<T>())?;
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
	judge::<T>(machine, RoundOutcome::Measured(KEPT));
	Standings::<T>::mutate(machine, |standing| standing.last = None);
	Ok((owner, machine))
}

/// An online machine whose active agreement, of so many terms, `approvers` answer for, and of which as many rounds are
/// remembered as can be.
fn judged<T: Config>(terms: u32, approvers: u32) -> Result<MachineId, BenchmarkError> {
	let (_, machine) = active::<T>()?;
	let rounds = (1..=MAX_WINDOW_ROUNDS).rev().map(|ago| Sample {
		round: RoundIndex(T::Clock::round().0.saturating_sub(ago)),
		measured: KEPT,
		..Default::default()
	});
	let rounds = BoundedVec::truncate_from(rounds.collect());
	let record = Record { session: T::Clock::session(), rounds, ..Default::default() };
	Standings::<T>::mutate(machine, |standing| standing.record = Some(record));
	Agreements::<T>::mutate(machine, |agreement| {
		if let Some(agreement) = agreement {
			// What machines report stays longest: it has to be looked up.
			agreement.terms.as_mut().swap(1, MAX_TERMS as usize - 1);
			agreement.terms.truncate(terms as usize);
			agreement.tested_from = 0;
			agreement.answered_until = Slot::MAX;
			let approvers = (0..approvers).map(|index| account("approver", index, 0));
			agreement.approvals = BoundedVec::truncate_from(approvers.collect());
		}
	});
	Ok(machine)
}

/// Judges the current round by the committee of the current session.
fn judge<T: Config>(machine: MachineId, outcome: RoundOutcome) -> Weight {
	<Pallet<T> as Judge>::judge(machine, T::Clock::round(), T::Clock::session(), outcome)
}

fn last<T: Config>(machine: MachineId) -> Option<Outcome> {
	Standings::<T>::get(machine).last.map(|verdict| verdict.outcome)
}

/// What every term is kept with.
const KEPT: Measurement = Measurement {
	availability: 1_000_000,
	latency_p50: 0,
	latency_p99: 0,
	bandwidth: 0,
	error_rate: Some(0),
	performance: None,
};

fn hash<T: Config>(machine: MachineId) -> Result<sp_core::H256, BenchmarkError> {
	Agreements::<T>::get(machine).map(|agreement| agreement.hash).ok_or(BenchmarkError::Stop("no agreement"))
}

fn in_state<T: Config>(machine: MachineId, state: AgreementState) -> bool {
	Agreements::<T>::get(machine).is_some_and(|agreement| agreement.state == state)
}

/// A template that was submitted, and its number.
fn submitted<T: Config>() -> Result<(T::AccountId, SubmissionId), BenchmarkError> {
	let author: T::AccountId = whitelisted_caller();
	fund::<T>(&author);
	let submission = NextSubmission::<T>::get();
	Pallet::<T>::do_submit(author.clone(), Publication::Template(template::<T>()))?;
	Ok((author, submission))
}

fn fund<T: Config>(who: &T::AccountId) {
	T::Currency::set_balance(who, T::PublicationDeposit::get().saturating_mul(10));
}

/// An active agreement whose end has come.
fn ended<T: Config>() -> Result<MachineId, BenchmarkError> {
	let (_, machine) = active::<T>()?;
	let ending = Agreements::<T>::get(machine).and_then(|agreement| agreement.ending);
	T::BenchmarkHelper::set_slot(ending.ok_or(BenchmarkError::Stop("no end"))?.at);
	Ok(machine)
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

		let ending = Agreements::<T>::get(machine).and_then(|agreement| agreement.ending);
		assert!(ending.is_some_and(|ending| ending.notice));
		Ok(())
	}

	#[benchmark]
	fn end() -> Result<(), BenchmarkError> {
		let machine = ended::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(whitelisted_caller()), machine);

		assert!(in_state::<T>(machine, AgreementState::Expired));
		Ok(())
	}

	#[benchmark]
	fn counter() -> Result<(), BenchmarkError> {
		let (_, machine) = proposed::<T>()?;
		let member = T::BenchmarkHelper::committee_member(machine);
		let hash = hash::<T>(machine)?;
		let verdict = Verdict {
			round: T::Clock::round(),
			session: T::Clock::session(),
			outcome: Outcome::Passed,
			credit: Perbill::zero(),
			slash: Perbill::zero(),
			measurement: Some(KEPT),
		};
		Standings::<T>::mutate(machine, |standing| standing.last = Some(verdict));

		#[extrinsic_call]
		_(RawOrigin::Signed(member), machine, hash, terms::<T>(900_000));

		assert!(in_state::<T>(machine, AgreementState::Countered));
		Ok(())
	}

	#[benchmark]
	fn withdraw_renewal() -> Result<(), BenchmarkError> {
		let (owner, machine) = active::<T>()?;
		let template = NextTemplate::<T>::get().0.saturating_sub(1).into();
		Pallet::<T>::do_propose(owner.clone(), machine, template, Some(terms::<T>(900_001)))?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), machine);

		assert!(!Renewals::<T>::contains_key(machine));
		Ok(())
	}

	#[benchmark]
	fn submit() -> Result<(), BenchmarkError> {
		let caller: T::AccountId = whitelisted_caller();
		fund::<T>(&caller);
		let publication = Publication::Template(template::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), publication);

		assert_eq!(Submissions::<T>::iter().count(), 1);
		Ok(())
	}

	#[benchmark]
	fn veto() -> Result<(), BenchmarkError> {
		let origin = T::CurateOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		fund::<T>(&T::VetoAccount::get());
		let (_, submission) = submitted::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, submission);

		assert!(!Submissions::<T>::contains_key(submission));
		Ok(())
	}

	#[benchmark]
	fn withdraw_submission() -> Result<(), BenchmarkError> {
		let (author, submission) = submitted::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(author), submission);

		assert!(!Submissions::<T>::contains_key(submission));
		Ok(())
	}

	#[benchmark]
	fn publish() -> Result<(), BenchmarkError> {
		let (author, submission) = submitted::<T>()?;
		let id = NextTemplate::<T>::get();
		let over = T::Clock::now().saturating_add(T::VetoSlots::get()).saturating_add(1);
		T::BenchmarkHelper::set_slot(over);

		#[extrinsic_call]
		_(RawOrigin::Signed(author), submission);

		assert!(Templates::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn deprecate() -> Result<(), BenchmarkError> {
		let origin = T::CurateOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = NextTemplate::<T>::get();
		Pallet::<T>::publish_template(template::<T>())?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Published::Template(id));

		assert!(DeprecatedTemplates::<T>::contains_key(id));
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
			Pallet::<T>::sweep_negotiation(now, machine);
		}

		assert!(Agreements::<T>::get(machine).is_some_and(|agreement| agreement.queued));
		Ok(())
	}

	#[benchmark]
	fn sweep_ending() -> Result<(), BenchmarkError> {
		let machine = ended::<T>()?;
		let now = T::Clock::now();

		#[block]
		{
			Pallet::<T>::sweep_ending(now, machine);
		}

		assert!(in_state::<T>(machine, AgreementState::Expired));
		Ok(())
	}

	#[benchmark]
	fn judge_missing() -> Result<(), BenchmarkError> {
		let machine = judged::<T>(MAX_TERMS, 0)?;

		#[block]
		{
			judge::<T>(machine, RoundOutcome::Missing);
		}

		assert_eq!(last::<T>(machine), Some(Outcome::Missing));
		Ok(())
	}

	#[benchmark]
	fn judge_pass(t: Linear<2, MAX_TERMS>) -> Result<(), BenchmarkError> {
		let machine = judged::<T>(t, 0)?;

		#[block]
		{
			judge::<T>(machine, RoundOutcome::Measured(KEPT));
		}

		assert_eq!(last::<T>(machine), Some(Outcome::Passed));
		Ok(())
	}

	#[benchmark]
	fn judge_breach(a: Linear<0, MAX_APPROVALS>) -> Result<(), BenchmarkError> {
		let machine = judged::<T>(MAX_TERMS, a)?;
		// A first breach, of the least height: not severe. Seven rounds before it were kept.
		let broken = Measurement { availability: 199_999, ..KEPT };

		#[block]
		{
			judge::<T>(machine, RoundOutcome::Measured(broken));
		}

		let standing = Standings::<T>::get(machine);
		assert!(standing.record.is_some_and(|record| record.pending.is_some() && !record.suspended));
		Ok(())
	}

	/// A severe breach of most terms that confirms a slash, suspends, pays both sides, evacuates and rejects what was to
	/// follow.
	#[benchmark]
	fn judge_confirmed_breach(l: Linear<0, { MAX_LEASES_PER_WINDOW }>) -> Result<(), BenchmarkError> {
		let machine = judged::<T>(MAX_TERMS, MAX_APPROVALS)?;
		T::BenchmarkHelper::leases(machine, l);
		// The committees of both sessions are looked up.
		T::BenchmarkHelper::committee_member(machine);
		let pending = PendingBreach {
			session: T::Clock::session(),
			round: T::Clock::round(),
			slash: Perbill::one(),
			broken: BoundedVec::truncate_from((0..MAX_TERMS).map(ModuleId).collect()),
		};
		Standings::<T>::mutate(machine, |standing| {
			standing.record.get_or_insert_default().pending = Some(pending);
		});
		T::BenchmarkHelper::committee_member(machine);
		let mut renewal = Agreements::<T>::get(machine).ok_or(BenchmarkError::Stop("no agreement"))?;
		renewal.state = AgreementState::Testing;
		renewal.ending = None;
		// Of other modules, which have to be read as well.
		for term in renewal.terms.iter_mut() {
			let module = Modules::<T>::get(term.module).ok_or(BenchmarkError::Stop("no module"))?;
			term.module = ModuleId(term.module.0.saturating_add(MAX_TERMS));
			Modules::<T>::insert(term.module, module);
		}
		Renewals::<T>::insert(machine, renewal);
		let broken = Measurement { error_rate: Some(0), ..Measurement::UNREACHABLE };
		let session = T::Clock::session();

		#[block]
		{
			let outcome = RoundOutcome::Measured(broken);
			<Pallet<T> as Judge>::judge(machine, T::Clock::round(), session, outcome);
		}

		assert_eq!(last::<T>(machine), Some(Outcome::Breached));
		assert!(Standings::<T>::get(machine).record.is_some_and(|record| record.pending.is_none()));
		Ok(())
	}

	#[benchmark]
	fn reward_leases(l: Linear<1, { MAX_LEASES_PER_WINDOW }>) -> Result<(), BenchmarkError> {
		let machine = judged::<T>(MAX_TERMS, 0)?;
		T::BenchmarkHelper::leases(machine, l);
		let looked_at;

		#[block]
		{
			let share = Perbill::one();
			looked_at = Pallet::<T>::pay_leases(
				machine,
				T::Clock::round(),
				4,
				(share, Perbill::one()),
				Perbill::zero(),
			);
		}

		assert_eq!(looked_at, l);
		Ok(())
	}

	#[benchmark]
	fn credit_leases(l: Linear<1, { MAX_LEASES_PER_WINDOW }>) -> Result<(), BenchmarkError> {
		let machine = judged::<T>(MAX_TERMS, 0)?;
		T::BenchmarkHelper::leases(machine, l);
		let looked_at;

		#[block]
		{
			let half = Perbill::from_percent(50);
			looked_at = Pallet::<T>::pay_leases(machine, T::Clock::round(), 4, (half, half), half);
		}

		assert_eq!(looked_at, l);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
