//! Tests, by what is traded how, and by call.

mod auction;
mod listings;
