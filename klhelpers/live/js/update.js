// The update rules of the optimisers: from variables and their gradient to the next variables.
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-7; // outside the root, as in Keras
// Keras rounds the bases of the powers to single precision, whatever the dtype of the variables.
const [POWER_1, POWER_2] = [BETA_1, BETA_2].map(Math.fround);

/**
 * A fresh optimiser, with no memory: a function (x, g) of the variables and the gradient.
 * `natural` is such a function, too; it returns the natural gradient, F⁻¹ g.
 */
export function updateRule(name, rate, natural) {
  if (name !== "Adam") {
    const slopesOf = name === "gradient descent" ? (x, g) => g : natural;
    return (x, g) => {
      const step = slopesOf(x, g);
      return x.map((v, i) => v - rate * step[i]);
    };
  }
  const first = [0, 0, 0, 0, 0];
  const second = [0, 0, 0, 0, 0];
  let count = 0;
  return (x, g) => {
    count += 1;
    const corrected = rate * Math.sqrt(1 - POWER_2 ** count) / (1 - POWER_1 ** count);
    return x.map((v, i) => {
      first[i] += (g[i] - first[i]) * (1 - BETA_1);
      second[i] += (g[i] * g[i] - second[i]) * (1 - BETA_2);
      return v - corrected * first[i] / (Math.sqrt(second[i]) + EPSILON);
    });
  };
}
