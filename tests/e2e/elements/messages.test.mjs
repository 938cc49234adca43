// Messages in other languages: complete, with the values of the English ones, and used everywhere.
import assert from "node:assert/strict";
import { test } from "@playwright/test";
import { messages } from "batchlight";
import { elementMessages } from "batchlight/elements";
import { de } from "batchlight/elements/de";
import { ja } from "batchlight/elements/ja";
import { elementTest, fixtures, now } from "./support.mjs";

const english = { ...messages, ...elementMessages };
const valuesOf = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test.describe("a pack contains every message, with the values of the English one", () => {
  for (const [name, pack] of Object.entries({ de, ja })) {
    test(name, () => {
      assert.deepEqual(Object.keys(pack).sort(), Object.keys(english).sort());
      for (const [id, text] of Object.entries(pack)) {
        assert.deepEqual(valuesOf(text), valuesOf(english[id]), id);
        assert.notEqual(text, "", id);
      }
    });
  }
});

// Removes everything that does not come from the messages: identifiers, times, issues and errors of the server.
elementTest("every text of the elements comes from the messages", async ({ page }) => {
  const texts = await page.evaluate(
    async ({ batches, now }) => {
      const { setMessages } = await import("batchlight/elements");
      const { ja } = await import("batchlight/elements/ja");
      setMessages(
        Object.fromEntries(Object.entries(ja).map(([id, text]) => [id, id === "element.locale" ? "ja" : `«${text}»`])),
      );
      const made = batches.map((batch) =>
        Object.assign(document.createElement("batch-card"), { batch, now, timeZone: "Asia/Tokyo" }),
      );
      const list = Object.assign(document.createElement("batch-list"), { batches: [], now });
      document.querySelector("main").append(...made, list);
      await Promise.all([...made, list].map((element) => element.updateComplete));
      const bare = [];
      for (const { shadowRoot } of [...made, list]) {
        for (const element of shadowRoot.querySelectorAll("code, time, [lang=en], select, .count, .errors li, .text"))
          element.remove();
        const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) bare.push(walker.currentNode.data);
      }
      return bare
        .map((text) => {
          let left = text;
          for (let before; left !== before; ) {
            before = left;
            left = left.replaceAll(/«[^«»]*»/g, "");
          }
          return left.trim();
        })
        .filter((text) => /[a-z]{3}/.test(text));
    },
    { batches: fixtures.filter(({ batch }) => batch.status !== "paused").map(({ batch }) => batch), now },
  );
  assert.deepEqual(
    [...new Set(texts)].filter((text) => !fixtures.some(({ batch }) => batch.status === text)),
    [],
  );
});

elementTest.describe(() => {
  elementTest.use({ locale: "de-AT", lang: "de" });
  elementTest("numbers, times and messages are in the language of the pack", async ({ page }) => {
    const batch = {
      id: "b",
      status: "in_progress",
      created_at: now - 7200,
      in_progress_at: now - 7100,
      request_counts: { total: 12345, completed: 6789, failed: 10 },
    };
    const text = await page.evaluate(
      async ({ batch, now }) => {
        const { de } = await import("batchlight/elements/de");
        const card = Object.assign(document.createElement("batch-card"), {
          batch,
          now,
          messages: de,
          timeZone: "Europe/Vienna",
        });
        document.body.append(card);
        await card.updateComplete;
        return [
          card.shadowRoot.querySelector("[lang]").lang,
          card.shadowRoot.textContent,
          card.shadowRoot.querySelector("time").title,
        ];
      },
      { batch, now },
    );
    assert.equal(text[0], "de-AT");
    for (const part of [
      "Läuft",
      "6.799 von 12.345 Anfragen fertig, 10 fehlgeschlagen.",
      "vor 2 Stunden",
      "55\u00a0%",
      "noch nicht erreicht",
    ])
      assert.ok(text[1].includes(part), `${part} in ${text[1]}`);
    assert.match(text[2], /UTC|GMT/);
  });
});
