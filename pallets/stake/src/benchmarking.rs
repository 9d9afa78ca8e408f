//! Benchmarks, with full lists and many parts: the worst that a call can meet.

use crate::*;
use exabits_primitives::Slashes;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		EnsureOrigin, Get,
	},
	weights::Weight,
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_runtime::Perbill;
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

/// The slot in which benchmarks begin.
const START: Slot = 1_000;

/// The minimum bond in benchmarks.
fn minimum<T: Config>() -> Balance {
	T::Currency::minimum_balance().max(1).saturating_mul(1_000)
}

fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who: T::AccountId = account(name, 0, 0);
	let _ = T::Currency::mint_into(&who, minimum::<T>().saturating_mul(1_000));
	T::BenchmarkHelper::set_session_keys(&who);
	who
}

/// Sets the scene: minimums, an insurance account that exists, and a list of candidates with room for `room`.
fn prepare<T: Config>(room: u32) {
	T::BenchmarkHelper::set_slot(START);
	let _ = T::Currency::mint_into(&T::Insurance::get(), minimum::<T>());
	let _ = T::Currency::mint_into(&T::Pot::get(), minimum::<T>());
	for role in [Role::Validator, Role::Anchor, Role::Service] {
		Minimums::<T>::insert(role, minimum::<T>());
	}
	let others = T::MaxCandidates::get().saturating_sub(room);
	let mut list: Vec<Qualified<T::AccountId>> = (0..others)
		.map(|index| Qualified { who: account("candidate", index, 0), bond: minimum::<T>(), delegated: 0 })
		.collect();
	list.sort_by(|a, b| a.who.cmp(&b.who));
	Candidates::<T>::put(BoundedVec::truncate_from(list));
}

/// A validator that is a candidate.
fn validator<T: Config>() -> Result<T::AccountId, BenchmarkError> {
	let who = funded::<T>("validator");
	Pallet::<T>::do_bond(&who, Role::Validator, minimum::<T>().saturating_mul(100))?;
	Ok(who)
}

/// A validator of whose bond all parts that can be are unbonding.
fn leaving<T: Config>() -> Result<T::AccountId, BenchmarkError> {
	let who = validator::<T>()?;
	for slot in 0..T::MaxUnbonding::get() {
		T::BenchmarkHelper::set_slot(START.saturating_add(slot.into()));
		Pallet::<T>::do_unbond(&who, Role::Validator, 1)?;
	}
	Ok(who)
}

/// Somebody who has delegated to `operator` and can still delegate as much.
fn delegator<T: Config>(operator: &T::AccountId) -> Result<T::AccountId, BenchmarkError> {
	let who = funded::<T>("delegator");
	Pallet::<T>::do_delegate(&who, operator, Role::Validator, delegated::<T>())?;
	Ok(who)
}

/// What is delegated in benchmarks.
fn delegated<T: Config>() -> Balance {
	T::MinDelegation::get().max(minimum::<T>())
}

/// A delegation of which as many parts as can be but one are leaving.
fn departing<T: Config>() -> Result<(T::AccountId, T::AccountId), BenchmarkError> {
	let operator = validator::<T>()?;
	let who = funded::<T>("delegator");
	let parts = T::MaxUnbonding::get().saturating_sub(1);
	for slot in 0..parts {
		T::BenchmarkHelper::set_slot(START.saturating_add(slot.into()));
		Pallet::<T>::do_delegate(&who, &operator, Role::Validator, delegated::<T>())?;
		Pallet::<T>::do_undelegate(&who, &operator, Role::Validator, delegated::<T>())?;
	}
	T::BenchmarkHelper::set_slot(START.saturating_add(parts.into()));
	Pallet::<T>::do_delegate(&who, &operator, Role::Validator, delegated::<T>())?;
	Ok((who, operator))
}

/// A slash of all that a validator has, with a reporter.
fn slash<T: Config>() -> Result<SlashId, BenchmarkError> {
	let who = leaving::<T>()?;
	delegator::<T>(&who)?;
	let reporter = funded::<T>("reporter");
	let amount = minimum::<T>().saturating_mul(100);
	Ok(<Pallet<T> as Slashes<T::AccountId>>::defer(&who, Role::Validator, amount, Some(reporter))?)
}

