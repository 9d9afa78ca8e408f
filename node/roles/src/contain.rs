//! Keeps a panic inside the part that panicked.
//!
//! The node's panic hook ends the process wherever a thread has not declared that it unwinds. The roles face
//! other people's machines and commands, so each of their parts declares it and is started again.

use futures::FutureExt;
use sp_panic_handler::AbortGuard;
use std::{
	any::Any,
	future::{poll_fn, Future},
	panic::{catch_unwind, AssertUnwindSafe},
	pin::pin,
	time::{Duration, Instant},
};

/// Longest pause before a part that keeps panicking is started again.
const MAX_PAUSE: Duration = Duration::from_secs(60);
/// A part that ran for this long is taken to have been well.
const WELL: Duration = Duration::from_secs(300);

/// Runs a closure; the message of its panic is the error.
pub(crate) fn call<T>(closure: impl FnOnce() -> T) -> Result<T, String> {
	let _guard = AbortGuard::force_unwind();
	catch_unwind(AssertUnwindSafe(closure)).map_err(message)
}

/// Runs a future; the message of its panic is the error.
pub(crate) async fn run<F: Future>(future: F) -> Result<F::Output, String> {
	let mut future = pin!(future);
	let guarded = poll_fn(move |context| {
		// The flag belongs to the thread and a future changes threads between polls.
		let _guard = AbortGuard::force_unwind();
		future.as_mut().poll(context)
	});
	AssertUnwindSafe(guarded).catch_unwind().await.map_err(message)
}

/// Runs a part to its end, and again after each panic.
pub(crate) async fn keep_running<F: Future<Output = ()>>(name: &str, mut start: impl FnMut() -> F) {
	let mut pause = Duration::from_secs(1);
	loop {
		let began = Instant::now();
		// Built inside the guard too: starting may panic like running.
		let Err(panic) = run(async { start().await }).await else { return };
		if began.elapsed() > WELL {
			pause = Duration::from_secs(1);
		}
		log::error!(target: crate::LOG, "The {name} panicked ({panic}); it starts again in {pause:?}.");
		tokio::time::sleep(pause).await;
		pause = pause.saturating_mul(2).min(MAX_PAUSE);
	}
}

fn message(payload: Box<dyn Any + Send>) -> String {
	match payload.downcast::<String>() {
		Ok(text) => *text,
		Err(payload) => payload.downcast_ref::<&str>().map_or("no message".into(), |text| text.to_string()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

	#[tokio::test]
	async fn survives_under_the_nodes_own_panic_hook() {
		sp_panic_handler::set("nobody", "test");
		assert_eq!(call(|| panic!("in a call")), Err::<(), _>("in a call".into()));
		let future = async {
			tokio::task::yield_now().await;
			panic!("in a {}", "future");
		};
		assert_eq!(run(future).await, Err::<(), _>("in a future".into()));
	}

	#[tokio::test]
	async fn starts_again_until_it_ends() {
		sp_panic_handler::set("nobody", "test");
		let starts = AtomicU32::new(0);
		keep_running("part", || async {
			assert!(starts.fetch_add(1, SeqCst) >= 2, "not yet");
		})
		.await;
		assert_eq!(starts.load(SeqCst), 3);
	}
}
