use crate::{mock::*, *};
use exabits_primitives::{ClassId, MilliDevices, Obligations, TemplateId, UtcKey, UtcMarket, WindowIndex};
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::Inspect as _, fungibles::metadata::Inspect as _},
};
use sp_runtime::{DispatchError, DispatchResult};

fn mint_key(key: UtcKey) -> DispatchResult {
	dispatch(ALICE, Call::mint { key, amount: ONE })
}

fn in_window(window: u32) -> UtcKey {
	UtcKey { window: WindowIndex(window), ..KEY }
}

#[test]
fn opens_the_utc_and_locks_cover() {
	run(|| {
		let free = Balances::balance(&ALICE);
		assert_ok!(try_mint(ALICE, MilliDevices::devices(2)));

		assert_eq!(
			events(),
			vec![
				Event::UtcOpened { utc: UTC, key: KEY, price: S },
				Event::Minted {
					utc: UTC,
					provider: ALICE,
					amount: MilliDevices::devices(2),
					cover: 2 * COVER
				},
			]
		);
		assert_eq!(holds(ALICE), 2_000);
		assert_eq!(held(ALICE), 2 * COVER);
		assert_eq!(Bonded::get(ALICE), 18 * UNIT);
		assert_eq!(Balances::balance(&ALICE), free);
		assert_eq!(Utc::utc(KEY), Some((UTC, record())));
		assert_eq!((record().start, record().end), (START, END));
		assert_eq!(Utc::promised(&ALICE, &KEY), MilliDevices::devices(2));
		assert_eq!(<Utc as UtcMarket>::terms(UTC), Some((COVER, END)));
		assert_eq!(Utc::quote_cover(KEY, ONE), Some(COVER));
		assert_eq!(Utc::quote_fee(KEY, ONE), Some(FEE));
	});
}

#[test]
fn shows_a_sensible_asset() {
	run(|| {
		mint(ALICE, 1);
		assert_eq!(Assets::name(UTC.0), b"UTC H100-SXM5-80G w11 t3".to_vec());
		assert_eq!(Assets::symbol(UTC.0), b"UTC0".to_vec());
		assert_eq!(Assets::decimals(UTC.0), 3);
	});
}

#[test]
fn shortens_a_long_class_name_between_characters() {
	run(|| {
		ClassName::set("0123456789012345678901ß34567".as_bytes().to_vec());
		mint(ALICE, 1);
		assert_eq!(Assets::name(UTC.0), b"UTC 0123456789012345678901 w11 t3".to_vec());
	});
	run(|| {
		ClassName::set("012345678901234567890ß4567".as_bytes().to_vec());
		mint(ALICE, 1);
		assert_eq!(Assets::name(UTC.0), b"UTC 012345678901234567890 w11 t3".to_vec());
	});
}

#[test]
fn keeps_price_and_kappa_of_the_opening() {
	run(|| {
		mint(ALICE, 1);
		CurrentPrice::set(Some(100 * PRICE));
		Kappa::set(4_000_000);
		mint(BOB, 1);
		assert_eq!(held(BOB), COVER);
		assert_eq!(record().price, S);
		assert_eq!(record().positions, 2);
	});
}

#[test]
fn reads_a_low_kappa_as_one() {
	run(|| {
		Kappa::set(1);
		mint(ALICE, 1);
		assert_eq!(held(ALICE), S);
	});
}

#[test]
fn rounds_cover_up() {
	run(|| {
		CurrentPrice::set(Some(10));
		// 8 × 1.25 × 1 ÷ 1,000.
		assert_ok!(try_mint(ALICE, MilliDevices(1)));
		assert_eq!(held(ALICE), 1);
	});
}

#[test]
fn quotes_a_utc_that_is_not_open() {
	run(|| {
		assert_eq!(Utc::utc(KEY), None);
		assert_eq!(Utc::quote_cover(KEY, ONE), Some(COVER));
		assert_eq!(Utc::quote_cover(UtcKey { class: ClassId(1), ..KEY }, ONE), None);
		assert_eq!(Utc::quote_fee(UtcKey { template: TemplateId(1), ..KEY }, ONE), None);
	});
}