/// The same with an appeal whose jury can be drawn.
fn appealed<T: Config>() -> Result<SlashId, BenchmarkError> {
	let slash = slash::<T>()?;
	let finders = (0..T::MaxJury::get()).map(|index| account("finder", index, 0)).collect();
	<Pallet<T> as Slashes<T::AccountId>>::recuse(slash, finders);
	Pallet::<T>::do_appeal(&account("validator", 0, 0), slash)?;
	T::BenchmarkHelper::seat_jury();
	Ok(slash)
}

/// Lets everything that waits come due.
fn wait<T: Config>() {
	let delay = T::UnbondingSlots::get().saturating_add(T::MaxUnbonding::get().into());
	T::BenchmarkHelper::set_slot(START.saturating_add(delay));
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn bond() -> Result<(), BenchmarkError> {
		prepare::<T>(0);
		let who = funded::<T>("validator");

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Role::Validator, minimum::<T>().saturating_mul(2));

		assert!(Pallet::<T>::is_listed(&who, Role::Validator));
		Ok(())
	}

	#[benchmark]
	fn bond_more() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let who = leaving::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Role::Validator, 1);

		assert!(Ledger::<T>::contains_key(who, Role::Validator));
		Ok(())
	}

	#[benchmark]
	fn unbond() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let who = validator::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Role::Validator, minimum::<T>().saturating_mul(100));

		assert!(!Pallet::<T>::is_listed(&who, Role::Validator));
		Ok(())
	}

	#[benchmark]
	fn withdraw() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let who = validator::<T>()?;
		Pallet::<T>::do_unbond(&who, Role::Validator, minimum::<T>().saturating_mul(100))?;
		wait::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Role::Validator);

		assert!(!Ledger::<T>::contains_key(who, Role::Validator));
		Ok(())
	}

	#[benchmark]
	fn chill() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let who = validator::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(!Pallet::<T>::is_listed(&who, Role::Validator));
		Ok(())
	}

	#[benchmark]
	fn validate() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let who = leaving::<T>()?;
		Pallet::<T>::end_candidacy(&who);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(Pallet::<T>::is_listed(&who, Role::Validator));
		Ok(())
	}

	#[benchmark]
	fn apply_slash() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let slash = appealed::<T>()?;
		wait::<T>();
		let anybody = funded::<T>("anybody");

		#[extrinsic_call]
		_(RawOrigin::Signed(anybody), slash);

		assert!(!DeferredSlashes::<T>::contains_key(slash));
		Ok(())
	}

	#[benchmark]
	fn set_minimum() -> Result<(), BenchmarkError> {
		// As many lose their place as can.
		prepare::<T>(T::MinValidators::get());
		let stay: Vec<_> = (0..T::MinValidators::get())
			.map(|index| Qualified {
				who: account("strong", index, 0),
				bond: minimum::<T>().saturating_mul(2),
				delegated: 0,
			})
			.collect();
		Candidates::<T>::mutate(|list| {
			for entry in stay {
				let _ = list.try_push(entry);
			}
			list.sort_by(|a, b| a.who.cmp(&b.who));
		});
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Role::Validator, minimum::<T>().saturating_mul(2));

		assert_eq!(Candidates::<T>::decode_len(), usize::try_from(T::MinValidators::get()).ok());
		Ok(())
	}

	#[benchmark]
	fn cancel_slash() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let slash = appealed::<T>()?;
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, slash);

		assert!(!DeferredSlashes::<T>::contains_key(slash));
		Ok(())
	}

	#[benchmark]
	fn reduce_slash() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let slash = slash::<T>()?;
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, slash, 1);

		assert_eq!(DeferredSlashes::<T>::get(slash).map(|slash| slash.amount), Some(1));
		Ok(())
	}

	#[benchmark]
	fn appeal() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let slash = slash::<T>()?;
		let who: T::AccountId = account("validator", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), slash);

		assert!(Appeals::<T>::contains_key(slash));
		Ok(())
	}

	/// With as many who are kept out of the jury as there can be.
	#[benchmark]
	fn draw_jury() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let slash = appealed::<T>()?;
		let anybody = funded::<T>("anybody");

		#[extrinsic_call]
		_(RawOrigin::Signed(anybody), slash);

		assert!(Appeals::<T>::get(slash).is_some_and(|record| !record.jury.is_empty()));
		Ok(())
	}

	/// The vote with which a slash is cancelled.
	#[benchmark]
	fn vote() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let slash = appealed::<T>()?;
		let who = funded::<T>("juror");
		let juror = Juror { who: who.clone(), cancel: None };
		let voted = |index| Juror { who: account("voted", index, 0), cancel: Some(true) };
		let silent = |index| Juror { who: account("silent", index, 0), cancel: None };
		let half = T::MaxJury::get().saturating_sub(1) / 2;
		let jury = (0..half).map(silent).chain((0..half).map(voted)).chain([juror]).collect();
		Appeals::<T>::mutate_extant(slash, |record| record.jury = BoundedVec::truncate_from(jury));

		#[extrinsic_call]
		_(RawOrigin::Signed(who), slash, true);

		assert!(!DeferredSlashes::<T>::contains_key(slash));
		Ok(())
	}

	#[benchmark]
	fn delegate() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let (who, operator) = departing::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), operator.clone(), Role::Validator, delegated::<T>());

		assert!(Delegations::<T>::contains_key((who, operator, Role::Validator)));
		Ok(())
	}

	#[benchmark]
	fn undelegate() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let (who, operator) = departing::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), operator.clone(), Role::Validator, delegated::<T>());

		assert_eq!(Pallet::<T>::delegation_of(who, operator, Role::Validator).0, 0);
		Ok(())
	}

	#[benchmark]
	fn withdraw_delegation() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let (who, operator) = departing::<T>()?;
		Pallet::<T>::do_undelegate(&who, &operator, Role::Validator, delegated::<T>())?;
		wait::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), operator.clone(), Role::Validator);

		assert!(!Delegations::<T>::contains_key((who, operator, Role::Validator)));
		Ok(())
	}

	#[benchmark]
	fn set_commission() -> Result<(), BenchmarkError> {
		let who = funded::<T>("anchor");
		prepare::<T>(1);
		Pallet::<T>::do_bond(&who, Role::Anchor, minimum::<T>())?;
		let commission = T::MaxCommission::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Role::Anchor, commission);

		assert!(Commissions::<T>::contains_key(&who, Role::Anchor));
		Ok(())
	}

	#[benchmark]
	fn reward_delegators() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let operator = validator::<T>()?;
		let who = delegator::<T>(&operator)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), operator.clone(), Role::Validator, minimum::<T>());

		assert!(Pallet::<T>::delegation_of(who, operator, Role::Validator).0 > delegated::<T>());
		Ok(())
	}

	/// One slot of the queue, with as many slashes as fit, none of which waits any more.
	#[benchmark]
	fn sweep_slot() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let gone: Vec<_> = (0..T::MaxDuePerSlot::get()).map(SlashId).collect();
		DueSlashes::<T>::insert(START, BoundedVec::truncate_from(gone));
		SlashCursor::<T>::put(START);
		let mut meter = frame_support::weights::WeightMeter::new();

		#[block]
		{
			SlashQueue::<T>::sweep(START, &mut meter, Weight::zero(), Weight::zero(), |_| ());
		}

		assert_eq!(SlashCursor::<T>::get(), Some(START.saturating_add(1)));
		Ok(())
	}

	#[benchmark]
	fn sweep_slash() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let slash = appealed::<T>()?;
		wait::<T>();

		#[block]
		{
			Pallet::<T>::sweep_slash(slash);
		}

		assert!(!DeferredSlashes::<T>::contains_key(slash));
		Ok(())
	}

	/// One offender, whose record of offences is full.
	#[benchmark]
	fn on_offence() -> Result<(), BenchmarkError> {
		prepare::<T>(1);
		let who = leaving::<T>()?;
		let charges = (1..=MAX_CHARGES).map(|session| (session, Perbill::from_percent(1))).collect();
		Offences::<T>::insert(&who, Charges::truncate_from(charges));
		let reporters = [funded::<T>("reporter")].to_vec();
		let offenders = [OffenceDetails { offender: (who.clone(), ()), reporters }];

		#[block]
		{
			<Pallet<T> as OnOffenceHandler<_, _, Weight>>::on_offence(
				&offenders,
				&[Perbill::from_percent(50)],
				0,
			);
		}

		assert!(!Pallet::<T>::is_listed(&who, Role::Validator));
		assert!(DeferredSlashes::<T>::contains_key(SlashId(0)));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
