use super::*;

fn chain() -> Chain {
	Chain::default().services(vec![(11, 100), (12, 100)])
}

mod defer {
	use super::*;

	#[test]
	fn records_and_takes_nothing_yet() {
		chain().run(|| {
			let slash = defer(11, Role::Service, 30, Some(12));
			assert_eq!(held(11, HoldReason::Service), 100);
			assert_eq!(bond(11, Role::Service).pending, 30);
			assert_eq!(
				events(),
				vec![Event::SlashDeferred {
					slash,
					who: 11,
					role: Role::Service,
					amount: 30,
					due: 1 + DEFERRAL
				}]
			);
			assert_ne!(defer(11, Role::Service, 30, None), slash);
		});
	}

	#[test]
	fn fails_without_a_bond_or_an_amount() {
		chain().run(|| {
			let defer = <Stake as Slashes<u64>>::defer;
			assert_noop!(defer(&13, Role::Service, 1, None), Error::NotBonded);
			assert_noop!(defer(&11, Role::Anchor, 1, None), Error::NotBonded);
			assert_noop!(defer(&11, Role::Service, 0, None), Error::ZeroAmount);
		});
	}

	#[test]
	fn fails_when_the_queue_is_full() {
		chain().run(|| {
			// Two in the slot wanted and in each of the sixteen after it.
			for _ in 0..34 {
				defer(11, Role::Service, 1, None);
			}
			assert_eq!(Stake::deferred_slash(SlashId(33)).map(|slash| slash.due), Some(1 + DEFERRAL + 16));
			assert_noop!(<Stake as Slashes<u64>>::defer(&11, Role::Service, 1, None), Error::QueueFull);
		});
	}

	#[test]
	fn fails_without_ids() {
		chain().run(|| {
			NextSlash::<Test>::put(SlashId(u32::MAX));
			assert_noop!(<Stake as Slashes<u64>>::defer(&11, Role::Service, 1, None), Error::IdsExhausted);
		});
	}
}

mod apply_slash {
	use super::*;
	use frame_support::dispatch::Pays;

	#[test]
	fn waits_longer_by_a_gap_in_blocks() {
		chain().run(|| {
			let slash = defer(11, Role::Service, 30, None);
			// The 40 slots from 6 to 45 have no block.
			poll_at(5);
			events();
			gap(6, 46);
			let due = 1 + DEFERRAL + 40;
			assert_eq!(events(), vec![Event::SlashPostponed { slash, due }]);
			assert_eq!(Stake::deferred_slash(slash).map(|slash| (slash.since, slash.due)), Some((46, due)));
			poll_at(due - 1);
			assert_noop!(Stake::apply_slash(signed(20), slash), Error::NotDue);
			assert_eq!(held(11, HoldReason::Service), 100);
			poll_at(due);
			assert_eq!(held(11, HoldReason::Service), 70);
		});
	}

	#[test]
	fn waits_longer_before_the_sweep_has_noticed_too() {
		for (slot, due) in [(-1, false), (0, true), (1, true)] {
			chain().run(|| {
				let slash = defer(11, Role::Service, 30, None);
				SweepWeight::set(frame_support::weights::Weight::zero());
				gap(6, 46);
				Now::set((1 + DEFERRAL + 40).saturating_add_signed(slot));
				assert_eq!(Stake::apply_slash(signed(20), slash).is_ok(), due);
			});
		}
	}

	#[test]
	fn does_not_wait_for_gaps_outside_its_deferral() {
		// The first one ended when the slash was recorded, the second one began when it was due.
		chain().run(|| {
			let slash = defer(11, Role::Service, 30, None);
			// It was due in the first slot of this gap.
			gap(1 + DEFERRAL, 100);
			assert_eq!(Stake::deferred_slash(slash), None);
			// It began when this gap was over.
			let slash = defer(11, Role::Service, 30, None);
			poll_at(100 + DEFERRAL - 1);
			assert!(Stake::deferred_slash(slash).is_some());
			poll_at(100 + DEFERRAL);
			assert_eq!(Stake::deferred_slash(slash), None);
		});
	}

	#[test]
	fn is_extended_once_by_each_gap() {
		chain().run(|| {
			let slash = defer(11, Role::Service, 30, None);
			gap(6, 46);
			gap(48, 98);
			// Five slots had passed before the first gap, and two between them.
			let due = 98 + DEFERRAL - 5 - 2;
			assert_eq!(Stake::deferred_slash(slash).map(|slash| slash.due), Some(due));
			poll_at(due - 1);
			assert!(Stake::deferred_slash(slash).is_some());
			poll_at(due);
			assert_eq!(Stake::deferred_slash(slash), None);
		});
	}

