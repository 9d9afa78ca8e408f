//! The auction, by call, then by what goes on between calls.

mod cancel_order;
mod claim;
mod clear;
mod cost;
mod offers;
mod place_order;
mod prices;
mod queue;
mod sequence;
mod views;
mod wind_down;
