// The principal axes of a bivariate Gaussian, by which a reader takes hold of it.

/** Lengths (standard deviations) of the two axes, and the tilt of the first in radians. */
export function axesOf([s1, s2], r) {
  const [v1, v2, cov] = [s1 * s1, s2 * s2, r * s1 * s2];
  const tilt = cov === 0 && v1 >= v2 ? 0 : 0.5 * Math.atan2(2 * cov, v1 - v2);
  const long = Math.sqrt((v1 + v2 + Math.hypot(v1 - v2, 2 * cov)) / 2);
  return { lengths: [long, s1 * s2 * Math.sqrt((1 - r) * (1 + r)) / long], tilt };
}

/** Standard deviations and correlation of the Gaussian with these axes: the inverse. */
export function withAxes({ lengths: [l1, l2], tilt }) {
  const [c, s] = [Math.cos(tilt), Math.sin(tilt)];
  const scale = [Math.hypot(l1 * c, l2 * s), Math.hypot(l1 * s, l2 * c)];
  return { scale, correlation: (l1 - l2) * (l1 + l2) * c * s / (scale[0] * scale[1]) };
}

/**
 * The axes of one Gaussian while it is dragged: the handle that is held stays the same one, also
 * when its axis becomes the shorter. `read` and `write` use the state of the figure.
 */
export class HeldAxes {
  constructor(read, write) {
    this.read = read;
    this.write = write;
  }

  get now() {
    const { scale, correlation, straight } = this.read();
    const key = `${scale} ${correlation} ${straight}`;
    if (key !== this.key) {
      this.key = key;
      this.value = straight ? { lengths: [...scale], tilt: 0 } : axesOf(scale, correlation);
    }
    return this.value;
  }

  /** The place on axis 0 or 1 that is `far` standard deviations and `apart` from the mean. */
  end(loc, i, far, apart) {
    const { lengths, tilt } = this.now;
    const angle = tilt + i * Math.PI / 2;
    const length = far * lengths[i] + apart;
    return [loc[0] + length * Math.cos(angle), loc[1] + length * Math.sin(angle)];
  }

  /** Set the length, and the tilt if it may change; returns what the state says. */
  set(i, length, angle) {
    const { straight, round } = this.read();
    const lengths = [...this.now.lengths];
    lengths[i] = Math.max(length, 1e-9);
    if (round) lengths[1 - i] = lengths[i];
    const tilt = straight ? 0 : angle - i * Math.PI / 2;
    const next = { lengths, tilt };
    const wanted = straight ? { scale: lengths, correlation: 0 } : withAxes(next);
    const said = this.write(wanted);
    if (!said) { // keep which axis is which
      const { scale, correlation } = this.read();
      this.key = `${scale} ${correlation} ${straight}`;
      this.value = next;
    }
    return said;
  }
}