	#[test]
	fn waits_for_the_deferral() {
		chain().run(|| {
			let slash = defer(11, Role::Service, 30, None);
			Now::set(DEFERRAL);
			assert_noop!(Stake::apply_slash(signed(20), slash), Error::NotDue);
			Now::set(DEFERRAL + 1);
			let post = Stake::apply_slash(signed(20), slash).expect("the slash is due");
			assert_eq!(post.pays_fee, Pays::No);
			assert_eq!(held(11, HoldReason::Service), 70);
			assert_eq!(Balances::balance(&INSURANCE), EXISTENTIAL + 30);
		});
	}

	#[test]
	fn is_possible_later_too() {
		chain().run(|| {
			let slash = defer(11, Role::Service, 30, None);
			Now::set(DEFERRAL + 2);
			assert_ok!(Stake::apply_slash(signed(20), slash));
		});
	}

	#[test]
	fn happens_once() {
		chain().run(|| {
			let slash = defer(11, Role::Service, 30, None);
			Now::set(DEFERRAL + 1);
			assert_ok!(Stake::apply_slash(signed(20), slash));
			assert_noop!(Stake::apply_slash(signed(20), slash), Error::UnknownSlash);
			poll_at(DEFERRAL + 1);
			assert_eq!(held(11, HoldReason::Service), 70);
		});
	}

	#[test]
	fn pays_the_reporter_a_tenth() {
		chain().run(|| {
			let slash = defer(11, Role::Service, 39, Some(13));
			Now::set(DEFERRAL + 1);
			events();
			assert_ok!(Stake::apply_slash(signed(20), slash));
			assert_eq!(Balances::balance(&13), FUNDS + 3);
			assert_eq!(Balances::balance(&INSURANCE), EXISTENTIAL + 36);
			assert_eq!(
				events(),
				vec![Event::SlashApplied { slash, who: 11, role: Role::Service, amount: 39, rewarded: 3 }]
			);
		});
	}

	#[test]
	fn pays_nobody_for_reporting_itself() {
		chain().run(|| {
			let slash = defer(11, Role::Service, 30, Some(11));
			Now::set(DEFERRAL + 1);
			assert_ok!(Stake::apply_slash(signed(20), slash));
			assert_eq!(Balances::balance(&11), FUNDS - 100);
			assert_eq!(Balances::balance(&INSURANCE), EXISTENTIAL + 30);
		});
	}

	#[test]
	fn leaves_to_insurance_what_a_reporter_cannot_receive() {
		chain().run(|| {
			// The account does not exist, and a share of 9 would not bring it to life.
			let slash = defer(11, Role::Service, 90, Some(21));
			Now::set(DEFERRAL + 1);
			assert_ok!(Stake::apply_slash(signed(20), slash));
			assert_eq!(Balances::balance(&21), 0);
			assert_eq!(Balances::balance(&INSURANCE), EXISTENTIAL + 90);
		});
	}

	#[test]
	fn takes_the_active_part_first_and_then_what_unbonds() {
		chain().run(|| {
			assert_ok!(Stake::unbond(signed(11), Role::Service, 40));
			Now::set(2);
			assert_ok!(Stake::unbond(signed(11), Role::Service, 30));
			let slash = defer(11, Role::Service, 80, None);
			Now::set(2 + DEFERRAL);
			assert_ok!(Stake::apply_slash(signed(20), slash));
			let bond = bond(11, Role::Service);
			assert_eq!(bond.active, 0);
			assert_eq!(bond.unbonding.len(), 1);
			assert_eq!(bond.unbonding[0].amount, 20);
		});
	}

	#[test]
	fn takes_no_more_than_there_is() {
		chain().run(|| {
			let first = defer(11, Role::Service, 70, None);
			let second = defer(11, Role::Service, 70, None);
			Now::set(1 + DEFERRAL);
			assert_ok!(Stake::apply_slash(signed(20), first));
			events();
			assert_ok!(Stake::apply_slash(signed(20), second));
			assert_eq!(
				events(),
				vec![Event::SlashApplied {
					slash: second,
					who: 11,
					role: Role::Service,
					amount: 30,
					rewarded: 0
				}]
			);
			assert_eq!(Balances::balance(&INSURANCE), EXISTENTIAL + 100);
			assert!(!Ledger::<Test>::contains_key(11, Role::Service));
		});
	}

