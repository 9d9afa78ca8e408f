//! Audits: an anchor demands a sample, and the machine shows it or fails.

use crate::{
	Audit, Audits, Config, Demand, Demanded, Error, Event, Opening, Pallet, Queue, Record, Refusal, Reports,
	Settings, Suspicion, WeightInfo,
};
use alloc::vec::Vec;
use exabits_math::{
	merkle,
	telemetry::{
		plausibility::{is_in_window, sample_fits},
		sample_index,
	},
};
use exabits_primitives::{
	keys::{anchor, machine},
	AnchorKeys, ClassInfo, Clock, Committees, MachineId, MachineInfo, SessionIndex, Slot, WindowIndex,
};
use frame_support::{
	pallet_prelude::*,
	weights::{Weight, WeightMeter},
};
use sp_runtime::{transaction_validity::TransactionValidityWithRefund, RuntimeAppPublic};

/// A demand that only lacks a valid signature and a seat.
pub(crate) struct Demandable {
	/// The report.
	record: Record,
	/// The machine's class.
	class: ClassInfo,
	/// The window of an audit that the machine failed before.
	failed: Option<WindowIndex>,
	/// Demands that the anchor has made in this session.
	made: u32,
}

/// An opening that only lacks a valid signature.
pub(crate) struct Openable<AccountId> {
	/// The machine.
	machine: MachineInfo<AccountId>,
	/// Its audits.
	audit: Audit,
	/// What was demanded.
	demand: Demand,
}

impl<T: Config> Pallet<T> {
	/// What an anchor's key signs to demand a sample.
	pub fn demand_payload(
		anchor: &T::AccountId,
		machine: MachineId,
		session: SessionIndex,
		window: WindowIndex,
	) -> Vec<u8> {
		Self::bind(b"telemetry/demand", (anchor, machine, session, window))
	}

	/// What a machine's key signs to show a sample.
	pub fn opening_payload(machine: MachineId, opening: &Opening) -> Vec<u8> {
		Self::bind(b"telemetry/open", (machine, opening))
	}

	/// Everything that is asked of a demand except its signature and the anchor's seat, cheapest first.
	pub(crate) fn may_demand(
		anchor: &T::AccountId,
		machine: MachineId,
		window: WindowIndex,
	) -> Result<Demandable, Refusal> {
		let now = T::Clock::now();
		let record = Reports::<T>::get(machine)
			.filter(|record| record.report.window == window)
			.ok_or(Refusal::NotLatest)?;
		// The block that the report is in has to be the parent of the demand's or older: its hash chooses the sample.
		ensure!(record.received < now, Refusal::TooEarly);
		let audit = Audits::<T>::get(machine);
		ensure!(audit.is_none_or(|audit| audit.window < window), Refusal::AlreadyDemanded);
		ensure!(audit.is_none_or(|audit| audit.open.is_none()), Refusal::DemandOpen);
		let made = Self::made(anchor);
		ensure!(made < Settings::<T>::get().demands, Refusal::TooMany);
		let (_, class) = Self::known(machine)?;
		ensure!(now < Self::expires(window, &class), Refusal::TooOld);
		Ok(Demandable { record, class, failed: audit.and_then(|audit| audit.failed), made })
	}

	/// Demands that an anchor has made in this session.
	fn made(anchor: &T::AccountId) -> u32 {
		let (session, made) = Demanded::<T>::get(anchor);
		if session == T::Clock::session() {
			made
		} else {
			0
		}
	}

	pub(crate) fn has_seat(anchor: &T::AccountId, machine: MachineId) -> Result<(), Refusal> {
		ensure!(T::Committees::committee(machine).contains(anchor), Refusal::NotInCommittee);
		Ok(())
	}

	/// Lets a demand into the pool and into blocks.
	pub(crate) fn authorize_demand(
		_source: TransactionSource,
		anchor: &T::AccountId,
		machine: &MachineId,
		window: &WindowIndex,
		signature: &anchor::Signature,
	) -> TransactionValidityWithRefund {
		let Demandable { class, .. } =
			Self::may_demand(anchor, *machine, *window).map_err(InvalidTransaction::from)?;
		let key = T::AnchorKeys::key(anchor).ok_or(Refusal::NoKey).map_err(InvalidTransaction::from)?;
		let payload = Self::demand_payload(anchor, *machine, T::Clock::session(), *window);
		if !key.verify(&payload, signature) {
			return Err(InvalidTransaction::BadProof.into());
		}
		// A committee costs more than a signature to find: last, so that only anchors can make us do it.
		Self::has_seat(anchor, *machine).map_err(InvalidTransaction::from)?;
		Self::valid((b"demand", machine, window), Self::expires(*window, &class))
	}

	/// Demands a sample of the machine's latest report.
	pub(crate) fn do_demand(anchor: T::AccountId, machine: MachineId, window: WindowIndex) -> DispatchResult {
		let Demandable { record, class, failed, made } =
			Self::may_demand(&anchor, machine, window).map_err(Error::<T>::from)?;
		Self::has_seat(&anchor, machine).map_err(Error::<T>::from)?;
		let report = record.report;
		let seed = (frame_system::Pallet::<T>::parent_hash(), machine, window).encode();
		// A report has samples.
		let index = sample_index(&seed, report.summary.samples).ok_or(Error::<T>::Malformed)?;
		let since = T::Clock::now();
		// Nodes keep the samples for a window more than they may be demanded in.
		let time = Slot::from(T::Clock::round_slots())
			.saturating_mul(Settings::<T>::get().open_rounds.into())
			.min(class.window_slots.into());
		let until = since.saturating_add(time);
		let queued = Queue::<T>::schedule(since, until, machine).map_err(|_| Error::<T>::QueueFull)?;
		let open = Some(Demand { report, index, since, until, queued });
		Audits::<T>::insert(machine, Audit { window, open, failed });
		Demanded::<T>::insert(&anchor, (T::Clock::session(), made.saturating_add(1)));
		Self::deposit_event(Event::SampleDemanded { machine, window, index, anchor, until });
		Ok(())
	}

