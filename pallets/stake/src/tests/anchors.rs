use super::*;

fn seats() -> Vec<(u64, u32)> {
	<Stake as Anchors<u64>>::seats()
}

#[test]
fn seats_are_whole_minimums_by_account() {
	Chain::default().anchors(vec![(13, 99), (11, 100), (12, 50)]).run(|| {
		assert_eq!(seats(), vec![(11, 2), (12, 1), (13, 1)]);
	});
}

#[test]
fn crossing_the_minimum_adds_and_removes() {
	Chain::default().anchors(vec![(11, 60)]).run(|| {
		// When a slash takes the bond below the minimum
		let slash = defer(11, Role::Anchor, 11, None);
		Now::set(1 + DEFERRAL);
		assert_ok!(Stake::apply_slash(signed(20), slash));
		// Then the anchor has no seat,
		assert_eq!(seats(), vec![]);
		// And it gets it back with the minimum.
		assert_ok!(Stake::bond_more(signed(11), Role::Anchor, 1));
		assert_eq!(seats(), vec![(11, 1)]);
		assert_ok!(<Stake as Bonds<u64>>::debit(&11, Role::Anchor, 1));
		assert_eq!(seats(), vec![]);
		assert_ok!(<Stake as Bonds<u64>>::credit(&11, Role::Anchor, 1));
		assert_eq!(seats(), vec![(11, 1)]);
		assert_ok!(Stake::unbond(signed(11), Role::Anchor, 50));
		assert_eq!(seats(), vec![]);
	});
}

#[test]
fn a_full_list_takes_only_higher_bonds() {
	Chain::default().anchors(vec![(11, 60), (12, 60), (13, 70), (14, 80)]).run(|| {
		assert_noop!(Stake::bond(signed(10), Role::Anchor, 60), Error::ListFull);
		assert_ok!(Stake::bond(signed(10), Role::Anchor, 61));
		assert_eq!(anchors(), vec![10, 11, 13, 14]);
		// The displaced one comes back when it bonds more than the lowest.
		assert_ok!(Stake::bond_more(signed(12), Role::Anchor, 2));
		assert_eq!(anchors(), vec![10, 12, 13, 14]);
	});
}