	#[test]
	fn ends_a_candidacy_below_the_minimum() {
		Chain::default().run(|| {
			let slash = defer(4, Role::Validator, 1, None);
			Now::set(1 + DEFERRAL);
			assert_ok!(Stake::apply_slash(signed(20), slash));
			assert_eq!(candidates(), vec![1, 2, 3]);
		});
	}

	#[test]
	fn fails_for_an_unknown_one() {
		chain().run(|| {
			assert_noop!(Stake::apply_slash(signed(20), SlashId(7)), Error::UnknownSlash);
		});
	}
}

mod sweep {
	use super::*;
	use crate::weights::WeightInfo;
	use frame_support::{traits::Hooks, weights::WeightMeter};

	#[test]
	fn applies_what_is_due_and_nothing_else() {
		chain().run(|| {
			defer(11, Role::Service, 30, None);
			Now::set(2);
			defer(12, Role::Service, 30, None);
			poll_at(DEFERRAL);
			assert_eq!(held(11, HoldReason::Service), 100);
			poll_at(DEFERRAL + 1);
			assert_eq!(held(11, HoldReason::Service), 70);
			assert_eq!(held(12, HoldReason::Service), 100);
			poll_at(DEFERRAL + 2);
			assert_eq!(held(11, HoldReason::Service), 70);
			assert_eq!(held(12, HoldReason::Service), 70);
		});
	}

	#[test]
	fn catches_up_after_a_gap() {
		chain().run(|| {
			defer(11, Role::Service, 30, None);
			poll_at(1_000);
			assert_eq!(held(11, HoldReason::Service), 70);
		});
	}

	#[test]
	fn stays_within_its_weight_and_goes_on_in_the_next_block() {
		chain().run(|| {
			defer(11, Role::Service, 30, None);
			defer(12, Role::Service, 30, None);
			poll_at(DEFERRAL);
			// Room for one slash in a block.
			let slots = <() as WeightInfo>::sweep_slot().saturating_mul(2);
			SweepWeight::set(slots.saturating_add(<() as WeightInfo>::sweep_slash()));
			Now::set(1 + DEFERRAL);
			let mut meter = WeightMeter::new();
			Stake::on_poll(1, &mut meter);
			assert!(meter.consumed().all_lte(SweepWeight::get()));
			assert_eq!(held(11, HoldReason::Service), 70);
			assert_eq!(held(12, HoldReason::Service), 100);
			poll_at(1 + DEFERRAL);
			assert_eq!(held(12, HoldReason::Service), 70);
		});
	}

	#[test]
	fn respects_the_weight_left_in_the_block() {
		chain().run(|| {
			defer(11, Role::Service, 30, None);
			Now::set(1 + DEFERRAL);
			let mut meter = WeightMeter::with_limit(<() as WeightInfo>::sweep_slash());
			Stake::on_poll(1, &mut meter);
			assert_eq!(held(11, HoldReason::Service), 100);
		});
	}

	#[test]
	fn postpones_what_cannot_be_paid_and_applies_the_rest() {
		chain().run(|| {
			// Given insurance that cannot receive less than the existential deposit
			assert_ok!(Balances::transfer_all(signed(INSURANCE), 20, false));
			let small = defer(11, Role::Service, 5, None);
			let large = defer(12, Role::Service, 30, None);
			events();
			// When both are due
			poll_at(1 + DEFERRAL);
			// Then the small one is tried again, and the large one is applied.
			assert_eq!(
				events(),
				vec![
					Event::SlashPostponed { slash: small, due: 1 + 2 * DEFERRAL },
					Event::SlashApplied {
						slash: large,
						who: 12,
						role: Role::Service,
						amount: 30,
						rewarded: 0
					},
				]
			);
			assert_eq!(held(11, HoldReason::Service), 100);
			poll_at(1 + 2 * DEFERRAL);
			assert_eq!(held(11, HoldReason::Service), 95);
		});
	}

	#[test]
	fn passes_over_cancelled_slashes() {
		chain().run(|| {
			let slash = defer(11, Role::Service, 30, None);
			assert_ok!(Stake::cancel_slash(RuntimeOrigin::root(), slash));
			poll_at(1 + DEFERRAL);
			assert_eq!(held(11, HoldReason::Service), 100);
			assert_eq!(SlashCursor::<Test>::get(), Some(2 + DEFERRAL));
		});
	}
}
