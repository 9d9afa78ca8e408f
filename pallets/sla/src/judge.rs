//! Verdicts and what follows from them.
//!
//! Nothing here can fail: each step into another pallet stands alone, so that one which is refused takes back
//! only itself.

use crate::{
	Agreement, AgreementState, Agreements, Config, Event, Finding, Modules, Outcome, Pallet, PendingBreach,
	Record, Renewals, Sample, SlaModule, Standing, Standings, Term, Verdict, WeightInfo, LOG,
};
use alloc::vec::Vec;
use exabits_math::{efficiency, intelligence::Margin, penalty};
use exabits_primitives::{
	Bonds, Classes, Clock, Committees, Credits, Evidence, Leases, MachineId, MachineInfo, MachineState,
	Machines, Measurement, ModuleId, OnBreach, Role, RoundIndex, RoundOutcome, SessionIndex, Slashes, Slot,
	WindowIndex, MAX_LEASES_PER_WINDOW,
};
use frame_support::{storage::with_storage_layer, traits::Get, weights::Weight};
use sp_runtime::{DispatchError, DispatchResult, PerThing, Perbill, Rounding, Saturating};

/// One round of one machine.
struct Case<AccountId> {
	machine: MachineId,
	info: MachineInfo<AccountId>,
	round: RoundIndex,
	session: SessionIndex,
	/// Slots in a window of the machine's class.
	window_slots: u32,
	effort: Effort,
}

/// What a verdict has done that its weight depends on.
#[derive(Default)]
struct Effort {
	/// Terms whose modules were read.
	terms: u32,
	/// Leases that were looked at.
	leases: u32,
	/// Whether they were credited, and not only rewarded.
	credited: bool,
	/// Approvers who were told of a breach.
	blamed: Option<u32>,
	/// A step was taken that is not of every verdict: the machine or an agreement changed its state, or a slash was
	/// deferred.
	changed: bool,
}

impl Effort {
	/// A verdict that changes more than it does as a rule is charged as the one that changes most.
	fn weight<T: Config>(&self) -> Weight {
		if self.changed {
			return T::WeightInfo::judge_confirmed_breach(self.leases);
		}
		let verdict = match (self.blamed, self.terms) {
			(Some(approvers), _) => T::WeightInfo::judge_breach(approvers),
			(None, 0) => T::WeightInfo::judge_missing(),
			(None, terms) => T::WeightInfo::judge_pass(terms),
		};
		let payment = match self.leases {
			0 => Weight::zero(),
			leases if self.credited => T::WeightInfo::credit_leases(leases),
			leases => T::WeightInfo::reward_leases(leases),
		};
		verdict.saturating_add(payment)
	}
}

/// A term, and what it is of.
type Terms = Vec<(Term, SlaModule)>;

/// Whether a step into another pallet was taken; one that was refused left nothing behind.
fn took(what: &str, machine: MachineId, step: impl FnOnce() -> DispatchResult) -> bool {
	let result: Result<(), DispatchError> = with_storage_layer(step);
	if let Err(error) = &result {
		log::warn!(target: LOG, "machine {machine}: {what} refused: {error:?}");
	}
	result.is_ok()
}

impl Record {
	/// Adds a round. Those of another session go: a verdict rests on one committee's findings, so that a second
	/// committee confirms with its own.
	fn add(&mut self, session: SessionIndex, sample: Sample) {
		if self.session != session {
			self.session = session;
			self.rounds = Default::default();
		}
		if self.rounds.is_full() {
			self.rounds.remove(0);
		}
		// There is room: a full list has just lost its oldest entry.
		let _ = self.rounds.try_push(sample);
	}
}

