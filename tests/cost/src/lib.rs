//! What every operation and journey costs on AWS, counted while the real code runs.
