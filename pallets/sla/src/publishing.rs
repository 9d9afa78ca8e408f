//! Modules and templates: what they have to be, and how they are published and deprecated.

use crate::{
	Config, DeprecatedModules, DeprecatedTemplates, Error, Event, Height, HoldReason, Modules, NextModule,
	NextSubmission, NextTemplate, Pallet, Publication, Published, SlaModule, Submission, SubmissionId,
	Submissions, Template, Templates, Terms, MAX_WINDOW_ROUNDS,
};
use alloc::vec::Vec;
use exabits_math::penalty;
use exabits_primitives::{Clock, ModuleId, ResourceKind, TemplateId, Workload};
use frame_support::{
	ensure,
	traits::{
		fungible::{InspectHold, MutateHold},
		tokens::{Fortitude, Precision, Restriction},
		Get,
	},
};
use sp_runtime::{DispatchError, DispatchResult, Perbill};

fn pairs(heights: &[Height]) -> Vec<(Perbill, Perbill)> {
	heights.iter().map(|height| (height.credit, height.slash)).collect()
}

/// Whether there is one height per knot, and none falls.
fn heights_fit(knots: &[u32], heights: &[Height]) -> bool {
	knots.len() == heights.len() && penalty::heights_rise(&pairs(heights))
}

/// Whether nothing is slashed for what machines report themselves.
fn slashes_fit(module: &SlaModule, heights: &[Height]) -> bool {
	!module.metric.is_reported() || heights.iter().all(|height| height.slash.is_zero())
}

impl<T: Config> Pallet<T> {
	pub(crate) fn publish_module(module: SlaModule) -> Result<ModuleId, DispatchError> {
		Self::check_module(&module)?;
		let id = NextModule::<T>::get();
		NextModule::<T>::put(id.next().ok_or(Error::<T>::OutOfIds)?);
		Modules::<T>::insert(id, module);
		Self::deposit_event(Event::ModuleCreated { module: id });
		Ok(id)
	}

	pub(crate) fn publish_template(template: Template) -> Result<TemplateId, DispatchError> {
		let terms = Self::check_template(&template)?;
		let id = NextTemplate::<T>::get();
		NextTemplate::<T>::put(id.next().ok_or(Error::<T>::OutOfIds)?);
		Templates::<T>::insert(id, Template { terms, ..template });
		Self::deposit_event(Event::TemplateCreated { template: id });
		Ok(id)
	}

	pub(crate) fn do_submit(who: T::AccountId, publication: Publication) -> DispatchResult {
		match &publication {
			Publication::Module(module) => Self::check_module(module)?,
			Publication::Template(template) => Self::check_template(template).map(|_| ())?,
		}
		let submission = NextSubmission::<T>::get();
		let next = submission.checked_add(1).ok_or(Error::<T>::OutOfIds)?;
		let deposit = T::PublicationDeposit::get();
		T::Currency::hold(&HoldReason::Publication.into(), &who, deposit)?;
		let since = T::Clock::now();
		let until = since.saturating_add(T::VetoSlots::get());
		NextSubmission::<T>::put(next);
		let record = Submission { author: who.clone(), deposit, publication, since, until };
		Submissions::<T>::insert(submission, record);
		Self::deposit_event(Event::Submitted { submission, author: who, deposit, until });
		Ok(())
	}

	pub(crate) fn do_veto(submission: SubmissionId) -> DispatchResult {
		let record = Submissions::<T>::get(submission).ok_or(Error::<T>::UnknownSubmission)?;
		ensure!(!Self::veto_over(&record), Error::<T>::VetoOver);
		T::Currency::transfer_on_hold(
			&HoldReason::Publication.into(),
			&record.author,
			&T::VetoAccount::get(),
			record.deposit,
			Precision::BestEffort,
			Restriction::Free,
			Fortitude::Force,
		)?;
		Submissions::<T>::remove(submission);
		Self::deposit_event(Event::Vetoed { submission });
		Ok(())
	}

	pub(crate) fn do_withdraw_submission(who: T::AccountId, submission: SubmissionId) -> DispatchResult {
		let record = Submissions::<T>::get(submission).ok_or(Error::<T>::UnknownSubmission)?;
		ensure!(record.author == who, Error::<T>::NotAuthor);
		Self::give_back(&record)?;
		Submissions::<T>::remove(submission);
		Self::deposit_event(Event::SubmissionWithdrawn { submission });
		Ok(())
	}

	pub(crate) fn do_publish(submission: SubmissionId) -> DispatchResult {
		let record = Submissions::<T>::get(submission).ok_or(Error::<T>::UnknownSubmission)?;
		ensure!(Self::veto_over(&record), Error::<T>::VetoOpen);
		let published = match record.publication.clone() {
			Publication::Module(module) => Published::Module(Self::publish_module(module)?),
			Publication::Template(template) => Published::Template(Self::publish_template(template)?),
		};
		Self::give_back(&record)?;
		Submissions::<T>::remove(submission);
		Self::deposit_event(Event::SubmissionPublished { submission, published });
		Ok(())
	}

	pub(crate) fn do_deprecate(published: Published) -> DispatchResult {
		match published {
			Published::Module(module) => {
				ensure!(Modules::<T>::contains_key(module), Error::<T>::UnknownModule);
				ensure!(!DeprecatedModules::<T>::contains_key(module), Error::<T>::Deprecated);
				DeprecatedModules::<T>::insert(module, ());
			}
			Published::Template(template) => {
				ensure!(Templates::<T>::contains_key(template), Error::<T>::UnknownTemplate);
				ensure!(!DeprecatedTemplates::<T>::contains_key(template), Error::<T>::Deprecated);
				DeprecatedTemplates::<T>::insert(template, ());
			}
		}
		Self::deposit_event(Event::Deprecated { published });
		Ok(())
	}

