//! What a market maker reads of the chain, and the calls that it makes.

use super::{
	config::Market,
	quoting::{fair, Own, Phase, Plan, Rules, Situation},
};
use crate::client::State;
use anyhow::{Context, Result};
use exabits_math::{
	auction::{Page, Side, Tick},
	settlement::price_cap,
};
use exabits_primitives::{apis, MilliDevices, UtcId, UtcKey, WindowIndex};
use exabits_runtime::{AccountId, Runtime, RuntimeCall};
use frame_support::traits::Get;
use pallet_market::auction::{OrderState, OrderView};
use pallet_utc::UtcState;

/// A market as it is after one block.
#[derive(Debug)]
pub struct Observed {
	/// The market.
	pub utc: UtcId,
	/// What is traded.
	pub key: UtcKey,
	/// Whether it is quoted.
	pub phase: Phase,
	/// What the chain allows.
	pub rules: Rules,
	/// What the maker has and may do; money and exposure are shared out later.
	pub situation: Situation,
}

/// Slots in a window of a class.
pub async fn window_slots(state: &State<'_>, market: &Market) -> Result<u32> {
	let class: Option<pallet_rfl::Class> =
		state.value(pallet_rfl::Classes::<Runtime>::hashed_key_for(market.class)).await?;
	Ok(class.with_context(|| format!("the chain has no class {}", market.class))?.window_slots)
}

/// Reads a market; `None` where the UTC has not been opened yet, or is gone.
pub async fn observe(
	state: &State<'_>,
	who: &AccountId,
	market: &Market,
	window: WindowIndex,
) -> Result<Option<Observed>> {
	let key = UtcKey { class: market.class, template: market.template, window };
	let Some((utc, record)) = state.view(pallet_utc::UtcViewFunction::<Runtime>::new(key)).await? else {
		return Ok(None);
	};
	let now = state.slot().await?;
	let quote: Option<apis::Quote> = state.call("RflApi_quote", &(key.class, window)).await?;
	let template: Option<pallet_sla::Template> =
		state.value(pallet_sla::Templates::<Runtime>::hashed_key_for(key.template)).await?;
	let views: Vec<OrderView> =
		state.view(pallet_market::OrdersViewFunction::<Runtime>::new(utc, who.clone())).await?;
	let mut orders = Vec::with_capacity(views.len());
	// What a provider offers beside its quotes is none of them, and is paid without a claim.
	for view in views.into_iter().filter(|view| !matches!(view.state, OrderState::Offered { .. })) {
		orders.push(own(state, utc, view).await?);
	}
	let units = state.units(utc, who).await?;

	let phase = match record.state {
		UtcState::Open if quote.is_some() => market.stop.phase(now, record.start, record.end),
		// Nobody knows what it is worth.
		UtcState::Open => Phase::Withdraw.max(market.stop.phase(now, record.start, record.end)),
		_ => Phase::Ended,
	};
	let worth = quote.zip(template).map_or(0, |(quote, template)| {
		fair(quote.price, template.price_factor, now, record.start, record.end)
	});
	Ok(Some(Observed {
		utc,
		key,
		phase,
		rules: Rules {
			min_amount: <Runtime as pallet_market::Config>::MinAmount::get(),
			order_fee: <Runtime as pallet_market::Config>::OrderFee::get(),
			highest: price_cap(record.price, record.kappa).and_then(Tick::at_most),
		},
		situation: Situation {
			fair: worth,
			units: MilliDevices(u32::try_from(units).unwrap_or(u32::MAX)),
			money: 0,
			exposure: 0,
			orders,
		},
	}))
}

async fn own(state: &State<'_>, utc: UtcId, view: OrderView) -> Result<Own> {
	let (side, tick, resting) = match view.state {
		OrderState::Placed { order, .. } => {
			// Of an order that rests less than a unit may be left.
			let resting = view.rest.0 > 0 || {
				let page = (order.side, order.tick.page());
				let page: Option<Page> =
					state.value(pallet_market::Pages::<Runtime>::hashed_key_for(utc, page)).await?;
				page.is_some_and(|page| order.resting(&page).is_some())
			};
			(order.side, order.tick, resting)
		}
		OrderState::Offered { order, .. } => (order.side, order.tick, view.rest.0 > 0),
		OrderState::Cancelled { .. } => (Side::Bid, Tick::MIN, false),
	};
	Ok(Own { id: view.id, side, tick, rest: view.rest, units: view.units, money: view.money, resting })
}

/// The calls of a plan, of which all succeed or none.
pub fn calls(who: &AccountId, utc: UtcId, plan: &Plan) -> RuntimeCall {
	use pallet_market::Call;
	let claims = plan.claims.iter().map(|order| Call::claim { utc, trader: who.clone(), order: *order });
	let cancels = plan.cancels.iter().map(|order| Call::cancel_order { utc, order: *order });
	let places = plan.places.iter().map(|quote| Call::place_order {
		utc,
		side: quote.side,
		tick: quote.tick.number(),
		amount: quote.amount,
	});
	let calls = claims.chain(cancels).chain(places).map(|call: Call<Runtime>| call.into()).collect();
	pallet_utility::Call::<Runtime>::batch_all { calls }.into()
}

/// The call that gives back all that is left in a market that has ended.
pub fn refund(who: &AccountId, utc: UtcId) -> RuntimeCall {
	pallet_market::Call::<Runtime>::refund { utc, trader: who.clone() }.into()
}
