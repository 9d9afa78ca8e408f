//! Verdicts and what follows from them.
//!
//! Nothing here can fail: each step into another pallet stands alone, so that one which is refused takes back
//! only itself.

use crate::{
	Agreement, AgreementState, Agreements, Config, Event, Finding, LastVerdict, Modules, Outcome, Pallet,
	PendingBreach, Record, Records, Scores, Term, Verdict, LOG, MAX_WINDOW_ROUNDS,
};
use alloc::vec::Vec;
use exabits_math::penalty;
use exabits_primitives::{
	Bonds, Classes, Clock, Committees, Credits, LeaseId, Leases, MachineId, MachineInfo, MachineState,
	Machines, Measurement, Role, RoundIndex, RoundOutcome, SessionIndex, Slashes, MAX_LEASES_PER_WINDOW,
};
use frame_support::{storage::with_storage_layer, traits::Get};
use sp_runtime::{DispatchError, DispatchResult, Perbill, Rounding};

/// One round of one machine.
struct Case<AccountId> {
	machine: MachineId,
	info: MachineInfo<AccountId>,
	round: RoundIndex,
	session: SessionIndex,
}

/// Whether a step into another pallet was taken; one that was refused left nothing behind.
fn took(what: &str, machine: MachineId, step: impl FnOnce() -> DispatchResult) -> bool {
	let result: Result<(), DispatchError> = with_storage_layer(step);
	if let Err(error) = &result {
		log::warn!(target: LOG, "machine {machine}: {what} refused: {error:?}");
	}
	result.is_ok()
}

