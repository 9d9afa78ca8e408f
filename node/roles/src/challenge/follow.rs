//! The service node's view of the challenges that are due.

use super::Due;
use crate::{
	chain::{ask, Chain, OpenChallenge},
	own::Own,
};
use exabits_challenge::{Challenge, Size};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

impl Due {
	/// The challenges of a machine's devices. None of a size that this node does not know.
	pub(crate) fn all(open: &OpenChallenge) -> Vec<Self> {
		let duty = &open.duty;
		let size = match Size::new(duty.n, duty.links, duty.memory) {
			Ok(size) => size,
			Err(e) => {
				log::warn!(target: crate::LOG, "Machine {} cannot be challenged: {e}", duty.machine);
				return Vec::new();
			}
		};
		let due = |device: &u8| Self {
			challenge: Challenge {
				session: duty.seed,
				beacon: open.beacon,
				machine: duty.machine.0,
				device: u32::from(*device),
				round: duty.round.0,
				size,
			},
			anchors: duty.anchors.clone(),
			limit: Duration::from_millis(duty.limit_millis),
			reference: Duration::from_millis(duty.reference_millis),
		};
		duty.devices.iter().map(due).collect()
	}
}

/// Keeps `due` at what is due for the own machines on the best chain, for as long as it is polled.
pub(crate) async fn follow(
	chain: Arc<dyn Chain>,
	own: watch::Receiver<Own>,
	poll: Duration,
	due: Arc<watch::Sender<Vec<Due>>>,
) {
	loop {
		let machines: Vec<_> = own.borrow().machines.keys().copied().collect();
		match ask(&chain, move |chain| chain.challenges(&machines)).await {
			Ok(open) => {
				let now: Vec<Due> = open.iter().flat_map(Due::all).collect();
				due.send_if_modified(|known| {
					let changed = *known != now;
					*known = now;
					changed
				});
			}
			// What was due stays so: its anchors ask for it.
			Err(e) => log::debug!(target: crate::LOG, "Challenges that are due: {e}"),
		}
		tokio::time::sleep(poll).await;
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use exabits_math::challenge::Size as Derived;

	#[test]
	fn every_size_that_the_chain_derives_is_one() {
		let mut sizes = 0;
		for memory in [0, 1, 16, 512, 8 << 10, 24 << 10, 80 << 10, 192 << 10] {
			for rate in [1, 5, 76, 1_000, 100_000, 1_000_000, 5_000_000] {
				for millis in [0, 1_000, 10_000] {
					let Some(derived) = Derived::new(memory, rate, millis) else { continue };
					let Derived { n, links, memory } = derived;
					let size = Size::new(n, links, memory).unwrap();
					assert_eq!(size.products(), derived.products());
					sizes += 1;
				}
			}
		}
		assert!(sizes > 50, "{sizes}");
	}
}
