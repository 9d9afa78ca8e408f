//! Benchmarks of the call and of its authorisation.

use super::*;
use exabits_primitives::{keys::machine, MachineId, TelemetryReport, TelemetrySummary, WindowIndex};
use frame_benchmarking::v2::*;
use frame_support::traits::Authorize;
use frame_system::RawOrigin;
use sp_runtime::{transaction_validity::TransactionSource, RuntimeAppPublic};

/// What the benchmarks need of the rest of the runtime.
pub trait BenchmarkHelper {
	/// Registers a machine under `key`, and lets a window of its class end; returns both.
	fn machine(key: machine::Id) -> (MachineId, WindowIndex);
}

/// A machine with a report that is accepted now, and the signature on it.
fn signed<T: Config>() -> Result<(MachineId, TelemetryReport, machine::Signature), BenchmarkError> {
	let key = machine::Id::generate_pair(None);
	let (machine, window) = T::BenchmarkHelper::machine(key.clone());
	let summary = TelemetrySummary { samples: 1, ..Default::default() };
	let report = TelemetryReport { window, summary, ..Default::default() };
	let signature = key.sign(&Pallet::<T>::payload(machine, &report)).ok_or("not signed")?;
	Ok((machine, report, signature))
}

#[benchmarks(where <T as frame_system::Config>::RuntimeCall: From<Call<T>>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn report() -> Result<(), BenchmarkError> {
		let (machine, content, signature) = signed::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, machine, content, signature);

		assert!(Reports::<T>::contains_key(machine));
		Ok(())
	}

	#[benchmark]
	fn authorize_report() -> Result<(), BenchmarkError> {
		let (machine, content, signature) = signed::<T>()?;
		let call: <T as frame_system::Config>::RuntimeCall =
			Call::report { machine, report: content, signature }.into();

		#[block]
		{
			call.authorize(TransactionSource::InBlock)
				.ok_or("nothing to authorize")?
				.map_err(|_| "not authorized")?;
		}

		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