impl<T: Config> Pallet<T> {
	/// Judges a round, and returns what that took. One that is not to be judged costs no more than a missing one.
	pub(crate) fn do_judge(
		machine: MachineId,
		round: RoundIndex,
		session: SessionIndex,
		outcome: RoundOutcome,
	) -> Weight {
		let idle = T::WeightInfo::judge_missing();
		let Some(agreement) = Agreements::<T>::get(machine).filter(|a| a.state.is_judged()) else {
			return idle;
		};
		let Some(info) = T::Machines::machine(machine).filter(|m| m.state != MachineState::Retired) else {
			return idle;
		};
		let standing = Standings::<T>::get(machine);
		if standing.last.is_some_and(|last| round <= last.round)
			|| Self::ended_before(round, agreement.tested_from)
		{
			return idle;
		}
		let window_slots = T::Classes::class(info.class).map_or(1, |class| class.window_slots).max(1);
		let mut case = Case { machine, info, round, session, window_slots, effort: Effort::default() };
		match outcome {
			RoundOutcome::Missing => Self::missing(&mut case, agreement.state, standing, None),
			RoundOutcome::Measured(measured) => {
				Self::measured_round(&mut case, agreement, standing, measured)
			}
		}
		case.effort.weight::<T>()
	}

	/// A round that a committee measured.
	fn measured_round(
		case: &mut Case<T::AccountId>,
		agreement: Agreement<T::AccountId>,
		mut standing: Standing,
		measured: Measurement,
	) {
		case.effort.terms = u32::try_from(agreement.terms.len()).unwrap_or(u32::MAX);
		let Some(terms) = Self::load(&agreement.terms) else {
			log::error!(target: LOG, "machine {}: the agreement names a module that is not there", case.machine);
			return;
		};
		let sample = Self::sample(case, &terms, measured);
		let record = standing.record.get_or_insert_default();
		record.add(case.session, sample);
		let finding = find(&terms, &record.rounds);
		if finding.outcome == Outcome::Missing {
			return Self::missing(case, agreement.state, standing, Some(measured));
		}
		record.missing = 0;
		Self::learn(case, &mut standing, &terms, &finding);
		Self::note_verdict(case, &mut standing, &finding, Some(measured));
		if agreement.state == AgreementState::Testing {
			return Self::tested(case, agreement, finding, measured);
		}
		if finding.outcome == Outcome::Passed {
			Self::passed(case, &terms, standing, finding, measured);
		} else {
			Self::breached(case, &agreement, standing, finding, measured);
		}
		Self::test_renewal(case, agreement, measured);
	}

	/// Writes what a round came to, before anything follows from it.
	fn note_verdict(
		case: &Case<T::AccountId>,
		standing: &mut Standing,
		finding: &Finding,
		measurement: Option<Measurement>,
	) {
		standing.last = Some(Verdict {
			round: case.round,
			session: case.session,
			outcome: finding.outcome,
			credit: finding.credit,
			slash: finding.slash,
			measurement,
		});
		Standings::<T>::insert(case.machine, standing);
	}

	/// Whether a round was over when a test began in slot `from`, and so says nothing of what is tested.
	fn ended_before(round: RoundIndex, from: Slot) -> bool {
		round.end(T::Clock::round_slots()) <= from
	}

	/// The terms with their modules; `None` when one is not there.
	fn load(terms: &[Term]) -> Option<Terms> {
		terms.iter().map(|term| Some((term.clone(), Modules::<T>::get(term.module)?))).collect()
	}

	/// What is known of the round: reports are looked up only where a term needs them.
	fn sample(case: &Case<T::AccountId>, terms: &Terms, measured: Measurement) -> Sample {
		let reported = if terms.iter().any(|(_, module)| module.metric.is_reported()) {
			let last = case.round.end(T::Clock::round_slots()).saturating_sub(1);
			T::Evidence::reported(case.machine, last)
		} else {
			None
		};
		Sample::new(case.round, measured, reported)
	}

