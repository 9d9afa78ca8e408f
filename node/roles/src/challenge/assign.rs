//! The challenges of an anchor's current round, and what comes of them.

use super::{Assignment, Due, Failure, Finding};
use crate::chain::OpenChallenge;
use exabits_challenge::Hash;
use exabits_math::aggregate::MAX_PERFORMANCE;
use exabits_primitives::{
	apis::{Duty, Time},
	keys::anchor,
	MachineId, RoundIndex,
};
use std::{
	collections::{BTreeMap, HashMap},
	time::Instant,
};
use tokio::sync::{mpsc, watch};

/// A beacon that is seen only so many slots after its block's has been public for a time that nobody knows here.
const SEEN_WITHIN: u64 = 2;
/// Findings that wait to be taken in.
const WAITING: usize = 64;

/// What an anchor has assigned to itself for the current round.
pub(crate) struct Assignments {
	assigned: watch::Sender<Vec<Assignment>>,
	findings: mpsc::Receiver<Finding>,
	/// By the challenge's seed.
	known: HashMap<Hash, Known>,
}

/// A challenge of this round.
struct Known {
	machine: MachineId,
	round: RoundIndex,
	state: State,
}

enum State {
	/// Put to the machine; nothing came of it yet.
	Put(Box<Assignment>),
	/// Parts per million of the class's reference: none where the machine failed.
	Judged(u32),
	/// Nothing that this anchor can say.
	Unknown,
}

impl Assignments {
	/// With the examiner's ends of both channels.
	pub(crate) fn new() -> (Self, watch::Receiver<Vec<Assignment>>, mpsc::Sender<Finding>) {
		let (assigned, receiver) = watch::channel(Vec::new());
		let (sender, findings) = mpsc::channel(WAITING);
		(Self { assigned, findings, known: HashMap::new() }, receiver, sender)
	}

	/// Takes in what the examiner has found. What it found of a challenge that is not on the best chain any more, or of
	/// a round that is over, counts for nothing.
	pub(crate) fn take_findings(&mut self) {
		while let Ok(finding) = self.findings.try_recv() {
			let Finding { challenge, result, .. } = finding;
			if let Err(failure) = &result {
				log::info!(target: crate::LOG, "Machine {} failed its challenge: {failure}", challenge.machine);
			}
			if let Some(known) = self.known.get_mut(&challenge.seed()) {
				known.state = match result {
					Ok(examined) => State::Judged(examined.performance.min(MAX_PERFORMANCE)),
					Err(Failure::Key | Failure::Verifier(_)) => State::Unknown,
					Err(_) => State::Judged(0),
				};
			}
		}
	}

	/// What a machine's challenges came to in a round: its worst device's performance, of what has not been answered by
	/// now zero. `None` where none was due, or where this anchor cannot say.
	pub(crate) fn performance(&self, machine: MachineId, round: RoundIndex) -> Option<u32> {
		let of_round = |known: &&Known| known.machine == machine && known.round == round;
		let performance = |known: &Known| match known.state {
			State::Put(_) => Some(0),
			State::Judged(performance) => Some(performance),
			State::Unknown => None,
		};
		self.known.values().filter(of_round).filter_map(performance).min()
	}

	/// Assigns what has come on the best chain, and gives up what is not there any more.
	pub(crate) fn update(&mut self, time: Time, duties: &[(anchor::Id, Duty)], open: &[OpenChallenge]) {
		// As with probes, the first of this node's keys measures.
		let mut watched = BTreeMap::new();
		for (anchor, duty) in duties {
			watched.entry(duty.machine).or_insert((anchor, duty));
		}
		let now = Instant::now();
		let mut current = HashMap::new();
		let mut changed = false;
		for open in open {
			let Some((anchor, duty)) = watched.get(&open.duty.machine) else { continue };
			for due in Due::all(open) {
				let seed = due.challenge.seed();
				let known = self.known.remove(&seed).unwrap_or_else(|| {
					changed = true;
					let fresh = time.slot.saturating_sub(open.since) <= SEEN_WITHIN;
					let state = match fresh && due.anchors.contains(anchor) {
						true => State::Put(Box::new(Assignment {
							due,
							anchor: (*anchor).clone(),
							machine: duty.key.clone(),
							endpoint: duty.endpoint.clone(),
							public: now,
						})),
						false => State::Unknown,
					};
					Known { machine: duty.machine, round: open.duty.round, state }
				});
				current.insert(seed, known);
			}
		}
		let given_up = std::mem::replace(&mut self.known, current);
		if changed || !given_up.is_empty() {
			let put = self.known.values().filter_map(|known| match &known.state {
				State::Put(assignment) => Some((**assignment).clone()),
				_ => None,
			});
			self.assigned.send_replace(put.collect());
		}
	}
}

#[cfg(test)]
mod tests {
	use super::{super::Examined, *};
	use exabits_challenge::Challenge;
	use exabits_primitives::apis::ChallengeDuty;
	use sp_core::sr25519::Public;
	use std::time::Duration;

	const MACHINE: MachineId = MachineId(7);
	const ROUND: RoundIndex = RoundIndex(10);

