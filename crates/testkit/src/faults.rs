//! AWS calls that fail on purpose: the n-th one, before its effect or after it.
//!
//! The usual test runs a step once for every n and moment until no call is left to fail, then runs it again without
//! faults and looks at what came of it: a crash between any two writes of the step, tried exhaustively.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

/// When a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It never reaches the service.
    BeforeEffect,
    /// The service has done it, the answer is lost.
    AfterEffect,
}

/// Which call fails, counted from 1, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The number of the call.
    pub call: usize,
    /// The moment it fails at.
    pub moment: Moment,
}

/// A call's own number, kept with it: calls may overlap.
#[derive(Debug)]
struct Number(usize);

impl Storable for Number {
    type Storer = StoreReplace<Self>;
}

/// Counts a client's calls and fails one of them.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    fault: Option<Fault>,
    calls: Arc<AtomicUsize>,
}

impl Faults {
    /// Counts only.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Fails this call.
    #[must_use]
    pub fn one(fault: Fault) -> Self {
        Self { fault: Some(fault), calls: Arc::default() }
    }

    /// Both moments of the calls 1 to `most`, in order.
    pub fn every(most: usize) -> impl Iterator<Item = Fault> {
        (1..=most).flat_map(|call| [Moment::BeforeEffect, Moment::AfterEffect].map(|moment| Fault { call, moment }))
    }

    /// How many calls were begun.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// Whether the fault has struck.
    #[must_use]
    pub fn struck(&self) -> bool {
        self.fault.is_some_and(|fault| self.calls() >= fault.call)
    }

    fn due(&self, call: usize, moment: Moment) -> Result<(), BoxError> {
        if self.fault == Some(Fault { call, moment }) {
            return Err(format!("call {call} fails on purpose, {moment:?}").into());
        }
        Ok(())
    }
}

#[dyn_dispatch_hint]
impl Intercept for Faults {
    fn name(&self) -> &'static str {
        "Faults"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        config.interceptor_state().store_put(Number(call));
        self.due(call, Moment::BeforeEffect)
    }

    fn read_before_deserialization(
        &self,
        _context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config.load::<Number>().map_or(Ok(()), |number| self.due(number.0, Moment::AfterEffect))
    }
}
