//! What the service role knows of its own machines, refreshed from the chain.

use crate::chain::{ask, Chain};
use exabits_primitives::{
	apis::{OwnMachine, Time},
	keys::machine,
	MachineId,
};
use sp_keystore::KeystorePtr;
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::sync::watch;

/// The most machine keys of one keystore that are served.
const MAX_KEYS: usize = 64;

/// The chain's time and the machines whose keys lie in the keystore.
#[derive(Clone, Debug, Default)]
pub struct Own {
	/// `None` while the chain is not to be trusted: before the first answer, and while it lags or fails.
	pub time: Option<Time>,
	/// Registered machines by their identifier.
	pub machines: BTreeMap<MachineId, (machine::Id, OwnMachine)>,
}

/// Keeps `own` up to date until every receiver is gone.
pub(crate) async fn refresh(
	chain: Arc<dyn Chain>,
	keystore: KeystorePtr,
	poll: Duration,
	own: Arc<watch::Sender<Own>>,
) {
	let mut waiting = false;
	let mut without_key = false;
	while !own.is_closed() {
		let keystore = keystore.clone();
		let answer = ask(&chain, move |chain| {
			let time = chain.time()?;
			let keys = keystore.sr25519_public_keys(machine::KEY_TYPE);
			let any = !keys.is_empty();
			let mut machines = BTreeMap::new();
			for key in keys.into_iter().take(MAX_KEYS).map(machine::Id::from) {
				if let Some(machine) = chain.machine(&key)? {
					machines.insert(machine.machine, (key, machine));
				}
			}
			Ok((time, machines, any))
		})
		.await;
		match answer {
			Ok((time, machines, any)) => {
				if std::mem::take(&mut waiting) {
					log::info!(target: crate::LOG, "The service role follows the chain again.");
				}
				if !any && !without_key {
					log::warn!(
						target: crate::LOG,
						"The keystore holds no machine key (type \"mach\"); the service role waits for one.",
					);
				}
				without_key = !any;
				report_changes(&own.borrow().machines, &machines);
				own.send_replace(Own { time: Some(time), machines });
			}
			Err(e) => {
				if !std::mem::replace(&mut waiting, true) {
					log::warn!(target: crate::LOG, "The service role waits for the chain: {e}");
				}
				own.send_modify(|own| own.time = None);
			}
		}
		tokio::time::sleep(poll).await;
	}
}

fn report_changes(
	before: &BTreeMap<MachineId, (machine::Id, OwnMachine)>,
	after: &BTreeMap<MachineId, (machine::Id, OwnMachine)>,
) {
	for (id, (_, machine)) in after {
		if before.get(id).map(|(_, known)| known.state) != Some(machine.state) {
			log::info!(
				target: crate::LOG,
				"Machine {id} of class {} is {:?}.",
				machine.class,
				machine.state,
			);
		}
	}
}
