use crate::{mock::*, *};
use exabits_primitives::{Agreements as _, ModuleId, ResourceKind, TemplateId, Workload};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn deprecate(published: Published) -> sp_runtime::DispatchResult {
	Sla::deprecate(RuntimeOrigin::root(), published)
}

#[test]
fn only_curators_and_only_once() {
	run(|| {
		let template = Published::Template(TEMPLATE);
		assert_noop!(Sla::deprecate(RuntimeOrigin::signed(OWNER), template), DispatchError::BadOrigin);
		assert_ok!(deprecate(template));
		assert!(Sla::is_deprecated(template));
		assert_eq!(events(), [Event::Deprecated { published: template }]);
		assert_noop!(deprecate(template), Error::<Test>::Deprecated);
		assert_noop!(deprecate(Published::Template(TemplateId(1))), Error::<Test>::UnknownTemplate);
		assert_noop!(deprecate(Published::Module(ModuleId(7))), Error::<Test>::UnknownModule);
	});
}

#[test]
fn new_agreements_are_refused_and_live_ones_stay() {
	run(|| {
		activate(MACHINE);
		let before = agreement(MACHINE);
		assert_ok!(deprecate(Published::Template(TEMPLATE)));
		let propose = |machine| Sla::propose(RuntimeOrigin::signed(OWNER), machine, TEMPLATE, None);
		assert_noop!(propose(MACHINE), Error::<Test>::Deprecated);
		assert_noop!(propose(exabits_primitives::MachineId(20)), Error::<Test>::Deprecated);
		assert_eq!(agreement(MACHINE), before);
		// UTC under the template are minted, priced and judged as before.
		assert!(Sla::template_allows(TEMPLATE, ResourceKind::Cpu));
		assert!(Sla::price_factor(TEMPLATE).is_some());
		assert_eq!(Sla::active_template(MACHINE), Some(TEMPLATE));
		measured(MACHINE, available(0));
		assert_eq!(Standings::<Test>::get(MACHINE).last.unwrap().outcome, Outcome::Breached);
	});
}

#[test]
fn terms_of_a_deprecated_module_are_refused() {
	run(|| {
		assert_ok!(deprecate(Published::Module(LATENCY)));
		assert_noop!(
			Sla::propose(RuntimeOrigin::signed(OWNER), MACHINE, TEMPLATE, None),
			Error::<Test>::Deprecated
		);
		assert_noop!(Sla::create_template(RuntimeOrigin::root(), template()), Error::<Test>::Deprecated);
	});
}

#[test]
fn it_is_no_longer_offered() {
	run(|| {
		let offered = |kind, workload| {
			Sla::templates_for(kind, workload).into_iter().map(|(id, _)| id).collect::<Vec<_>>()
		};
		assert_ok!(Sla::create_template(RuntimeOrigin::root(), template()));
		assert_eq!(offered(ResourceKind::Cpu, Workload::Training), [TEMPLATE, TemplateId(1)]);
		assert_eq!(offered(ResourceKind::Gpu, Workload::Training), []);
		assert_eq!(offered(ResourceKind::Cpu, Workload::Batch), []);
		assert_ok!(deprecate(Published::Template(TEMPLATE)));
		assert_eq!(offered(ResourceKind::Cpu, Workload::Training), [TemplateId(1)]);
	});
}
