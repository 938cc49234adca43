// The examples: the project's fixtures, each read with the profile of its provider.
import { describeBatch, type ProfileName, profiles } from "batchlight";
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

/** The kinds of fixtures: the label of each, and its meaning. */
export const kinds = {
  recorded: { label: "recorded", meaning: "captured from a live server" },
  reported: { label: "reported", meaning: "posted by a user" },
  docs: { label: "documented", meaning: "an example from a provider’s documentation" },
  test: { label: "test", meaning: "a value from another project’s tests" },
  synthetic: { label: "synthetic", meaning: "made up for demonstration" },
} as const;

/**
 * The seconds between the last timestamp of a running batch and the time it is shown at: the time of the capture is
 * unknown.
 */
const secondsAfterLast = 60;

/** Returns the profile that a provider's name starts with, as in `dashscope(alibaba)`, and otherwise `compatible`. */
const profileOf = (provider: string): ProfileName =>
  profiles.find(({ name }) => provider.startsWith(name))?.name ?? "compatible";

function originOf({ source, provider, kind, partial, note }: Fixture): Origin {
  return { source, provider, note, kind: partial ? `${kinds[kind].label}, partial` : kinds[kind].label };
}

function exampleOf(fixture: Fixture, index: number): Entry {
  const { batch: value } = fixture;
  const profile = profileOf(fixture.provider);
  const { timeline, createdAt } = describeBatch(value, { profile, now: 0 });
  const asOf = Math.max(createdAt ?? 0, ...timeline.map(({ at }) => at ?? 0)) + secondsAfterLast;
  return {
    key: `example-${index}`,
    value,
    profile,
    view: describeBatch(value, { profile, now: asOf }),
    asOf,
    origin: originOf(fixture),
  };
}

const lines: readonly Fixture[] = fixtures
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line));

/** All examples, the newest first; those without a creation time are last. */
export const examples: readonly Entry[] = lines
  .map(exampleOf)
  .sort((a, b) => (b.view.createdAt ?? 0) - (a.view.createdAt ?? 0));
