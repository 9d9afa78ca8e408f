use crate::{mock::*, *};
use exabits_primitives::{OnMachine, RoundIndex, SessionIndex};
use frame_support::{assert_noop, assert_ok, dispatch::RawOrigin};
use sp_runtime::DispatchError;

/// Notes offences of anchor 1 in these sessions; true if the last one chills it.
fn offend(sessions: &[SessionIndex]) -> bool {
	for session in sessions {
		CurrentSession::set(Some(*session));
		Anchoring::note_offence(&1);
	}
	Chilled::<Test>::contains_key(1)
}

fn unchill(who: u64) -> frame_support::dispatch::DispatchResult {
	Anchoring::unchill(RuntimeOrigin::signed(who))
}

#[test]
fn the_third_offence_within_four_sessions_chills() {
	for (sessions, chilled) in [
		(&[10, 10][..], false),
		(&[10, 10, 10], true),
		(&[10, 11, 12], true),
		(&[10, 11, 13], true),
		(&[10, 11, 14], false),
		(&[10, 11, 14, 14], true),
		(&[10, 14, 18, 22], false),
		(&[10, 10, 15, 16], false),
	] {
		run(|| assert_eq!(offend(sessions), chilled, "{sessions:?}"));
	}
}

#[test]
fn a_chilled_anchor_asks_for_its_seats_when_its_time_is_over() {
	run(|| {
		assert!(offend(&[10, 10, 10]));
		System::assert_last_event(Event::Chilled { anchor: 1, until: 15 }.into());
		assert!(Offences::<Test>::get(1).is_empty());
		CurrentSession::set(Some(14));
		assert_noop!(unchill(1), Error::<Test>::StillChilled);
		for session in [15, 16] {
			CurrentSession::set(Some(session));
			frame_support::assert_storage_noop!({
				let _ = frame_support::storage::with_storage_layer(|| {
					assert_ok!(unchill(1));
					Err::<(), _>(DispatchError::Other("undone"))
				});
			});
		}
		assert_ok!(unchill(1));
		System::assert_last_event(Event::Unchilled { anchor: 1 }.into());
		assert_noop!(unchill(1), Error::<Test>::NotChilled);
		assert_noop!(unchill(2), Error::<Test>::NotChilled);
		for origin in [RawOrigin::Root, RawOrigin::None] {
			assert_noop!(Anchoring::unchill(origin.into()), DispatchError::BadOrigin);
		}
		// Past offences are atoned for.
		assert!(!offend(&[16, 16]));
		assert!(offend(&[16]));
	});
}

#[test]
fn another_offence_while_chilled_does_not_shorten_it() {
	run(|| {
		assert!(offend(&[10, 10, 10]));
		assert!(offend(&[12, 12, 12]));
		assert_eq!(Chilled::<Test>::get(1), Some(17));
	});
}

#[test]
fn a_chilled_anchor_has_no_seat_in_the_snapshots_to_come() {
	run(|| {
		opened();
		let holders = |session| -> Vec<u64> {
			Snapshots::<Test>::get(session).unwrap().into_iter().map(|(who, _)| who).collect()
		};
		let who = members(FIRST)[0];
		(0..3).for_each(|_| Anchoring::note_offence(&who));
		let until = Chilled::<Test>::get(who).unwrap();
		// Snapshots that were taken, and committees of open rounds, stay.
		assert!(holders(0).contains(&who) && holders(1).contains(&who));
		assert_eq!(members(FIRST)[0], who);
		to(COMMITS);
		commit(who, FIRST, GOOD);
		to(2 * SESSION);
		assert!(!holders(2).contains(&who));
		// Its time being over does not bring it back by itself.
		to(SESSION * u64::from(until));
		assert!(!holders(until).contains(&who));
		assert_ok!(unchill(who));
		to(SESSION * u64::from(until + 1));
		assert!(holders(until + 1).contains(&who));
	});
}

#[test]
fn rounds_that_are_not_revealed_or_not_opened_chill() {
	run(|| {
		to(1);
		Anchoring::watched(MACHINE);
		let mut times = [0; 6];
		// From round 2 on: three rounds in which nobody opens or reveals anything.
		for round in (2..5).map(RoundIndex) {
			let phases = Anchoring::phases(round);
			to(phases.commits_from);
			let members = members(round);
			for who in &members {
				times[*who as usize] += 1;
				commit(*who, round, GOOD);
			}
			to(phases.reveals_from);
			if round == FIRST {
				members.iter().for_each(|who| reveal(*who, round, GOOD));
			}
			to(phases.settles_at);
		}
		assert_eq!(Slashed::get().len(), 9);
		for who in 1..=5 {
			assert_eq!(Chilled::<Test>::contains_key(who), times[who as usize] >= 3, "{who}");
		}
		assert!(times.contains(&3));
	});
}
