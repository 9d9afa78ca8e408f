//! Closing and destroying, by call and by sweep, and forgetting.

use crate::{mock::*, *};
use exabits_primitives::{UtcId, UtcKey, UtcMarket, WindowIndex};
use frame_support::{
	assert_noop, assert_ok,
	traits::fungibles::{Destroy, Inspect as _},
	weights::{Weight, WeightMeter},
};

/// The first slot in which [`UTC`] may be closed.
const DUE: u64 = END + 5;

/// Five holders and one approval.
fn widely_held() {
	mint(ALICE, 5);
	for who in [BOB, TINA, TOM, POOL] {
		send(ALICE, who, ONE);
	}
	let call = pallet_assets::Call::approve_transfer { id: UTC.0, delegate: TOM, amount: 1 };
	assert_ok!(dispatch(TINA, call));
}

#[test]
fn stops_the_asset() {
	run(|| {
		widely_held();
		set_slot(DUE);
		assert_ok!(close());
		assert_eq!(last_event(), Event::ClosingStarted { utc: UTC });
		assert_eq!(record().state, UtcState::Closing);
		assert!(try_send(TINA, TOM, ONE).is_err());
		assert_eq!(<Utc as UtcMarket>::terms(UTC), None);
	});
}

#[test]
fn waits_for_the_window_and_the_grace() {
	run(|| {
		mint(ALICE, 1);
		set_slot(DUE - 1);
		assert_noop!(close(), Error::<Test>::TooEarly);
		set_slot(DUE);
		assert_ok!(close());
		assert_noop!(close(), Error::<Test>::NotOpen);
	});
	run(|| {
		mint(ALICE, 1);
		set_slot(DUE + 1);
		assert_ok!(close());
	});
}

#[test]
fn fails_for_an_unknown_utc() {
	run(|| {
		assert_noop!(close(), Error::<Test>::UnknownUtc);
		assert_noop!(destroy_step(), Error::<Test>::UnknownUtc);
		assert_noop!(forget(), Error::<Test>::UnknownUtc);
	});
}

#[test]
fn destroys_in_bounded_steps() {
	run(|| {
		widely_held();
		assert_noop!(destroy_step(), Error::<Test>::NotClosing);
		set_slot(DUE);
		assert_ok!(close());
		let holders = || [ALICE, BOB, TINA, TOM, POOL].into_iter().filter(|who| holds(*who) > 0).count();
		assert_ok!(destroy_step());
		assert_eq!(holders(), 2);
		assert_eq!(record().state, UtcState::Closing);
		// Two accounts and one approval fill the second step; the third finds nothing left.
		assert_ok!(destroy_step());
		assert_eq!(holders(), 0);
		assert_eq!(record().state, UtcState::Closing);
		assert_ok!(destroy_step());
		assert_eq!(last_event(), Event::Closed { utc: UTC });
		assert!(!Assets::asset_exists(UTC.0));
		assert_noop!(destroy_step(), Error::<Test>::NotClosing);
	});
}

#[test]
fn others_may_finish_the_destruction() {
	run(|| {
		mint(ALICE, 1);
		set_slot(DUE);
		assert_ok!(close());
		assert_ok!(dispatch(TOM, pallet_assets::Call::destroy_accounts { id: UTC.0 }));
		assert_ok!(dispatch(TOM, pallet_assets::Call::finish_destroy { id: UTC.0 }));
		assert_ok!(destroy_step());
		assert_eq!(last_event(), Event::Closed { utc: UTC });
	});
}

#[test]
fn the_sweep_does_it_all() {
	run(|| {
		widely_held();
		for slot in GENESIS_SLOT..DUE {
			set_slot(slot);
			poll();
		}
		assert_eq!(record().state, UtcState::Open);
		set_slot(DUE);
		poll();
		assert_eq!(record().state, UtcState::Closing);
		for slot in DUE + 1..DUE + 4 {
			assert_eq!(record().state, UtcState::Closing);
			set_slot(slot);
			poll();
		}
		assert_eq!(record().state, UtcState::Closed);
		assert_eq!(DueClosings::<Test>::iter().count(), 0);
	});
}

#[test]
fn the_sweep_catches_up_after_a_gap() {
	run(|| {
		mint(ALICE, 1);
		set_slot(DUE + 1_000);
		poll();
		assert_eq!(record().state, UtcState::Closing);
	});
}