	struct Desk {
		assignments: Assignments,
		assigned: watch::Receiver<Vec<Assignment>>,
		findings: mpsc::Sender<Finding>,
	}

	impl Desk {
		fn new() -> Self {
			let (assignments, assigned, findings) = Assignments::new();
			Self { assignments, assigned, findings }
		}

		/// Tells what is open in a slot to an anchor that watches the machine.
		fn update(&mut self, slot: u64, open: &[OpenChallenge]) -> Vec<Challenge> {
			let time = Time { slot, slot_millis: 100, round_slots: 10, session: 1 };
			let key = Public::from_raw([3; 32]).into();
			let duty = Duty { machine: MACHINE, key, endpoint: b"http://x:1".to_vec(), round: ROUND };
			self.assignments.update(time, &[(anchor(), duty)], open);
			let put = |assignment: &Assignment| assignment.due.challenge;
			let mut assigned: Vec<_> = self.assigned.borrow().iter().map(put).collect();
			assigned.sort_by_key(|challenge| challenge.device);
			assigned
		}

		fn find(&mut self, challenge: Challenge, result: Result<u32, Failure>) {
			let elapsed = Duration::from_secs(1);
			let result = result.map(|performance| Examined { elapsed, performance });
			assert!(self.findings.try_send(Finding { challenge, anchor: anchor(), result }).is_ok());
			self.assignments.take_findings();
		}

		fn performance(&self) -> Option<u32> {
			self.assignments.performance(MACHINE, ROUND)
		}
	}

	fn anchor() -> anchor::Id {
		Public::from_raw([5; 32]).into()
	}

	/// A challenge of two devices, open since slot 102.
	fn open(beacon: u8) -> OpenChallenge {
		let duty = ChallengeDuty {
			machine: MACHINE,
			round: ROUND,
			slot: 102,
			seed: [1; 32],
			devices: vec![0, 1],
			anchors: vec![anchor()],
			n: 64,
			links: 12,
			memory: 4 * 64 * 64,
			reference_millis: 1_000,
			limit_millis: 2_000,
		};
		OpenChallenge { beacon: [beacon; 32], since: 102, duty }
	}

	#[test]
	fn a_machine_is_as_good_as_its_worst_device() {
		let mut desk = Desk::new();
		assert_eq!(desk.performance(), None);
		let put = desk.update(102, &[open(1)]);
		assert_eq!(put.len(), 2);
		assert_eq!(desk.performance(), Some(0), "nothing has been answered");
		desk.find(put[0], Ok(900_000));
		assert_eq!(desk.performance(), Some(0), "one device has not answered");
		assert_eq!(desk.update(103, &[open(1)]), put, "nothing new: nothing is sent");
		desk.find(put[1], Ok(800_000));
		assert_eq!(desk.performance(), Some(800_000));
		assert_eq!(desk.assignments.performance(MachineId(8), ROUND), None);
		assert_eq!(desk.assignments.performance(MACHINE, RoundIndex(11)), None);
	}

	#[test]
	fn a_failure_is_zero_unless_it_is_the_anchors_own() {
		for (failure, performance) in [
			(Failure::Late(Duration::ZERO), Some(0)),
			(Failure::NoResponse(Duration::ZERO), Some(0)),
			(Failure::Signature, Some(0)),
			(Failure::Key, Some(700_000)),
			(Failure::Verifier(String::new()), Some(700_000)),
		] {
			let mut desk = Desk::new();
			let put = desk.update(102, &[open(1)]);
			desk.find(put[0], Ok(700_000));
			desk.find(put[1], Err(failure));
			assert_eq!(desk.performance(), performance);
		}
	}

	#[test]
	fn no_device_is_better_than_a_measurement_may_say() {
		let mut desk = Desk::new();
		for challenge in desk.update(102, &[open(1)]) {
			desk.find(challenge, Ok(u32::MAX));
		}
		assert_eq!(desk.performance(), Some(MAX_PERFORMANCE));
	}

	#[test]
	fn a_beacon_that_is_seen_late_counts_for_nothing() {
		for (slot, put) in [(103, 2), (104, 2), (105, 0)] {
			let mut desk = Desk::new();
			assert_eq!(desk.update(slot, &[open(1)]).len(), put, "{slot}");
			assert_eq!(desk.performance(), (put > 0).then_some(0));
		}
		// What was seen in time stays.
		let mut desk = Desk::new();
		desk.update(102, &[open(1)]);
		assert_eq!(desk.update(109, &[open(1)]).len(), 2);
	}

	#[test]
	fn another_best_chain_has_another_challenge() {
		let mut desk = Desk::new();
		let old = desk.update(102, &[open(1)]);
		desk.find(old[0], Err(Failure::Late(Duration::ZERO)));
		let new = desk.update(103, &[open(2)]);
		assert!(new.iter().all(|challenge| challenge.beacon == [2; 32]));
		// Found too late to count.
		desk.find(old[1], Ok(1));
		desk.find(new[0], Ok(900_000));
		desk.find(new[1], Ok(900_000));
		assert_eq!(desk.performance(), Some(900_000));
		// When the round is over nothing is left.
		assert!(desk.update(110, &[]).is_empty());
		assert_eq!(desk.performance(), None);
	}
}