	/// Lets the machine's standing learn from a verdict.
	fn learn(case: &Case<T::AccountId>, standing: &mut Standing, terms: &Terms, finding: &Finding) {
		let window = WindowIndex::at(case.round.start(T::Clock::round_slots()), case.window_slots);
		let margins: Vec<(ModuleId, Margin)> = terms
			.iter()
			.zip(&finding.values)
			.filter_map(|((term, module), value)| {
				let span = module.knots.last().copied().unwrap_or(penalty::PPM);
				let margin = Margin::new((*value)?, term.threshold, module.comparator.into(), span);
				Some((term.module, margin))
			})
			.collect();
		standing.learned.observe(window, Self::windows_in_a_day(case.window_slots), &margins);
	}

	/// Windows of so many slots in a day, at least one.
	pub(crate) fn windows_in_a_day(window_slots: u32) -> u32 {
		let windows = T::DaySlots::get().checked_div(window_slots.into()).unwrap_or(0);
		u32::try_from(windows).unwrap_or(u32::MAX).max(1)
	}

	/// Neither a pass nor a breach: too few anchors revealed, or what they measured is of no term.
	fn missing(
		case: &mut Case<T::AccountId>,
		state: AgreementState,
		mut standing: Standing,
		measurement: Option<Measurement>,
	) {
		let Case { machine, round, .. } = *case;
		let record = standing.record.get_or_insert_default();
		record.missing = record.missing.saturating_add(1);
		let missing = record.missing;
		Self::note_verdict(case, &mut standing, &Finding::missing(), measurement);
		Self::deposit_event(Event::RoundMissing { machine, round, missing });
		if state == AgreementState::Active && missing >= T::MaxMissing::get() && Self::suspend(case) {
			standing.record.get_or_insert_default().suspended = true;
			Standings::<T>::insert(machine, standing);
		}
	}

	/// The first measured round of a machine under test decides.
	fn tested(
		case: &mut Case<T::AccountId>,
		mut agreement: Agreement<T::AccountId>,
		finding: Finding,
		measurement: Measurement,
	) {
		let Case { machine, round, window_slots, .. } = *case;
		case.effort.changed = true;
		if finding.outcome == Outcome::Passed {
			if took("going online", machine, || T::Machines::online(machine)) {
				Self::activate(machine, agreement, window_slots, round);
			}
		} else {
			if !took("rejection", machine, || T::Machines::reject(machine)) {
				return;
			}
			agreement.state = AgreementState::Rejected;
			agreement.approvals = Default::default();
			Standings::<T>::mutate(machine, |standing| standing.record = None);
			Agreements::<T>::insert(machine, agreement);
			Self::deposit_event(Event::AgreementRejected { machine, round, measurement });
		}
	}

	/// Puts an agreement in force, from the round after `round` on.
	fn activate(
		machine: MachineId,
		mut agreement: Agreement<T::AccountId>,
		window_slots: u32,
		round: RoundIndex,
	) {
		let now = T::Clock::now();
		let answered = Slot::from(window_slots).saturating_mul(T::ApproverWindows::get().into());
		let ends = now.saturating_add(T::AgreementSlots::get());
		agreement.state = AgreementState::Active;
		agreement.answered_until = now.saturating_add(answered);
		agreement.ending = Some(Self::queue_ending(machine, ends, false));
		let template = agreement.template;
		Agreements::<T>::insert(machine, agreement);
		Self::deposit_event(Event::AgreementActive { machine, template, round, ends });
	}

	/// The first measured round decides on what is to follow the active agreement: when it passes it takes its place.
	fn test_renewal(
		case: &mut Case<T::AccountId>,
		active: Agreement<T::AccountId>,
		measurement: Measurement,
	) {
		let machine = case.machine;
		let Some(mut renewal) =
			Renewals::<T>::get(machine).filter(|one| one.state == AgreementState::Testing)
		else {
			return;
		};
		if Self::ended_before(case.round, renewal.tested_from) {
			return;
		}
		case.effort.changed = true;
		let Some(terms) = Self::load(&renewal.terms) else { return };
		let sample = Self::sample(case, &terms, measurement);
		match find(&terms, &[sample]).outcome {
			Outcome::Missing => (),
			Outcome::Breached => {
				Self::drop_renewal(machine);
				Self::deposit_event(Event::AgreementRejected { machine, round: case.round, measurement });
			}
			Outcome::Passed
				if Self::may_follow(machine, &case.info, &renewal) && !Self::breach_waits(machine) =>
			{
				Self::unqueue_ending(machine, &active);
				Renewals::<T>::remove(machine);
				renewal.queued |= active.queued;
				Self::activate(machine, renewal, case.window_slots, case.round);
			}
			// Another template's terms wait until no commitment names the old one, and all until no breach of the old ones is
			// pending.
			Outcome::Passed => (),
		}
	}

