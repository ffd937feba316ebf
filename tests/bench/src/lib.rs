//! Cold starts and warm work of one function, beside the same function in other languages.
