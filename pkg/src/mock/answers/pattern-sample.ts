// A string that matches a regular expression: the part of the syntax that JSON schemas commonly use.

/** Thrown for syntax that is not supported: lookaround, back references and named properties. */
class UnsupportedPattern extends Error {}

/** The highest number of repetitions beyond the minimum. */
const maxExtra = 3;

const digits = "0123456789";
const lower = "abcdefghijklmnopqrstuvwxyz";
const word = `${lower}${lower.toUpperCase()}${digits}_`;
const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join("");
const without = (excluded: string) => [...printable].filter((letter) => !excluded.includes(letter)).join("");

const classes: Readonly<Record<string, string>> = {
  d: digits,
  w: word,
  s: " ",
  D: without(digits),
  W: without(word),
  S: without(" "),
};
const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v", 0: "\0" };

/**
 * Returns a string that matches the pattern, or undefined if its syntax is not supported.
 *
 * @param random returns numbers from 0 up to 1
 */
export function sampleOfPattern(pattern: string, random: () => number): string | undefined {
  try {
    const text = new PatternSampler(pattern, random).sample();
    return new RegExp(pattern, "u").test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

class PatternSampler {
  #at = 0;

  constructor(
    private readonly pattern: string,
    private readonly random: () => number,
  ) {}

  sample(): string {
    const text = this.#alternatives();
    if (this.#at < this.pattern.length) throw new UnsupportedPattern();
    return text;
  }

  #pick<T>(values: ArrayLike<T>): T {
    if (values.length === 0) throw new UnsupportedPattern();
    return values[Math.floor(this.random() * values.length)]!;
  }

  #eat(text: string): boolean {
    const found = this.pattern.startsWith(text, this.#at);
    if (found) this.#at += text.length;
    return found;
  }

  #alternatives(): string {
    const choices = [this.#sequence()];
    while (this.#eat("|")) choices.push(this.#sequence());
    return this.#pick(choices);
  }

  #sequence(): string {
    let text = "";
    while (this.#at < this.pattern.length && !"|)".includes(this.pattern[this.#at]!)) text += this.#repeated();
    return text;
  }

  /** An atom with its quantifier. The atom is parsed again for each repetition, so that repetitions differ. */
  #repeated(): string {
    const begin = this.#at;
    let text = this.#atom();
    const [min, max] = this.#quantifier();
    const end = this.#at;
    const count = min + Math.floor(this.random() * (Math.min(max, min + maxExtra) - min + 1));
    if (count === 0) return "";
    for (let done = 1; done < count; done++) {
      this.#at = begin;
      text += this.#atom();
    }
    this.#at = end;
    return text;
  }

  #quantifier(): readonly [number, number] {
    const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.pattern.slice(this.#at));
    if (!found) return [1, 1];
    this.#at += found[0].length;
    const [, sign, min, comma, max] = found;
    if (sign) return sign === "?" ? [0, 1] : [sign === "+" ? 1 : 0, Infinity];
    return [Number(min), comma ? (max ? Number(max) : Infinity) : Number(min)];
  }

  #atom(): string {
    if (this.#eat("^") || this.#eat("$")) return "";
    if (this.#eat("(")) {
      if (this.#eat("?") && !this.#eat(":")) {
        const name = /^<[A-Za-z]\w*>/.exec(this.pattern.slice(this.#at));
        if (!name) throw new UnsupportedPattern();
        this.#at += name[0].length;
      }
      const text = this.#alternatives();
      if (!this.#eat(")")) throw new UnsupportedPattern();
      return text;
    }
    if (this.#eat("[")) return this.#pick(this.#bracket());
    if (this.#eat(".")) return this.#pick(lower);
    return this.#pick(this.#letters());
  }

  /** The letters that one escape or literal stands for. */
  #letters(): string {
    const letter = String.fromCodePoint(this.pattern.codePointAt(this.#at)!);
    this.#at += letter.length;
    if (letter !== "\\") return letter;
    const escaped = this.pattern[this.#at++] ?? "";
    if (escaped in classes) return classes[escaped]!;
    if (escaped in controls) return controls[escaped]!;
    const code = /^(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2}))/i.exec(this.pattern.slice(this.#at - 1));
    if (code) {
      this.#at += code[0].length - 1;
      return String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? code[3]!, 16));
    }
    if (/[A-Za-z0-9]/.test(escaped)) throw new UnsupportedPattern();
    return escaped;
  }

  #bracket(): string {
    const negated = this.#eat("^");
    let letters = "";
    while (!this.#eat("]")) {
      if (this.#at >= this.pattern.length) throw new UnsupportedPattern();
      const from = this.#letters();
      const isRange = this.pattern[this.#at] === "-" && this.pattern[this.#at + 1] !== "]";
      if (!isRange) {
        letters += from;
        continue;
      }
      this.#at++;
      const to = this.#letters();
      const [first, last] = [from.codePointAt(0)!, to.codePointAt(0)!];
      // 128 characters of a long range are enough.
      for (let code = first; code <= Math.min(last, first + 127); code++) letters += String.fromCodePoint(code);
    }
    return negated ? without(letters) : letters;
  }
}
