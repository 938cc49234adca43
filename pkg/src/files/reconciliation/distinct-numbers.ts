// A set of numbers, in eight bytes for each where a Set takes forty.

/** A set of hashes: numbers of 53 random bits. */
export class DistinctNumbers {
  /** A number or 0 in each slot. At least half of the slots are free. */
  #slots = new Float64Array(1 << 10);
  #count = 0;

  /** Adds numbers. Returns whether all of them are new; 0, which no hash has in practice, is not. */
  add(numbers: Float64Array): boolean {
    this.#reserve(numbers.length);
    return numbers.every((number) => this.#insert(number));
  }

  #insert(number: number): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = number & mask;
    while (slots[at] !== 0 && slots[at] !== number) at = (at + 1) & mask;
    if (slots[at] === number) return false;
    slots[at] = number;
    return true;
  }

  #reserve(more: number): void {
    this.#count += more;
    if (this.#count * 2 <= this.#slots.length) return;
    const before = this.#slots;
    this.#slots = new Float64Array(2 ** Math.ceil(Math.log2(this.#count * 2)));
    for (const number of before) if (number !== 0) this.#insert(number);
  }
}
