//! Cold starts and warm work of one function, beside the same function in other languages.
//!
//! | module | what it does |
//! |---|---|
//! | [`runtime_api`] | Lambda's side of the Runtime API |

pub mod runtime_api;
