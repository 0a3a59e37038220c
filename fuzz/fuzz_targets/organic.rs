#![no_main]
credit_fuzz::target!(Organic);