	/// The first slot in which a demand can be met no more.
	pub(crate) fn demand_ends(demand: &Demand) -> Slot {
		T::Clock::extended(demand.since, demand.until)
	}

	/// Everything that is asked of an opening except its signature, cheapest first.
	pub(crate) fn may_open(machine: MachineId, opening: &Opening) -> Result<Openable<T::AccountId>, Refusal> {
		let audit = Audits::<T>::get(machine).ok_or(Refusal::NotDemanded)?;
		let demand =
			audit.open.filter(|demand| demand.report.window == opening.window).ok_or(Refusal::NotDemanded)?;
		ensure!(demand.index == opening.index, Refusal::WrongSample);
		ensure!(T::Clock::now() < Self::demand_ends(&demand), Refusal::TooLate);
		let (machine, class) = Self::known(machine)?;
		let Opening { window, index, sample, proof } = opening;
		let summary = &demand.report.summary;
		let slots = class.window_slots;
		let plausible = sample.check().is_ok()
			&& is_in_window(sample.at_millis, *window, slots, T::SlotMillis::get())
			&& sample_fits(sample, summary);
		ensure!(plausible, Refusal::Implausible);
		let leaf = merkle::leaf(&sample.encode());
		let shown = merkle::is_leaf_of(&demand.report.root, summary.samples, *index, &leaf, proof);
		ensure!(shown, Refusal::WrongProof);
		Ok(Openable { machine, audit, demand })
	}

	/// Lets an opening into the pool and into blocks.
	pub(crate) fn authorize_open(
		_source: TransactionSource,
		machine: &MachineId,
		opening: &Opening,
		signature: &machine::Signature,
	) -> TransactionValidityWithRefund {
		let openable = Self::may_open(*machine, opening).map_err(InvalidTransaction::from)?;
		if !openable.machine.key.verify(&Self::opening_payload(*machine, opening), signature) {
			return Err(InvalidTransaction::BadProof.into());
		}
		Self::valid((b"open", machine, opening.window), Self::demand_ends(&openable.demand))
	}

	/// Meets a demand.
	pub(crate) fn do_open(machine: MachineId, opening: Opening) -> DispatchResult {
		let Openable { audit, demand, .. } = Self::may_open(machine, &opening).map_err(Error::<T>::from)?;
		Queue::<T>::withdraw(demand.queued, &machine);
		Audits::<T>::insert(machine, Audit { open: None, ..audit });
		let Opening { window, index, .. } = opening;
		Self::deposit_event(Event::SampleShown { machine, window, index });
		Ok(())
	}

	/// Fails a machine whose time to show a sample is over.
	pub(crate) fn do_expire(machine: MachineId) -> DispatchResult {
		let (audit, demand) = Self::open_demand(machine).ok_or(Error::<T>::NotDemanded)?;
		ensure!(T::Clock::now() >= Self::demand_ends(&demand), Error::<T>::NotDue);
		Queue::<T>::withdraw(demand.queued, &machine);
		Self::fail(machine, audit);
		Ok(())
	}

	/// A machine's audits, while one is open.
	pub(crate) fn open_demand(machine: MachineId) -> Option<(Audit, Demand)> {
		let audit = Audits::<T>::get(machine)?;
		audit.open.map(|demand| (audit, demand))
	}

	fn fail(machine: MachineId, audit: Audit) {
		let window = audit.window;
		Audits::<T>::insert(machine, Audit { window, open: None, failed: Some(window) });
		Self::deposit_event(Event::AuditFailed { machine, window });
		Self::flag(machine, Suspicion::Audit, window);
	}

	/// Fails machines whose time is over, within `meter` and the pallet's own limit per block.
	pub(crate) fn sweep(meter: &mut WeightMeter) {
		let mut own = WeightMeter::with_limit(meter.remaining().min(T::SweepWeight::get()));
		let (per_slot, per_entry) = Self::sweep_weights();
		Queue::<T>::sweep(T::Clock::now(), &mut own, per_slot, per_entry, Self::fall_due);
		meter.consume(own.consumed());
	}

	/// Weights of looking at one slot of the queue, and of one entry.
	pub(crate) fn sweep_weights() -> (Weight, Weight) {
		(T::WeightInfo::sweep_slot(), T::WeightInfo::sweep_demand())
	}

	/// An entry of the queue is due.
	pub(crate) fn fall_due(machine: MachineId) {
		let Some((audit, demand)) = Self::open_demand(machine) else { return };
		let ends = Self::demand_ends(&demand);
		if T::Clock::now() >= ends {
			return Self::fail(machine, audit);
		}
		// A gap in blocks gave it more time. Where no list has room, a call of `expire` ends it.
		match Queue::<T>::schedule(T::Clock::now(), ends, machine) {
			Ok(queued) => {
				let open = Some(Demand { queued, ..demand });
				Audits::<T>::insert(machine, Audit { open, ..audit });
			}
			Err(_) => Self::deposit_event(Event::DeadlineNotQueued { machine, window: audit.window }),
		}
	}
}
