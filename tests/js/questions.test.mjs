// What a typed number is, and what is nearly right about it.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { readNumber, singular, unitRemark, roundingRemark, nearRemark } = await load(
  ["klhelpers/questions/judge.js"],
  ["readNumber", "singular", "unitRemark", "roundingRemark", "nearRemark"],
);

for (const [typed, value, unit] of [
  ["0.5", 0.5, ""], ["0,5 nats", 0.5, "nats"], ["−1/4", -0.25, ""], ["–2", -2, ""], ["1 / 4bits", 0.25, "bits"],
  ["1e-3", 0.001, ""], [".5", 0.5, ""], ["5.", 5, ""], ["1/0", Infinity, ""], ["0/0", NaN, ""],
  ["1/2/3", NaN, ""], ["", NaN, ""], ["nats", NaN, ""], ["1,234", 1.234, ""], ["1.2.3", NaN, ""],
  ["3 <b>", NaN, ""], ["e", NaN, ""],
]) {
  test(`"${typed}" is ${value} ${unit}`, () => {
    const found = readNumber(typed);
    assert.ok(Object.is(found.value, value), String(found.value));
    assert.equal(found.unit, unit);
  });
}

test("commas between thousands are seen", () => {
  assert.equal(readNumber("-1,234").grouped, -1234);
  assert.ok(Number.isNaN(readNumber("12,34").grouped));
});

test("digits that were typed are kept of a plain decimal number alone", () => {
  assert.deepEqual(["-0.50", "1/2", "1e3"].map((text) => readNumber(text).plain), ["0.50", "", ""]);
});

test("units are compared without case and plural", () => {
  assert.deepEqual([" Nats ", "bit", "", "s"].map(singular), ["nat", "bit", "", ""]);
});

const half = (value) => Math.abs(value - 0.5) < 1e-6;

for (const [given, asked, remark] of [
  ["", "nats", /^$/], ["nat", "nats", /^$/], ["nats", "", /^A number without a unit is asked for; you gave “nats”/],
  ["m", "nats", /^The unit asked for is nats; you gave “m”/], ["bits", "nats", /one bit is 0.6931 nats/],
]) {
  test(`"${given}" where "${asked}" is asked for`, () => {
    assert.match(unitRemark(1, given, asked, half), remark);
  });
}

test("the right amount in another unit is told", () => {
  assert.match(unitRemark(0.5 / Math.LN2, "bits", "nats", half), /^That is the right amount/);
});

for (const [value, plain, remark] of [
  [0.69, "0.69", "Right to two digits; give it to within 0.001."],
  [0.7, "0.7", "Right to one digit; give it to within 0.001."],
  [0.6, "0.6", ""], [0.693, "", ""], [0.68, "0.68", ""], [7, "7", ""],
]) {
  test(`${value} for ln 2: "${remark}"`, () => {
    assert.equal(roundingRemark(value, plain, Math.LN2, "0.001"), remark);
  });
}

test("digits that were cut off are told apart from rounded ones", () => {
  assert.equal(roundingRemark(2.8, "2.8", 2.885, "0.01"), "The first two digits are right; give it to within 0.01.");
});

const near = (typed, unit = "nats") => nearRemark(readNumber(typed), 0.5, unit, "0.01", half);

test("sign, comma and unit are seen, in this order, and otherwise nothing", () => {
  assert.equal(near("-0.5"), "The size is right, the sign is not.");
  assert.equal(near(String(0.5 / Math.LN2)), "That is the answer in bits; it is asked for in nats.");
  assert.equal(near(String(0.5 / Math.LN2), ""), "");
  assert.equal(near("9"), "");
});

test("a comma between thousands is told", () => {
  const right = (value) => value === 1234;
  assert.match(nearRemark(readNumber("1,234"), 1234, "", "1", right), /^A comma is read as a decimal point/);
});