	/// All terms that have a value were kept. It acquits of a pending breach when all that were broken in that have one.
	fn passed(
		case: &mut Case<T::AccountId>,
		terms: &Terms,
		mut standing: Standing,
		finding: Finding,
		measurement: Measurement,
	) {
		Self::pay(case, &standing, &finding);
		let Case { machine, round, .. } = *case;
		let record = standing.record.get_or_insert_default();
		record.breaches = 0;
		let unseen = |module: &ModuleId| {
			terms
				.iter()
				.zip(&finding.values)
				.any(|((term, _), value)| term.module == *module && value.is_none())
		};
		record.pending = record.pending.take().filter(|breach| breach.broken.iter().any(unseen));
		if record.suspended && case.info.state == MachineState::Suspended {
			case.effort.changed = true;
			record.suspended = !took("going online", machine, || T::Machines::online(machine));
		}
		Standings::<T>::insert(machine, standing);
		Self::deposit_event(Event::VerdictPassed { machine, round, measurement });
	}

	/// A term was broken.
	fn breached(
		case: &mut Case<T::AccountId>,
		agreement: &Agreement<T::AccountId>,
		mut standing: Standing,
		finding: Finding,
		measurement: Measurement,
	) {
		let Finding { credit, slash, reward, .. } = finding;
		let Case { machine, round, .. } = *case;
		Self::deposit_event(Event::VerdictBreached { machine, round, credit, slash, reward, measurement });
		Self::pay(case, &standing, &finding);
		let answers = T::Clock::now() <= agreement.answered_until;
		let approvers = if answers { agreement.approvals.as_slice() } else { &[] };
		for approver in approvers {
			T::OnBreach::breached(approver, machine);
		}
		case.effort.blamed = Some(u32::try_from(approvers.len()).unwrap_or(u32::MAX));
		let record = standing.record.get_or_insert_default();
		Self::confirm(case, record, &finding);

		record.breaches = record.breaches.saturating_add(1);
		if credit >= T::EvacuateAt::get() || record.breaches >= T::MaxBreaches::get() {
			record.suspended |= Self::suspend(case);
			// Those of the round's window are among them.
			let serving = T::Leases::serving(machine);
			case.effort.leases = case.effort.leases.max(u32::try_from(serving.len()).unwrap_or(u32::MAX));
			case.effort.changed = true;
			if !serving.is_empty() {
				took("evacuation", machine, || T::Leases::evacuate(machine));
			}
		}
		Standings::<T>::insert(machine, standing);
	}

	/// Pays the provider what the terms that were kept are worth, weighed by the machine's compliance score and its
	/// efficiency, and tenants what they are owed for the others.
	fn pay(case: &mut Case<T::AccountId>, standing: &Standing, finding: &Finding) {
		if finding.reward.is_zero() && finding.credit.is_zero() {
			return;
		}
		let rounds = case.window_slots.checked_div(T::Clock::round_slots()).map_or(1, |rounds| rounds.max(1));
		case.effort.credited = !finding.credit.is_zero();
		let score = standing.learned.score().unwrap_or_default();
		let weight = score.saturating_mul(efficiency::weight(case.info.utilisation));
		let reward = (finding.reward, weight);
		case.effort.leases = Self::pay_leases(case.machine, case.round, rounds, reward, finding.credit);
	}

