// A round of a scenario: what it may use, and what is cleaned up after it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { random } from "../../scripts/random.mjs";
import { launchBoard, launchMock } from "../cli/program.mjs";

/** A server that does nothing for so long is stuck, in milliseconds. Nothing else depends on this. */
const patience = 60_000;

/** A round with its own random numbers, which a seed decides. */
export class Round {
  #cleanups = [];

  /**
   * @param {import("./tally.mjs").Tally} tally
   * @param {number} seed
   */
  constructor(tally, seed) {
    this.tally = tally;
    /** A whole number below a bound. */
    this.random = random(seed);
  }

  /** One of a list. */
  pick = (list) => list[this.random(list.length)];

  /** Does some work when the round has ended. */
  defer(work) {
    this.#cleanups.push(work);
  }

  /** An empty folder that is there until the round ends. */
  folder() {
    const path = mkdtempSync(join(tmpdir(), "batchlight-chaos-"));
    this.defer(() => rmSync(path, { recursive: true, force: true }));
    return path;
  }

  /** Waits for something; rejects when it does not come. */
  within = async (promise, what) => {
    const gone = new AbortController();
    const late = wait(patience, undefined, { signal: gone.signal }).then(
      () => Promise.reject(new Error(`stuck: ${what}`)),
      () => undefined,
    );
    try {
      return await Promise.race([promise, late]);
    } finally {
      gone.abort();
    }
  };

  #server(launched) {
    const { child, ended } = launched;
    this.defer(async () => {
      child.kill("SIGKILL");
      await ended;
    });
    /** Ends the server by a signal, and gives what it has printed. */
    const end = (/** @type {NodeJS.Signals} */ signal = "SIGTERM") => {
      child.kill(signal);
      return this.within(ended, `the server does not end at ${signal}`);
    };
    return { ...launched, end };
  }

  /** Starts a mock, which may refuse; `url` rejects then. */
  startMock(...args) {
    const server = this.#server(launchMock(args, { cwd: tmpdir() }));
    const url = this.within(server.url, "the mock does not start");
    url.catch(() => undefined);
    return { ...server, url };
  }

  /** Starts a mock, and waits for its address. */
  async mock(...args) {
    const server = this.startMock(...args);
    return { ...server, url: await server.url };
  }

  /** Starts a board on an API, and waits until it is served. */
  async board(env) {
    const server = this.#server(launchBoard(env));
    await this.within(server.ready, "the board does not start");
    return { ...server, url: await server.link(0) };
  }

  /** Cleans up: ends what was started, the last first. */
  async end() {
    for (const work of this.#cleanups.reverse()) await work();
  }
}

/**
 * Something that is done again and again, with other random numbers each time.
 *
 * @typedef {object} Scenario
 * @property {string} name
 * @property {() => string | false} [skip] why it cannot be run here
 * @property {(round: Round) => Promise<void>} round
 */

/**
 * Runs rounds of a scenario as long as there are to be more, and at least one. A round that fails ends only itself.
 *
 * @param {Scenario} scenario
 * @param {import("./tally.mjs").Tally} tally
 * @param {{ seed: number, more: (rounds: number) => boolean }} options
 */
export async function runRounds(scenario, tally, { seed, more }) {
  const seeds = random(seed);
  do {
    tally.rounds += 1;
    const round = new Round(tally, seeds(2 ** 32));
    try {
      await scenario.round(round);
    } catch (error) {
      tally.fail(error instanceof Error ? `${error.message}${placeOf(error)}` : String(error));
    }
    await round.end();
  } while (more(tally.rounds));
}

/** Where in these files an error was thrown. */
function placeOf({ stack = "" }) {
  const [place] = /[\w-]+\.mjs:\d+/.exec(stack) ?? [];
  return place ? ` (${place})` : "";
}
