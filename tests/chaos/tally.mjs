// What came of a scenario: how much was acknowledged, what of it was lost, and what else failed.

/** The tally of a scenario over all its rounds. */
export class Tally {
  rounds = 0;
  /** How many requests were answered with success. */
  acknowledged = 0;
  /** What was acknowledged and is no longer there, or has changed. */
  lost = [];
  /** What failed otherwise: an answer that is not expected, a server that is stuck. */
  failures = [];

  /** Counts an acknowledgement. */
  acknowledge() {
    this.acknowledged += 1;
  }

  /** Notes what was lost. */
  lose(what) {
    this.lost.push(`round ${this.rounds}: ${what}`);
  }

  /** Notes a failure. */
  fail(what) {
    this.failures.push(`round ${this.rounds}: ${what}`);
  }

  /** Notes a failure unless a condition holds. */
  check(holds, what) {
    if (!holds) this.fail(what);
  }

  /** Whether nothing was lost and nothing failed. */
  get isGood() {
    return this.lost.length === 0 && this.failures.length === 0;
  }
}
