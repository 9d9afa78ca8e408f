//! Tests, by what is traded how, and by call.

mod listings;
