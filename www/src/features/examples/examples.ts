// The examples: the project's own fixtures, each read by the ways of the provider it came from.
import { describeBatch, profiles, type ProfileName } from "batchlight";
import fixtures from "../../../../tests/fixtures/batches.jsonl?raw";
import type { Entry, Origin } from "./entry.js";

/** A line of the fixtures file. */
interface Fixture {
  readonly source: string;
  readonly provider: string;
  readonly kind: keyof typeof kinds;
  readonly partial?: boolean;
  readonly note?: string;
  readonly batch: unknown;
}

/** The kinds of fixtures: the word for each, and what it means. */
export const kinds = {
  recorded: { word: "recorded", meaning: "what a live server sent, captured" },
  reported: { word: "reported", meaning: "what a user saw and wrote down" },
  docs: { word: "documented", meaning: "an example from a provider’s documentation" },
  test: { word: "test", meaning: "a value from another project’s tests" },
  synthetic: { word: "synthetic", meaning: "made up for a demonstration" },
} as const;

/** How long after its last stamp a batch that still runs is looked at: when the capture was made is not known. */
const lookedAtAfter = 60;

/** A provider's profile: the one its name begins with, as in `dashscope(alibaba)`, or the one for all others. */
const profileOf = (provider: string): ProfileName =>
  profiles.find(({ name }) => provider.startsWith(name))?.name ?? "compatible";

function originOf({ source, provider, kind, partial, note }: Fixture): Origin {
  return { source, provider, note, kind: partial ? `${kinds[kind].word}, partial` : kinds[kind].word };
}

function example(fixture: Fixture, index: number): Entry {
  const { batch: value } = fixture;
  const profile = profileOf(fixture.provider);
  const { timeline, createdAt } = describeBatch(value, { profile, now: 0 });
  const asOf = Math.max(createdAt ?? 0, ...timeline.map(({ at }) => at ?? 0)) + lookedAtAfter;
  return {
    key: `example-${index}`,
    value,
    profile,
    view: describeBatch(value, { profile, now: asOf }),
    asOf,
    origin: originOf(fixture),
  };
}

const rows: readonly Fixture[] = fixtures
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line));

/** Every example, the newest first; those without a date last. */
export const examples: readonly Entry[] = rows
  .map(example)
  .sort((a, b) => (b.view.createdAt ?? 0) - (a.view.createdAt ?? 0));
