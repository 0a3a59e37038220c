// Let npm libraries verify our documents, and sign some for us to verify.
//
//     node reference.mjs < questions.json > answers.json
//
// jose does everything for EdDSA. No JOSE library knows SM2-SM3: there sm-crypto
// signs and verifies, and the compact form around it is put together here. The
// questions and answers are those of reference.py.

import { createRequire } from 'node:module';
import { stdin, stdout } from 'node:process';
import { json } from 'node:stream/consumers';

import { CompactSign, compactVerify, importJWK } from 'jose';
import smCrypto from 'sm-crypto';

const { sm2 } = smCrypto;
const require = createRequire(import.meta.url);
const SM2_OPTIONS = { der: false, hash: true, userId: '1234567812345678' };

const text = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
const encode = (data) => Buffer.from(data).toString('base64url');

async function verifyEddsa(token, jwk) {
  const { payload } = await compactVerify(token, await importJWK(jwk, 'EdDSA'), { algorithms: ['EdDSA'] });
  return payload;
}

async function signEddsa(header, payload, jwk) {
  const document = new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader(header);
  return document.sign(await importJWK(jwk, 'EdDSA'));
}

// Node would also take base64url with other characters in it.
function decode(part) {
  const data = Buffer.from(part, 'base64url');
  if (encode(data) !== part) throw new Error('not canonical base64url');
  return data;
}

// The hexadecimal digits that sm-crypto works on; it cuts them by position.
function hexadecimal(part, length) {
  const data = decode(part);
  if (data.length !== length) throw new Error(`${data.length} bytes where ${length} belong`);
  return data.toString('hex');
}

const sm2PublicKey = ({ x, y }) => `04${hexadecimal(x, 32)}${hexadecimal(y, 32)}`;

function verifySm2(token, jwk) {
  const parts = token.split('.');
  if (parts.length !== 3) throw new Error('not three parts');
  const [header, payload, signature] = parts;
  const members = JSON.parse(text(decode(header)));
  if (members.alg !== 'SM2-SM3' || 'crit' in members) throw new Error('header of something else');
  const fits = sm2.doVerifySignature(
    Buffer.from(`${header}.${payload}`),
    hexadecimal(signature, 64),
    sm2PublicKey(jwk),
    SM2_OPTIONS,
  );
  if (!fits) throw new Error('signature does not fit');
  return decode(payload);
}

function signSm2(header, payload, jwk) {
  const input = `${encode(JSON.stringify(header))}.${encode(payload)}`;
  const options = { ...SM2_OPTIONS, publicKey: sm2PublicKey(jwk) };
  const signature = sm2.doSignature(Buffer.from(input), hexadecimal(jwk.d, 32), options);
  return `${input}.${encode(Buffer.from(signature, 'hex'))}`;
}

const algorithms = new Map([
  ['EdDSA', { library: 'jose', verify: verifyEddsa, sign: signEddsa }],
  ['SM2-SM3', { library: 'sm-crypto', verify: verifySm2, sign: signSm2 }],
]);

// What answers a question; one that nothing answers ends the program.
function algorithm({ alg }) {
  if (!algorithms.has(alg)) throw new Error(`no library for ${alg}`);
  return algorithms.get(alg);
}

async function verified(question) {
  const { verify } = algorithm(question);
  try {
    return { ok: true, payload: text(await verify(question.token, question.jwk)) };
  } catch (error) {
    // Whatever it throws is its answer.
    return { ok: false, why: `${error.name}: ${error.message}` };
  }
}

async function signed(question) {
  const { sign } = algorithm(question);
  return { token: await sign(question.header, question.payload, question.jwk) };
}

const libraries = [...algorithms].map(([alg, { library }]) => {
  const { version } = require(`${library}/package.json`);
  return [alg, `${library} ${version}`];
});
const questions = await json(stdin);
const answers = {
  libraries: Object.fromEntries(libraries),
  verify: await Promise.all(questions.verify.map(verified)),
  sign: await Promise.all(questions.sign.map(signed)),
};
stdout.write(JSON.stringify(answers));
