//! The service role's provisioner.
//!
//! It runs the operator's hook for each lease of this node's machines from the lease's start on, encrypts what
//! the hook prints to the tenant's key and leaves it in the local storage, where the off-chain worker finds it
//! and acknowledges the lease. When the lease has ended, or went elsewhere, the hook is run once more to take
//! the access back.
//!
//! A lease of several windows has a segment per window. As long as one machine serves them, the access that was
//! given for the first holds for all: the hook runs once at the beginning and once at the end.

use crate::{
	chain::{ask, Chain, ChainError},
	contain,
	hook::{Event, HookConfig, HookError},
	metrics::Metrics,
	own::Own,
};
use codec::{Decode, Encode};
use crypto_box::{aead::OsRng, PublicKey};
use exabits_primitives::{
	apis::PendingLease,
	local::{self, Provisioned},
	LeaseId, MachineId, Slot,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::{
	sync::watch,
	task::{AbortHandle, JoinSet},
};

/// Key of the leases that this node holds, so that a restart forgets none.
const LEDGER: &[u8] = b"exabits/leases";
/// The longest pause between two tries of a failing hook.
const MAX_PAUSE: Duration = Duration::from_secs(30);

/// A lease on one machine: a lease that moves between two machines of a node is provisioned on each.
type Key = (LeaseId, MachineId);
type Finished = (Key, Event, Result<Option<Provisioned>, HookError>);

/// Runs the hook for the leases of this node's machines.
pub(crate) struct Provisioner {
	chain: Arc<dyn Chain>,
	own: watch::Receiver<Own>,
	hook: Arc<HookConfig>,
	metrics: Metrics,
	entries: BTreeMap<Key, Entry>,
	running: JoinSet<Finished>,
}

/// What this node knows of a lease.
struct Entry {
	lease: PendingLease,
	/// The hook has been run, with whatever success: something may have to be taken back.
	begun: bool,
	stage: Stage,
}

enum Stage {
	/// The hook is to be run, not before then.
	Waiting { failures: u32, not_before: Instant },
	/// It runs.
	Provisioning { failures: u32, task: AbortHandle },
	/// The tenant's access is in the local storage.
	Provisioned,
	/// The access is to be taken back.
	Leaving,
	/// It is being taken back.
	Releasing,
}

impl Provisioner {
	pub(crate) fn new(
		chain: Arc<dyn Chain>,
		own: watch::Receiver<Own>,
		hook: HookConfig,
		metrics: Metrics,
	) -> Self {
		let ledger: Vec<PendingLease> =
			chain.get(LEDGER).and_then(|raw| Decode::decode(&mut &raw[..]).ok()).unwrap_or_default();
		let entries = ledger
			.into_iter()
			.map(|lease| {
				let key = (lease.lease, lease.machine);
				let stage = match chain.get(&local::provisioned_key(key.0, key.1)).is_some() {
					true => Stage::Provisioned,
					false => Stage::Waiting { failures: 0, not_before: Instant::now() },
				};
				(key, Entry { lease, begun: true, stage })
			})
			.collect();
		Self { chain, own, hook: Arc::new(hook), metrics, entries, running: JoinSet::new() }
	}

	/// Follows the leases until the node's machines are no longer followed. Dropping it kills running hooks.
	pub(crate) async fn run(mut self) {
		loop {
			tokio::select! {
				changed = self.own.changed() => if changed.is_err() {
					return;
				},
				// An error is one that was aborted: its entry has moved on already.
				Some(finished) = self.running.join_next() => if let Ok(finished) = finished {
					self.finished(finished);
				},
			}
			let own = self.own.borrow_and_update().clone();
			if let Some(time) = own.time {
				match self.pending(own.machines.into_keys().collect()).await {
					Ok(pending) => self.follow(time.slot, pending),
					Err(e) => log::debug!(target: crate::LOG, "Cannot read the pending leases: {e}"),
				}
			}
		}
	}

	async fn pending(&self, machines: Vec<MachineId>) -> Result<Vec<PendingLease>, ChainError> {
		ask(&self.chain, move |chain| chain.pending_leases(&machines)).await
	}

	/// Brings every entry to where it belongs at this slot.
	fn follow(&mut self, now: Slot, pending: Vec<PendingLease>) {
		let (going_on, pending): (Vec<_>, Vec<_>) = pending.into_iter().partition(|lease| lease.continues);
		let mut until: BTreeMap<Key, Slot> = BTreeMap::new();
		for lease in going_on {
			let end = until.entry((lease.series, lease.machine)).or_default();
			*end = lease.end.max(*end);
		}
		let keys: BTreeSet<Key> = pending.iter().map(|lease| (lease.lease, lease.machine)).collect();
		for lease in pending.into_iter().filter(|lease| now <= lease.acknowledge_by) {
			let entry = Entry {
				lease: lease.clone(),
				begun: false,
				stage: Stage::Waiting { failures: 0, not_before: Instant::now() },
			};
			self.entries.entry((lease.lease, lease.machine)).or_insert(entry);
		}
		for key in self.entries.keys().copied().collect::<Vec<_>>() {
			self.step(key, now, &keys, &until);
		}
	}

	/// `all` are the leases that wait, `until` the ends of those that go on as they are, by their first segments.
	fn step(&mut self, key: Key, now: Slot, all: &BTreeSet<Key>, until: &BTreeMap<Key, Slot>) {
		let Some(entry) = self.entries.get_mut(&key) else { return };
		let lease = &entry.lease;
		let pending = all.contains(&key);
		let end = until.get(&(lease.series, lease.machine)).map_or(lease.end, |end| lease.end.max(*end));
		match &entry.stage {
			Stage::Waiting { .. } | Stage::Provisioning { .. } if !pending || now > lease.acknowledge_by => {
				if let Stage::Provisioning { task, .. } = &entry.stage {
					task.abort();
				}
				if entry.begun {
					log::warn!(
						target: crate::LOG,
						"Lease {} on machine {} was not provisioned in time, or went elsewhere.",
						key.0,
						key.1,
					);
				}
				self.leave(key);
			}
			Stage::Waiting { failures, not_before }
				if now >= lease.start
					&& *not_before <= Instant::now()
					&& self.running.len() < self.hook.concurrency.max(1) =>
			{
				let (failures, lease) = (*failures, lease.clone());
				entry.begun = true;
				// The ledger is written first: a node that stops in the middle of a hook still knows of it.
				self.save();
				let task = self.start(key, Event::Provision, lease);
				if let Some(entry) = self.entries.get_mut(&key) {
					entry.stage = Stage::Provisioning { failures, task };
				}
			}
			// Ended, or moved to another machine of this node, which will give access of its own.
			Stage::Provisioned
				if now >= end || (!pending && all.iter().any(|(lease, _)| *lease == key.0)) =>
			{
				self.leave(key)
			}
			Stage::Leaving if self.running.len() < self.hook.concurrency.max(1) => {
				let lease = lease.clone();
				entry.stage = Stage::Releasing;
				self.start(key, Event::Release, lease);
			}
			_ => {}
		}
	}

	/// Drops the lease: at once when its hook never ran.
	fn leave(&mut self, key: Key) {
		self.chain.remove(&local::provisioned_key(key.0, key.1));
		match self.entries.get_mut(&key) {
			Some(entry) if entry.begun => entry.stage = Stage::Leaving,
			_ => {
				self.entries.remove(&key);
			}
		}
		self.save();
	}

	fn start(&mut self, key: Key, event: Event, lease: PendingLease) -> AbortHandle {
		self.metrics.hooks_run.inc();
		let hook = self.hook.clone();
		self.running.spawn(async move {
			let result = contain::run(async {
				let output = hook.run(event, &lease).await?;
				match event {
					Event::Provision => seal(&lease, &output).map(Some),
					Event::Release => Ok(None),
				}
			})
			.await
			.unwrap_or_else(|panic| Err(HookError::Panic(panic)));
			(key, event, result)
		})
	}

	fn finished(&mut self, (key, event, result): Finished) {
		if let Err(e) = &result {
			self.metrics.hooks_failed.inc();
			log::warn!(
				target: crate::LOG,
				"The {} hook of lease {} on machine {} failed: {e}",
				event.name(),
				key.0,
				key.1,
			);
		}
		let Some(entry) = self.entries.get_mut(&key) else { return };
		match (event, &entry.stage, result) {
			(Event::Provision, Stage::Provisioning { .. }, Ok(Some(provisioned))) => {
				entry.stage = Stage::Provisioned;
				self.chain.set(&local::provisioned_key(key.0, key.1), &provisioned.encode());
				log::info!(target: crate::LOG, "Lease {} on machine {} is provisioned.", key.0, key.1);
			}
			(Event::Provision, Stage::Provisioning { failures, .. }, _) => {
				let pause = Duration::from_secs(1 << (*failures).min(5)).min(MAX_PAUSE);
				entry.stage = Stage::Waiting {
					failures: failures.saturating_add(1),
					not_before: Instant::now().checked_add(pause).unwrap_or_else(Instant::now),
				};
			}
			// Once, with whatever success: an operator's hook that cannot take access back is for the operator.
			(Event::Release, _, _) => {
				self.entries.remove(&key);
				log::info!(target: crate::LOG, "Lease {} on machine {} is released.", key.0, key.1);
			}
			// It ended just when it was told to leave.
			(Event::Provision, _, _) => {}
		}
		self.save();
	}

	fn save(&self) {
		let begun = self.entries.values().filter(|entry| entry.begun);
		let ledger: Vec<&PendingLease> = begun.map(|entry| &entry.lease).collect();
		self.chain.set(LEDGER, &ledger.encode());
		let held = self.entries.values().filter(|entry| matches!(entry.stage, Stage::Provisioned)).count();
		self.metrics.leases_held.set(held.try_into().unwrap_or(u64::MAX));
	}
}

/// Encrypts the access for the tenant alone: a sealed box (X25519, XSalsa20-Poly1305) as libsodium makes it.
fn seal(lease: &PendingLease, access: &[u8]) -> Result<Provisioned, HookError> {
	let sealed = PublicKey::from(lease.access_key).seal(&mut OsRng, access).map_err(|_| HookError::Seal)?;
	Ok(Provisioned { access: sealed.try_into().map_err(|_| HookError::TooLong)? })
}