#[test]
fn never_uses_an_id_twice() {
	run(|| {
		mint(ALICE, 1);
		Committed::insert((ALICE, in_window(12)), ONE);
		assert_ok!(mint_key(in_window(12)));
		assert_eq!(Utc::utc(in_window(12)).unwrap().0 .0, 1);
		assert_eq!(NextUtc::<Test>::get().0, 2);
	});
}

#[test]
fn fails_for_nothing() {
	run(|| {
		assert_noop!(try_mint(ALICE, MilliDevices(0)), Error::<Test>::ZeroAmount);
	});
}

#[test]
fn fails_for_an_unknown_class() {
	run(|| {
		assert_noop!(mint_key(UtcKey { class: ClassId(1), ..KEY }), Error::<Test>::UnknownClass);
	});
}

#[test]
fn fails_for_a_template_that_is_not_allowed() {
	run(|| {
		let key = UtcKey { template: TemplateId(1), ..KEY };
		Committed::insert((ALICE, key), ONE);
		assert_noop!(mint_key(key), Error::<Test>::TemplateNotAllowed);
	});
}

#[test]
fn fails_without_a_price() {
	run(|| {
		let key = UtcKey { class: FREE_CLASS, ..KEY };
		Committed::insert((ALICE, key), ONE);
		assert_noop!(mint_key(key), Error::<Test>::NoPrice);
	});
}

#[test]
fn ends_when_the_window_starts() {
	for slot in [START, START + 1] {
		run(|| {
			set_slot(slot);
			assert_noop!(try_mint(ALICE, ONE), Error::<Test>::WindowStarted);
		});
	}
	run(|| {
		set_slot(START - 1);
		assert_ok!(try_mint(ALICE, ONE));
	});
}

#[test]
fn fails_too_far_ahead() {
	run(|| {
		// The current window is 10, and four more may be minted.
		for window in [14, 15] {
			Committed::insert((ALICE, in_window(window)), ONE);
		}
		assert_noop!(mint_key(in_window(15)), Error::<Test>::TooFarAhead);
		assert_ok!(mint_key(in_window(14)));
	});
}

#[test]
fn fails_beyond_the_commitment() {
	run(|| {
		mint(ALICE, 7);
		assert_noop!(try_mint(ALICE, MilliDevices(1_001)), Error::<Test>::BeyondCommitment);
		assert_ok!(try_mint(ALICE, ONE));
		assert_noop!(try_mint(ALICE, MilliDevices(1)), Error::<Test>::BeyondCommitment);
		assert_noop!(try_mint(TINA, MilliDevices(1)), Error::<Test>::BeyondCommitment);
	});
}

#[test]
fn fails_when_the_bond_is_too_low() {
	run(|| {
		Bonded::insert(ALICE, COVER - 1);
		assert_noop!(try_mint(ALICE, ONE), DispatchError::Other("bond too low"));
		Bonded::insert(ALICE, COVER);
		assert_ok!(try_mint(ALICE, ONE));
		Bonded::insert(ALICE, 19 * UNIT);
	});
}

#[test]
fn fails_when_too_many_close_at_once() {
	run(|| {
		mint(ALICE, 1);
		let key = in_window(12);
		Committed::insert((ALICE, key), ONE);
		let due = END + u64::from(WINDOW) + CloseGrace::get();
		for slot in due..=due + exabits_primitives::deadlines::SPILL {
			DueClosings::<Test>::insert(slot, frame_support::BoundedVec::truncate_from(vec![UTC, UTC]));
		}
		assert_noop!(mint_key(key), Error::<Test>::TooManyDue);
		DueClosings::<Test>::remove(due);
		assert_ok!(mint_key(key));
	});
}
