/** How many polls may begin in a minute, evenly: a few at once after a rest, then one by one. */
export class Budget {
  readonly #perSecond: number;
  readonly #burst: number;
  #left: number;
  #at: number | undefined;

  constructor(perMinute: number) {
    this.#perSecond = perMinute / 60;
    this.#burst = Math.max(1, Math.min(perMinute / 6, 10));
    this.#left = this.#burst;
  }

  /** Takes one if there is one. */
  take(now: number): boolean {
    this.#fill(now);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** Seconds until there is one. */
  wait(now: number): number {
    this.#fill(now);
    return Math.max(0, (1 - this.#left) / this.#perSecond);
  }

  #fill(now: number): void {
    const passed = Math.max(0, now - (this.#at ?? now));
    this.#at = now;
    // A hair more than exact, so that waiting as long as told is always enough.
    this.#left = Math.min(this.#burst, this.#left + passed * this.#perSecond + 1e-9);
  }
}