impl Record {
	/// Adds a measurement. Those of another session go: a verdict rests on one committee's findings, so that
	/// a second committee confirms with its own.
	fn add(&mut self, session: SessionIndex, measurement: Measurement) {
		if self.session != session {
			self.session = session;
			self.rounds = Default::default();
		}
		if self.rounds.is_full() {
			self.rounds.remove(0);
		}
		// There is room: a full list has just lost its oldest entry.
		let _ = self.rounds.try_push(measurement);
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_judge(
		machine: MachineId,
		round: RoundIndex,
		session: SessionIndex,
		outcome: RoundOutcome,
	) {
		let Some(agreement) = Agreements::<T>::get(machine).filter(|a| a.state.is_judged()) else { return };
		let Some(info) = T::Machines::machine(machine).filter(|m| m.state != MachineState::Retired) else {
			return;
		};
		let mut record = Records::<T>::get(machine);
		if LastVerdict::<T>::get(machine).is_some_and(|last| round <= last.round)
			|| round.end(T::Clock::round_slots()) <= record.since
		{
			return;
		}
		let case = Case { machine, info, round, session };
		match outcome {
			RoundOutcome::Missing => Self::missing(case, agreement.state, record),
			RoundOutcome::Measured(measurement) => {
				record.add(session, measurement);
				record.missing = 0;
				let Some(finding) = Self::find(&agreement.terms, &record.rounds) else {
					log::error!(target: LOG, "machine {machine}: the agreement names a module that is not there");
					return;
				};
				Scores::<T>::mutate(machine, |score| *score = penalty::score(*score, finding.passed));
				LastVerdict::<T>::insert(
					machine,
					Verdict {
						round,
						session,
						outcome: if finding.passed { Outcome::Passed } else { Outcome::Breached },
						credit: finding.credit,
						slash: finding.slash,
						measurement: Some(measurement),
					},
				);
				match (agreement.state, finding.passed) {
					(AgreementState::Testing, _) => {
						Self::tested(case, agreement, record, finding, measurement)
					}
					(_, true) => Self::passed(case, record, measurement),
					(_, false) => Self::breached(case, record, finding, measurement),
				}
			}
		}
	}

	/// What a committee's measurements, oldest first, come to under these terms. `None` when a module is not
	/// there.
	pub(crate) fn find(terms: &[Term], rounds: &[Measurement]) -> Option<Finding> {
		let mut finding = Finding { passed: true, credit: Perbill::zero(), slash: Perbill::zero() };
		for term in terms {
			let module = Modules::<T>::get(term.module)?;
			let window = usize::try_from(module.window_rounds.min(MAX_WINDOW_ROUNDS)).ok()?;
			let value = module.metric.over(rounds.iter().rev().take(window))?;
			let shortfall = penalty::shortfall(value, term.threshold, module.comparator.into());
			if shortfall == 0 {
				continue;
			}
			let points = |height: fn(&crate::Height) -> Perbill| {
				module.knots.iter().copied().zip(term.heights.iter().map(height))
			};
			finding.passed = false;
			let credit = penalty::curve(points(|height| height.credit), shortfall, Rounding::Up);
			let slash = penalty::curve(points(|height| height.slash), shortfall, Rounding::Down);
			finding.credit = finding.credit.max(credit);
			finding.slash = finding.slash.max(slash);
		}
		Some(finding)
	}

	/// Too few anchors revealed.
	fn missing(case: Case<T::AccountId>, state: AgreementState, mut record: Record) {
		let Case { machine, info, round, session } = case;
		record.missing = record.missing.saturating_add(1);
		LastVerdict::<T>::insert(
			machine,
			Verdict {
				round,
				session,
				outcome: Outcome::Missing,
				credit: Perbill::zero(),
				slash: Perbill::zero(),
				measurement: None,
			},
		);
		Self::deposit_event(Event::RoundMissing { machine, round, missing: record.missing });
		if state == AgreementState::Active && record.missing >= T::MaxMissing::get() {
			Self::suspend(machine, &info, &mut record);
		}
		Records::<T>::insert(machine, record);
	}

	/// The first measured round of a machine under test decides.
	fn tested(
		case: Case<T::AccountId>,
		mut agreement: Agreement<T::AccountId>,
		record: Record,
		finding: Finding,
		measurement: Measurement,
	) {
		let Case { machine, round, .. } = case;
		if finding.passed {
			if !took("going online", machine, || T::Machines::online(machine)) {
				return;
			}
			agreement.state = AgreementState::Active;
			let template = agreement.template;
			Records::<T>::insert(machine, record);
			Agreements::<T>::insert(machine, agreement);
			Self::deposit_event(Event::AgreementActive { machine, template, round });
		} else {
			if !took("rejection", machine, || T::Machines::reject(machine)) {
				return;
			}
			agreement.state = AgreementState::Rejected;
			Records::<T>::remove(machine);
			Agreements::<T>::insert(machine, agreement);
			Self::deposit_event(Event::AgreementRejected { machine, round, measurement });
		}
	}

	/// All terms were kept.
	fn passed(case: Case<T::AccountId>, mut record: Record, measurement: Measurement) {
		let rounds = Self::rounds_per_window(&case.info);
		for lease in Self::concerned(&case) {
			T::Credits::reward(lease, rounds);
		}
		let Case { machine, info, round, .. } = case;
		record.breaches = 0;
		record.pending = None;
		if record.suspended && info.state == MachineState::Suspended {
			record.suspended = !took("going online", machine, || T::Machines::online(machine));
		}
		Records::<T>::insert(machine, record);
		Self::deposit_event(Event::VerdictPassed { machine, round, measurement });
	}

	/// A term was broken.
	fn breached(case: Case<T::AccountId>, mut record: Record, finding: Finding, measurement: Measurement) {
		let Finding { credit, slash, .. } = finding;
		let Case { machine, round, .. } = case;
		Self::deposit_event(Event::VerdictBreached { machine, round, credit, slash, measurement });

		if !credit.is_zero() {
			let rounds = Self::rounds_per_window(&case.info);
			for lease in Self::concerned(&case) {
				T::Credits::credit(lease, credit, rounds);
			}
		}
		Self::confirm(&case, &mut record, slash);

		record.breaches = record.breaches.saturating_add(1);
		if credit >= T::EvacuateAt::get() || record.breaches >= T::MaxBreaches::get() {
			Self::suspend(machine, &case.info, &mut record);
			if !T::Leases::serving(machine).is_empty() {
				took("evacuation", machine, || T::Leases::evacuate(machine));
			}
		}
		Records::<T>::insert(machine, record);
	}

	/// Opens, hardens or confirms a pending breach. A finding that costs nothing does neither.
	fn confirm(case: &Case<T::AccountId>, record: &mut Record, slash: Perbill) {
		if slash.is_zero() {
			return;
		}
		let found = PendingBreach { session: case.session, round: case.round, slash };
		match record.pending {
			None => record.pending = Some(found),
			Some(first) if first.session < case.session => {
				let amount = penalty::slash(first.slash, slash, T::Bonds::minimum(Role::Service));
				let deferred =
					with_storage_layer(|| T::Slashes::defer(&case.info.owner, Role::Service, amount, None));
				match deferred {
					Ok(id) => {
						let finders = [first.session, case.session].into_iter();
						let finders = finders.flat_map(|of| T::Committees::committee_of(case.machine, of));
						T::Slashes::recuse(id, finders.collect());
						record.pending = None;
						Self::deposit_event(Event::BreachConfirmed {
							machine: case.machine,
							first: first.round,
							second: case.round,
							slash: amount,
							id,
						});
					}
					// It stays pending: the next breach verdict tries again.
					Err(error) => log::warn!(
						target: LOG,
						"machine {}: slash of {amount} refused: {error:?}",
						case.machine
					),
				}
			}
			Some(first) if first.session == case.session && first.slash < slash => {
				record.pending = Some(found)
			}
			Some(_) => (),
		}
	}

	/// Takes the machine off new work until a round passes.
	fn suspend(machine: MachineId, info: &MachineInfo<T::AccountId>, record: &mut Record) {
		if info.state == MachineState::Online && took("suspension", machine, || T::Machines::suspend(machine))
		{
			record.suspended = true;
		}
	}

	/// The leases that ran on the machine in the round, also when their window ended with it.
	fn concerned(case: &Case<T::AccountId>) -> Vec<LeaseId> {
		let slots = T::Clock::round_slots();
		let most = usize::try_from(MAX_LEASES_PER_WINDOW).unwrap_or(usize::MAX);
		let mut leases = T::Leases::ran(case.machine, case.round.start(slots), case.round.end(slots));
		leases.truncate(most);
		leases
	}

	/// Whole rounds in a window of the machine's class, at least one.
	fn rounds_per_window(info: &MachineInfo<T::AccountId>) -> u32 {
		let window = T::Classes::class(info.class).map_or(0, |class| class.window_slots);
		window.checked_div(T::Clock::round_slots()).map_or(1, |rounds| rounds.max(1))
	}
}
