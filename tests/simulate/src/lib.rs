//! An on-sale at scale, simulated with the real admission and seat code.
