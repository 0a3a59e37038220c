#![no_main]
credit_fuzz::target!(Docno);
