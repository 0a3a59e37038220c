//! Our half of the test against libraries of others: `interop ask` writes the
//! documents that they are to verify and the payloads that they are to sign,
//! `interop judge QUESTION ANSWER…` reads what they made of it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says with a panic that it failed"
)]

use std::{env, fs};

use base64ct::{Base64UrlUnpadded, Encoding};
use credit_core::json::{self, Value};
use credit_sign::algorithm::Algorithm;
use credit_sign::issue::Signer;
use credit_sign::jws::{Jws, TYP_CREDENTIAL, TYP_PASS};

/// Documents of each algorithm that the others verify, and that they sign.
/// SM2 with a leading zero byte in a part comes once in 128.
const EACH: usize = 150;

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["ask"] => println!("{}", question()),
        ["judge", question, ref answers @ ..] => {
            let question = read(question);
            let counts = answers.iter().map(|answer| judge(&question, &read(answer)));
            println!("{} documents", counts.sum::<usize>());
        }
        _ => panic!("usage: interop ask | interop judge QUESTION ANSWER…"),
    }
}

fn read(path: &str) -> Value {
    json::parse(&fs::read_to_string(path).unwrap()).unwrap()
}

fn secret(number: usize) -> [u8; 32] {
    let mut secret = [0x5a; 32];
    secret[24..].copy_from_slice(&u64::try_from(number).unwrap().to_be_bytes());
    secret
}

/// What people put into documents, and what JSON has its trouble with.
fn payload(number: usize) -> String {
    let texts = [
        "示例市海河津味食品有限公司",
        "𠮷野家😀",
        "\\\"\\\\\\u0000\\n",
        "",
        "a.b-c_d==",
    ];
    let text = texts[number % texts.len()];
    format!(
        r#"{{"number":{number},"text":"{text}","list":[true,null,-1],"pad":"{}"}}"#,
        "x".repeat(number)
    )
}

fn text(text: impl Into<String>) -> Option<Value> {
    Some(Value::text(text))
}

fn question() -> Value {
    let (mut verify, mut sign) = (Vec::new(), Vec::new());
    for algorithm in Algorithm::ALL {
        for number in 0..EACH {
            let signer = Signer::new(algorithm, &secret(number)).unwrap();
            let typ = if number % 2 == 0 {
                TYP_CREDENTIAL
            } else {
                TYP_PASS
            };
            let payload = payload(number);
            let token = signer.sign(typ, &json::parse(&payload).unwrap());
            let jwk = signer.public().to_jwk();
            for token in [token.clone(), spoilt(&token, number)] {
                verify.push(Value::object([
                    ("token", text(token)),
                    ("jwk", Some(jwk.clone())),
                    ("alg", text(algorithm.code())),
                ]));
            }
            let Value::Object(mut private) = jwk else {
                panic!("a JWK is an object")
            };
            let d = Base64UrlUnpadded::encode_string(&secret(number));
            private.push(("d".to_owned(), Value::text(d)));
            let header = Value::object([
                ("alg", text(algorithm.code())),
                ("kid", text(signer.public().thumbprint().to_string())),
                ("typ", text(typ)),
            ]);
            sign.push(Value::object([
                ("jwk", Some(Value::Object(private))),
                ("alg", text(algorithm.code())),
                ("header", Some(header)),
                ("payload", text(payload)),
            ]));
        }
    }
    Value::object([
        ("verify", Some(Value::Array(verify))),
        ("sign", Some(Value::Array(sign))),
    ])
}

/// The document with another character somewhere in its payload or signature,
/// not at the end of a part, where some libraries do not look at all bits.
fn spoilt(token: &str, number: usize) -> String {
    let header = token.find('.').unwrap() + 1;
    let mut bytes = token.as_bytes().to_vec();
    let room = bytes.len() - header - 2;
    let mut place = header + (number * 37) % room;
    while bytes[place] == b'.' || bytes[place + 1] == b'.' {
        place += 1;
        if place + 2 >= bytes.len() {
            place = header;
        }
    }
    bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
    String::from_utf8(bytes).unwrap()
}

fn items<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).unwrap()
}

/// Compares an answer with what it should be; how many documents it has.
fn judge(question: &Value, answer: &Value) -> usize {
    println!("{}", answer.get("libraries").unwrap());
    let (asked, answered) = (items(question, "verify"), items(answer, "verify"));
    assert_eq!(asked.len(), answered.len());
    for (index, (asked, answered)) in asked.iter().zip(answered).enumerate() {
        let is_good = index % 2 == 0;
        let (alg, token) = (asked.str_of("alg").unwrap(), asked.str_of("token").unwrap());
        assert_eq!(
            answered.get("ok"),
            Some(&Value::Bool(is_good)),
            "{alg} {token} {answered}"
        );
        if is_good {
            let jws = Jws::parse(token, &[TYP_CREDENTIAL, TYP_PASS]).unwrap();
            let payload = json::parse(answered.str_of("payload").unwrap()).unwrap();
            assert_eq!(&payload, jws.unverified_payload());
        }
    }
    let (asked, signed) = (items(question, "sign"), items(answer, "sign"));
    assert_eq!(asked.len(), signed.len());
    for (index, (asked, signed)) in asked.iter().zip(signed).enumerate() {
        let algorithm: Algorithm = asked.str_of("alg").unwrap().parse().unwrap();
        let key = Signer::new(algorithm, &secret(index % EACH)).unwrap();
        let token = signed.str_of("token").unwrap();
        let jws = Jws::parse(token, &[TYP_CREDENTIAL, TYP_PASS]).unwrap();
        let payload = jws.verify(key.public()).unwrap();
        let expected = json::parse(asked.str_of("payload").unwrap()).unwrap();
        assert_eq!(payload, &expected, "{algorithm} {token}");
    }
    items(question, "verify").len() + items(question, "sign").len()
}
