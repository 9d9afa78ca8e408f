//! Benchmarks: the first of a session, with points of the session before.

use crate::*;
use alloc::vec::Vec;
use exabits_primitives::{Balance, Measured, Role};
use frame_benchmarking::v2::*;
use frame_support::traits::{fungible::Inspect, EnsureOrigin};
use frame_system::RawOrigin;

/// The most members that a committee has.
const MEMBERS: u32 = 16;

const TERMS: Terms = Terms {
	yearly: Perbill::from_percent(10),
	anchors: Perbill::from_percent(50),
	matching: Perbill::from_percent(25),
	max_commission: Perbill::one(),
};

/// A fee of which a share creates more than an account needs to exist.
fn fee<T: Config>() -> Balance {
	T::Currency::minimum_balance().saturating_mul(1_000_000)
}

/// So many operators with points of a session that is over.
fn earned<T: Config>(operators: u32) -> Vec<T::AccountId> {
	T::BenchmarkHelper::set_session(1);
	TermsInForce::<T>::put(TERMS);
	let operators: Vec<_> = (0..operators).map(T::BenchmarkHelper::operator).collect();
	Pallet::<T>::measured(fee::<T>(), MEMBERS, &operators);
	if let Some(first) = operators.first() {
		Pallet::<T>::note_block(first);
	}
	T::BenchmarkHelper::set_session(2);
	operators
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_terms() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, TERMS);

		assert_eq!(TermsInForce::<T>::get(), TERMS);
		Ok(())
	}

	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		let operators = earned::<T>(1);
		let who = operators.first().ok_or("nobody has earned")?.clone();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), who.clone(), Role::Anchor);

		assert!(!Earnings::<T>::contains_key(&who, Role::Anchor));
		Ok(())
	}

	#[benchmark]
	fn note_author() -> Result<(), BenchmarkError> {
		let operators = earned::<T>(1);
		let who = operators.first().ok_or("nobody has earned")?.clone();

		#[block]
		{
			Pallet::<T>::note_block(&who);
		}

		assert_eq!(Earnings::<T>::get(&who, Role::Validator).session, 2);
		Ok(())
	}

	#[benchmark]
	fn measured(m: Linear<1, MEMBERS>) {
		let operators = earned::<T>(m);

		#[block]
		{
			Pallet::<T>::measured(fee::<T>(), MEMBERS, &operators);
		}

		assert!(operators.iter().all(|who| Earnings::<T>::get(who, Role::Anchor).session == 2));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