	/// Pays for one of the `rounds` of a window: the leases that ran on the machine in it, also when their window ended
	/// with it. Returns how many leases were looked at.
	pub(crate) fn pay_leases(
		machine: MachineId,
		round: RoundIndex,
		rounds: u32,
		(kept, weight): (Perbill, Perbill),
		credit: Perbill,
	) -> u32 {
		let slots = T::Clock::round_slots();
		let most = usize::try_from(MAX_LEASES_PER_WINDOW).unwrap_or(usize::MAX);
		let (leases, looked_at) = T::Leases::ran(machine, round.start(slots), round.end(slots));
		for lease in leases.into_iter().take(most) {
			if !kept.is_zero() {
				T::Credits::reward(lease, kept, weight, rounds);
			}
			if !credit.is_zero() {
				T::Credits::credit(lease, credit, rounds);
			}
		}
		looked_at
	}

	/// Opens, hardens or confirms a pending breach. A finding that costs nothing does neither.
	fn confirm(case: &mut Case<T::AccountId>, record: &mut Record, finding: &Finding) {
		let slash = finding.slash;
		if slash.is_zero() {
			return;
		}
		let broken = finding.broken.clone();
		let found = PendingBreach { session: case.session, round: case.round, slash, broken };
		match record.pending.clone() {
			None => record.pending = Some(found),
			Some(first) if first.session < case.session => {
				case.effort.changed = true;
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
	fn suspend(case: &mut Case<T::AccountId>) -> bool {
		let machine = case.machine;
		if case.info.state != MachineState::Online {
			return false;
		}
		case.effort.changed = true;
		took("suspension", machine, || T::Machines::suspend(machine))
	}
}

/// Those of a committee's rounds, oldest first, that are among the last `length`; none when less than half of these, as
/// far as they reach back to the first, were measured.
fn window(rounds: &[Sample], length: u32) -> &[Sample] {
	let (Some(first), Some(last)) = (rounds.first(), rounds.last()) else { return &[] };
	let from = last.round.0.saturating_add(1).saturating_sub(length).max(first.round.0);
	let within = rounds.get(rounds.partition_point(|sample| sample.round.0 < from)..).unwrap_or_default();
	let passed = last.round.0.saturating_sub(from).saturating_add(1);
	let measured = u32::try_from(within.len()).unwrap_or(u32::MAX);
	if measured.saturating_mul(2) < passed {
		&[]
	} else {
		within
	}
}

/// What a committee's rounds, oldest first, come to under these terms. A term without a value counts for nothing.
fn find(terms: &Terms, rounds: &[Sample]) -> Finding {
	let mut finding = Finding::missing();
	// At most eight times a `u32` each.
	let (mut kept, mut all) = (0u64, 0u64);
	for (term, module) in terms {
		let value = module.metric.over(window(rounds, module.window_rounds));
		finding.values.push(value);
		let Some(value) = value else { continue };
		let weight = u64::from(module.reward.deconstruct());
		all = all.saturating_add(weight);
		let shortfall = penalty::shortfall(value, term.threshold, module.comparator.into());
		if shortfall == 0 {
			kept = kept.saturating_add(weight);
			continue;
		}
		let points = |height: fn(&crate::Height) -> Perbill| {
			module.knots.iter().copied().zip(term.heights.iter().map(height))
		};
		let credit = penalty::curve(points(|height| height.credit), shortfall, Rounding::Up);
		let slash = penalty::curve(points(|height| height.slash), shortfall, Rounding::Down);
		finding.outcome = Outcome::Breached;
		// There are no more terms than it has room for.
		let _ = finding.broken.try_push(term.module);
		finding.credit = finding.credit.max(credit);
		finding.slash = finding.slash.max(slash);
	}
	if all > 0 {
		if finding.outcome == Outcome::Missing {
			finding.outcome = Outcome::Passed;
		}
		finding.reward =
			<Perbill as PerThing>::from_rational_with_rounding(kept, all, Rounding::Down).unwrap_or_default();
	}
	finding
}
