#![no_main]
credit_fuzz::target!(Regno);