	/// Whether a submission can no longer be vetoed: slots in gaps do not count.
	fn veto_over(record: &Submission<T::AccountId>) -> bool {
		T::Clock::now() >= T::Clock::extended(record.since, record.until.saturating_add(1))
	}

	fn give_back(record: &Submission<T::AccountId>) -> DispatchResult {
		let reason = HoldReason::Publication.into();
		// A hold that something else has eaten into gives what is left of it.
		let held = T::Currency::balance_on_hold(&reason, &record.author).min(record.deposit);
		T::Currency::release(&reason, &record.author, held, Precision::BestEffort)?;
		Ok(())
	}

	/// Whether a module can be published.
	pub(crate) fn check_module(module: &SlaModule) -> DispatchResult {
		let metric = module.metric;
		ensure!(module.comparator == metric.comparator(), Error::<T>::WrongComparator);
		ensure!(module.statistic == metric.statistic(), Error::<T>::WrongStatistic);
		ensure!(module.unit == metric.unit(), Error::<T>::WrongUnit);
		let version = match module.supersedes {
			None => 1,
			Some(earlier) => {
				let earlier = Modules::<T>::get(earlier).ok_or(Error::<T>::UnknownModule)?;
				ensure!(earlier.metric == metric, Error::<T>::WrongVersion);
				earlier.version.checked_add(1).ok_or(Error::<T>::OutOfIds)?
			}
		};
		ensure!(module.version == version, Error::<T>::WrongVersion);
		ensure!(!module.kinds.is_empty(), Error::<T>::NoKinds);
		ensure!(!module.workloads.is_empty(), Error::<T>::NoWorkloads);
		let least = match penalty::Comparator::from(module.comparator) {
			penalty::Comparator::AtLeast => 1,
			penalty::Comparator::AtMost => 0,
		};
		ensure!(
			least <= module.min_threshold
				&& module.min_threshold <= module.max_threshold
				&& module.max_threshold <= metric.largest(),
			Error::<T>::InvalidRange
		);
		ensure!((1..=MAX_WINDOW_ROUNDS).contains(&module.window_rounds), Error::<T>::InvalidWindow);
		ensure!(penalty::knots_increase(&module.knots), Error::<T>::InvalidKnots);
		ensure!(heights_fit(&module.knots, &module.heights), Error::<T>::InvalidHeights);
		ensure!(slashes_fit(module, &module.heights), Error::<T>::SlashOnReport);
		ensure!(!module.reward.is_zero(), Error::<T>::InvalidReward);
		Ok(())
	}

	/// The completed terms of a template that can be published.
	pub(crate) fn check_template(template: &Template) -> Result<Terms, DispatchError> {
		ensure!(!template.price_factor.is_zero(), Error::<T>::InvalidPriceFactor);
		ensure!(!template.workloads.is_empty(), Error::<T>::NoWorkloads);
		ensure!(!template.kinds.is_empty(), Error::<T>::NoKinds);
		let terms = Self::completed(template.terms.clone(), &template.kinds, &template.workloads)?;
		Self::current(&terms)?;
		if let Some(base) = template.refines {
			let base = Templates::<T>::get(base).ok_or(Error::<T>::UnknownTemplate)?;
			ensure!(Self::refines(&terms, &base.terms)?, Error::<T>::DoesNotRefine);
		}
		Ok(terms)
	}

	/// The terms with heights filled in from their modules where they name none, when each is one that its
	/// module allows, that suits these kinds and workloads, and no two are of the same module.
	pub(crate) fn completed(
		mut terms: Terms,
		kinds: &[ResourceKind],
		workloads: &[Workload],
	) -> Result<Terms, DispatchError> {
		ensure!(!terms.is_empty(), Error::<T>::NoTerms);
		let mut seen = Vec::new();
		for term in terms.iter_mut() {
			ensure!(!seen.contains(&term.module), Error::<T>::DuplicateTerm);
			seen.push(term.module);
			let module = Modules::<T>::get(term.module).ok_or(Error::<T>::UnknownModule)?;
			ensure!(module.suits(kinds, workloads), Error::<T>::NotApplicable);
			ensure!(
				(module.min_threshold..=module.max_threshold).contains(&term.threshold),
				Error::<T>::ThresholdOutOfRange
			);
			if term.heights.is_empty() {
				term.heights = module.heights.clone();
			}
			ensure!(heights_fit(&module.knots, &term.heights), Error::<T>::InvalidHeights);
			ensure!(slashes_fit(&module, &term.heights), Error::<T>::SlashOnReport);
		}
		Ok(terms)
	}

	/// Refuses terms of deprecated modules.
	pub(crate) fn current(terms: &Terms) -> DispatchResult {
		let deprecated = terms.iter().any(|term| DeprecatedModules::<T>::contains_key(term.module));
		ensure!(!deprecated, Error::<T>::Deprecated);
		Ok(())
	}

	/// Whether `terms` promise at least what `template` promises.
	pub(crate) fn refines(terms: &Terms, template: &Terms) -> Result<bool, DispatchError> {
		Ok(penalty::refines(&Self::comparable(terms)?, &Self::comparable(template)?))
	}

	fn comparable(terms: &Terms) -> Result<Vec<penalty::Term>, DispatchError> {
		terms
			.iter()
			.map(|term| {
				let module = Modules::<T>::get(term.module).ok_or(Error::<T>::UnknownModule)?;
				Ok(penalty::Term {
					module: term.module,
					comparator: module.comparator.into(),
					threshold: term.threshold,
					heights: pairs(&term.heights),
				})
			})
			.collect()
	}
}
