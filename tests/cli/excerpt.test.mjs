// Excerpts of lines: unsafe characters are replaced, and the marker is aligned.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ownModule } from "./support.mjs";

const { excerptOf } = await ownModule("terminal/excerpt.ts");
const { toGlyphs, visible } = await ownModule("terminal/terminal-text.ts");

const bytesOf = (text) => (typeof text === "string" ? new TextEncoder().encode(text) : Uint8Array.from(text));

/** The excerpt around the first `target` in a text, as a line and its marker. */
async function drawn(text, target, width = 40, length = bytesOf(target).length) {
  const bytes = bytesOf(text);
  const offset = Buffer.from(bytes).indexOf(Buffer.from(bytesOf(target)));
  const found = await excerptOf(async (start, end) => bytes.subarray(start, end), { offset, length }, width);
  return [found.glyphs.map((glyph) => glyph.text).join(""), " ".repeat(found.indent) + "^".repeat(found.marked)];
}

test("a short line is shown completely, without its neighbors", async () => {
  assert.deepEqual(await drawn('before\n{"a": tru}\nafter\n', "tru"), ['{"a": tru}', "      ^^^"]);
});

test("a long line is clipped on both sides, and the marker stays aligned", async () => {
  const [line, mark] = await drawn(`${"a".repeat(500)}HERE${"b".repeat(500)}`, "HERE");
  assert.equal(line, `…${"a".repeat(17)}HERE${"b".repeat(17)}…`);
  assert.equal(line.slice(mark.indexOf("^"), mark.length), "HERE");
});

test("at the ends of a long line, the other side gets the remaining space", async () => {
  assert.deepEqual(await drawn(`HERE${"b".repeat(99)}`, "HERE", 20), [`HERE${"b".repeat(14)}…`, "^^^^"]);
  assert.deepEqual(await drawn(`${"a".repeat(99)}HERE`, "HERE", 20), [
    `…${"a".repeat(14)}HERE`,
    `${" ".repeat(15)}^^^^`,
  ]);
});

test("the marker accounts for wide and combining characters", async () => {
  assert.deepEqual(await drawn('{"日本語": x}', "x"), ['{"日本語": x}', `${" ".repeat(11)}^`]);
  assert.deepEqual(await drawn("日本x", "本"), ["日本x", "  ^^"]);
  assert.deepEqual(await drawn("👨‍👩‍👧🇩🇪x", "x"), ["👨‍👩‍👧🇩🇪x", "    ^"]);
  assert.deepEqual(await drawn("e\u0301a\u0300x", "x"), ["e\u0301a\u0300x", "  ^"]);
  assert.deepEqual(await drawn("한국x", "x"), ["한국x", "    ^"]);
});

test("a marker wider than the excerpt ends with it", async () => {
  const [line, mark] = await drawn("y".repeat(300), "y".repeat(200), 30);
  assert.ok(line.length <= 30 && mark.length <= line.length, `${line}\n${mark}`);
});

test("the end of a line can be marked", async () => {
  const bytes = bytesOf('{"a": 1\n{}');
  const found = await excerptOf(async (start, end) => bytes.subarray(start, end), { offset: 7 }, 40);
  assert.deepEqual([found.glyphs.map((glyph) => glyph.text).join(""), found.indent, found.marked], ['{"a": 1', 7, 1]);
});

test("control, direction and invisible characters and invalid bytes become visible", () => {
  const cases = [
    ["\x1b[2J", "␛[2J"],
    ["\0\x07\x7f", "␀␇␡"],
    ["a\tb", "a→   b"],
    ["\u202Egpj\u202C", "<U+202E>gpj<U+202C>"],
    ["\u2066\u2069\u200F", "<U+2066><U+2069><U+200F>"],
    ["a\u200Bb\u00ADc\uFEFFd", "a<U+200B>b<U+00AD>c<U+FEFF>d"],
    ["\u0085\u009b", "<U+0085><U+009B>"],
    ["\u2028\u00A0\u3000", "<U+2028><U+00A0><U+3000>"],
    ["\u{E0041}", "<U+E0041>"],
    ["日本 👍🏽 é ñ e\u0301 1\uFE0F\u20E3", "日本 👍🏽 é ñ e\u0301 1\uFE0F\u20E3"],
  ];
  for (const [text, shown] of cases) assert.equal(visible(text), shown);
  const bad = toGlyphs(Uint8Array.of(0x61, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0xf0, 0x9f));
  assert.equal(bad.map((glyph) => glyph.text).join(""), "a<FF><C3>(<ED><A0><80><F0><9F>");
});

test("a carriage return at the end is shown only if it is marked", async () => {
  assert.deepEqual(await drawn("ab\r\ncd", "a"), ["ab", "^"]);
  assert.deepEqual(await drawn("ab\r\ncd", "\r"), ["ab␍", "  ^"]);
});

test("for any bytes, the excerpt fits, contains no unsafe characters and has a marker", async () => {
  const chunk = fc.oneof(
    fc
      .constantFrom(
        "\n",
        "\r\n",
        "\t",
        "\x1b[31m",
        "\u202e",
        "日",
        "👨‍👩‍👧",
        "e\u0301",
        "a",
        '"',
        "{",
        " ",
        "\u200d",
        "\ufe0f",
      )
      .map(bytesOf),
    fc.uint8Array({ maxLength: 6 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(chunk, { maxLength: 120 }),
      fc.nat(),
      fc.nat(50),
      fc.integer({ min: 8, max: 60 }),
      async (chunks, at, length, width) => {
        const bytes = Buffer.concat(chunks);
        const offset = at % (bytes.length + 1);
        const found = await excerptOf(async (start, end) => bytes.subarray(start, end), { offset, length }, width);
        if (!found) return;
        const text = found.glyphs.map((glyph) => glyph.text).join("");
        // Joiners are allowed only inside emoji.
        assert.doesNotMatch(
          text.replace(/\p{Extended_Pictographic}[\p{M}\u200d\p{Extended_Pictographic}]*/gu, ""),
          /[\p{Cc}\p{Cf}]/u,
        );
        const cells = found.glyphs.reduce((sum, glyph) => sum + glyph.cells, 0);
        assert.ok(cells <= width, `${cells} cells in ${width}: ${text}`);
        assert.ok(
          found.indent + found.marked <= Math.max(cells + 1, 1),
          `${found.indent} + ${found.marked} of ${cells}`,
        );
      },
    ),
    { numRuns: 2000 },
  );
});