#[test]
fn the_sweep_goes_on_where_calls_left_off() {
	run(|| {
		mint(ALICE, 1);
		set_slot(DUE);
		assert_ok!(close());
		poll();
		assert_eq!(record().state, UtcState::Closed);
	});
	run(|| {
		mint(ALICE, 1);
		set_slot(DUE);
		assert_ok!(close());
		assert_ok!(destroy_step());
		poll();
		assert_eq!(record().state, UtcState::Closed);
		assert_eq!(DueClosings::<Test>::iter().count(), 0);
	});
}

#[test]
fn the_sweep_waits_for_a_longer_grace() {
	run(|| {
		mint(ALICE, 1);
		CloseGrace::set(50);
		set_slot(DUE);
		poll();
		assert_eq!(record().state, UtcState::Open);
		set_slot(END + 49);
		poll();
		assert_eq!(record().state, UtcState::Open);
		set_slot(END + 50);
		poll();
		assert_eq!(record().state, UtcState::Closing);
	});
}

#[test]
fn the_sweep_keeps_to_its_weight() {
	run(|| {
		let second = UtcKey { window: WindowIndex(12), ..KEY };
		Committed::insert((ALICE, second), ONE);
		mint(ALICE, 1);
		assert_ok!(dispatch(ALICE, Call::mint { key: second, amount: ONE }));
		set_slot(DUE + 60);
		let state = |id| Utcs::<Test>::get(UtcId(id)).unwrap().state;

		// Not even a look.
		let mut meter = WeightMeter::with_limit(Weight::from_parts(1, 1));
		Utc::sweep_due(&mut meter);
		assert_eq!((state(0), meter.consumed()), (UtcState::Open, Weight::zero()));

		// Not enough in one block for all the slots in between, but always enough to get on.
		SweepWeight::set(Utc::least_sweep_weight());
		let mut blocks = 0;
		while state(1) == UtcState::Open {
			let mut meter = WeightMeter::new();
			Utc::sweep_due(&mut meter);
			assert!(meter.consumed().all_lte(Utc::least_sweep_weight()));
			blocks += 1;
			assert!(blocks < 200, "the sweep got stuck");
		}
		assert!(blocks > 2);
		assert_ne!(state(0), UtcState::Open);
	});
}

#[test]
fn one_bad_entry_strands_no_other() {
	run(|| {
		let second = UtcKey { template: TEMPLATE, window: WindowIndex(12), ..KEY };
		Committed::insert((ALICE, second), ONE);
		mint(ALICE, 1);
		assert_ok!(dispatch(ALICE, Call::mint { key: second, amount: ONE }));
		// Something else took the first one's asset away.
		assert_ok!(<Assets as Destroy<AccountId>>::start_destroy(UTC.0, None));
		assert_ok!(<Assets as Destroy<AccountId>>::destroy_accounts(UTC.0, 10));
		assert_ok!(<Assets as Destroy<AccountId>>::finish_destroy(UTC.0));
		set_slot(DUE + 60);
		poll();
		assert_eq!(Utcs::<Test>::get(UTC).unwrap().state, UtcState::Open);
		assert_eq!(Utcs::<Test>::get(UtcId(1)).unwrap().state, UtcState::Closing);
		// Put things right again for the checks that follow.
		Utcs::<Test>::mutate(UTC, |utc| utc.as_mut().unwrap().state = UtcState::Closed);
	});
}

#[test]
fn forgets_what_is_closed_and_settled() {
	run(|| {
		mint(ALICE, 1);
		set_slot(DUE);
		assert_noop!(forget(), Error::<Test>::StillInUse);
		assert_ok!(close());
		assert_ok!(destroy_step());
		assert_noop!(forget(), Error::<Test>::StillInUse);
		assert_ok!(settle(ALICE));
		assert_ok!(forget());
		assert_eq!(last_event(), Event::Forgotten { utc: UTC });
		assert_eq!(Utc::utc(KEY), None);
		assert_eq!(NextUtc::<Test>::get(), UtcId(1));
	});
}

#[test]
fn forgets_nothing_that_is_settled_and_not_closed() {
	run(|| {
		mint(ALICE, 1);
		set_slot(DUE);
		assert_ok!(close());
		assert_ok!(settle(ALICE));
		assert_noop!(forget(), Error::<Test>::StillInUse);
	});
}
