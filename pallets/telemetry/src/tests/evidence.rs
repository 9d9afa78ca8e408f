//! What other pallets are told.

use crate::{mock::*, Audit, Audits};
use exabits_primitives::{Evidence, Reported, WindowIndex};

fn told(slot: u64) -> Option<Reported> {
	<Telemetry as Evidence>::reported(MACHINE, slot)
}

#[test]
fn a_report_counts_in_its_window_and_the_next() {
	run(|| {
		let key = key("//machine");
		register(MACHINE, key.clone());
		assert_eq!(told(600), None);
		assert_eq!(apply(signed(MACHINE, &key, report(LAST), &[])), Ok(Ok(())));
		let summary = Some(Reported::Summary(report(LAST).summary));
		for (slot, expected) in [(539, None), (540, summary), (659, summary), (660, None)] {
			assert_eq!(told(slot), expected, "{slot}");
		}
	});
}

#[test]
fn a_failed_audit_voids_the_same_windows_whatever_is_reported_later() {
	run(|| {
		let key = key("//machine");
		register(MACHINE, key.clone());
		assert_eq!(apply(signed(MACHINE, &key, report(LAST), &[])), Ok(Ok(())));
		Audits::<Test>::insert(MACHINE, Audit { window: LAST, open: None, failed: Some(LAST) });
		let void = Some(Reported::Void);
		for (slot, expected) in [(539, None), (540, void), (659, void), (660, None)] {
			assert_eq!(told(slot), expected, "{slot}");
		}
		Now::set(CURRENT.end(WINDOW_SLOTS));
		assert_eq!(apply(signed(MACHINE, &key, report(CURRENT), &[])), Ok(Ok(())));
		let later = Some(Reported::Summary(report(CURRENT).summary));
		for (slot, expected) in [(659, void), (660, later), (719, later), (720, None)] {
			assert_eq!(told(slot), expected, "{slot}");
		}
		assert_eq!(<Telemetry as Evidence>::reported(OTHER, 659), None);
		assert_eq!(WindowIndex::at(659, WINDOW_SLOTS), CURRENT);
	});
}
