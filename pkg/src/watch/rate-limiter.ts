const minute = 60;

/** How many polls may begin in any minute: a few at once after a rest, then one by one, evenly. */
export class Budget {
  readonly #perMinute: number;
  readonly #burst: number;
  #left: number;
  #at: number | undefined;
  /** When those of the last minute began. */
  #begun: number[] = [];

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
    this.#burst = Math.max(1, Math.min(perMinute / 6, 10));
    this.#left = this.#burst;
  }

  /** Takes one if there is one. */
  take(now: number): boolean {
    if (this.wait(now) > 0) return false;
    this.#left -= 1;
    this.#begun.push(now);
    return true;
  }

  /** Seconds until there is one. */
  wait(now: number): number {
    this.#pass(now);
    const even = (1 - this.#left) / (this.#perMinute / minute);
    const strict =
      this.#begun.length < Math.max(1, Math.floor(this.#perMinute)) ? 0 : (this.#begun[0] ?? now) + minute - now;
    return Math.max(0, even, strict);
  }

  #pass(now: number): void {
    const passed = Math.max(0, now - (this.#at ?? now));
    this.#at = now;
    // A hair more than exact, so that waiting as long as told is always enough.
    this.#left = Math.min(this.#burst, this.#left + (passed * this.#perMinute) / minute + 1e-9);
    this.#begun = this.#begun.filter((at) => at + minute > now + 1e-6);
  }
}
