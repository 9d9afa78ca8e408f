//! What is suspect about a machine, and the test that follows.

use crate::{Config, Event, Flag, Flags, Pallet, Settings, Suspicion};
use exabits_primitives::{Clock, MachineId, RoundIndex, WindowIndex};

impl<T: Config> Pallet<T> {
	/// Raises a flag. The machine is tested in the next round, unless it was tested for a flag a short time ago.
	pub(crate) fn flag(machine: MachineId, suspicion: Suspicion, window: WindowIndex) {
		let round = T::Clock::round();
		let rest = Settings::<T>::get().test_rounds;
		let test = Flags::<T>::mutate(machine, |flags| {
			if flags.last.is_full() {
				flags.last.remove(0);
			}
			// There is room: a full list has just lost its oldest entry.
			let _ = flags.last.try_push(Flag { suspicion, window, at: T::Clock::now() });
			// Only a statistic: it may stop at its largest number.
			flags.count = flags.count.saturating_add(1);
			if flags.test.is_none_or(|last| round.0 >= last.0.saturating_add(rest)) {
				flags.test = round.next();
			}
			flags.test.filter(|test| *test > round)
		});
		Self::deposit_event(Event::FlagRaised { machine, suspicion, window, test });
	}

	/// Whether a flag has the machine tested in a round.
	pub fn is_tested_in(machine: MachineId, round: RoundIndex) -> bool {
		Flags::<T>::get(machine).test == Some(round)
	}
}
