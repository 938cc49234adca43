// The result of a scenario: acknowledgements, losses and other failures.

/** The tally of a scenario over all rounds. */
export class Tally {
  rounds = 0;
  /** The number of successful responses. */
  acknowledged = 0;
  /** Acknowledged data that is missing or changed. */
  lost = [];
  /** Other failures: unexpected responses and stuck servers. */
  failures = [];

  /** Counts an acknowledgement. */
  acknowledge() {
    this.acknowledged += 1;
  }

  /** Records a loss. */
  lose(what) {
    this.lost.push(`round ${this.rounds}: ${what}`);
  }

  /** Records a failure. */
  fail(what) {
    this.failures.push(`round ${this.rounds}: ${what}`);
  }

  /** Records a failure unless a condition holds. */
  check(holds, what) {
    if (!holds) this.fail(what);
  }

  /** Whether there were no losses and no failures. */
  get isGood() {
    return this.lost.length === 0 && this.failures.length === 0;
  }
}
