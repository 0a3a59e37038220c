// Ask the npm libraries about every input and write their answers down.
//
//     node reference.mjs FOLDER
//
// Reads the files of generate.py and writes npm.tsv beside them: library, kind,
// input, ok|wrong, the class of the error where the library has one, and
// `unknown` where the library's own table of divisions lacks the first six.

import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';

import IDValidator from 'id-validator';
import GB2260 from 'id-validator/src/GB2260.js';
import idcard from 'idcard';
import areas from 'idcard/lib/area_service.js';
import stdnumPackage from 'stdnum';
import validator from 'validator';

const { stdnum } = stdnumPackage;
const folder = argv[2];

// id-validator keeps every answer it gave, so a new one is made for each question.
const idValidator = (number) => new IDValidator(GB2260).isValid(number);

// The rule of id-validator: the code, or its prefecture, or its province.
const idValidatorKnows = (number) =>
  [number.slice(0, 6), `${number.slice(0, 4)}00`, `${number.slice(0, 2)}0000`].some((code) =>
    Object.hasOwn(GB2260, code),
  );

const yesOrNo = (check, knowsDivision) => (number) => [
  check(number) ? 'ok' : 'wrong',
  '',
  knowsDivision(number) ? '' : 'unknown',
];

const stdnumAnswer = (check) => (number) => {
  const { isValid, error } = check.validate(number);
  return [isValid ? 'ok' : 'wrong', error ? error.constructor.name : '', ''];
};

const questions = [
  ['npm-stdnum', 'uscc', stdnumAnswer(stdnum.CN.uscc)],
  ['npm-stdnum', 'id', stdnumAnswer(stdnum.CN.ric)],
  ['npm-validator', 'id', yesOrNo((number) => validator.isIdentityCard(number, 'zh-CN'), () => true)],
  ['npm-id-validator', 'id', yesOrNo(idValidator, idValidatorKnows)],
  ['npm-idcard', 'id', yesOrNo(idcard.verify, areas.hit)],
];

const answers = createWriteStream(join(folder, 'npm.tsv'));
for (const [library, kind, ask] of questions) {
  const inputs = readFileSync(join(folder, `${kind}.txt`), 'utf8').split('\n').slice(0, -1);
  const rows = inputs.map((number) => [library, kind, number, ...ask(number)].join('\t') + '\n');
  answers.write(rows.join(''));
}
answers.end();
