// Clients that send partial requests, send byte by byte, or read nothing: other clients are served, and the mock stops
// on request.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { upload } from "../cli/clients/requests.mjs";
import { file, form, key, purpose, raw } from "../cli/clients/raw.mjs";
import { workAsClient } from "./clients.mjs";
import { Ledger } from "./ledger.mjs";

export const name = "slow clients";

/** The number of parallel slow clients. */
const slowClients = 30;

/** @param {import("./round.mjs").Round} round */
export async function run(round) {
  const { tally } = round;
  const data = round.folder();
  const ledger = new Ledger(tally);
  const first = await round.mock("--speed", "3600", "--data", data);
  const large = "x".repeat(8 << 20);
  const { body } = await upload(first.url, large);
  ledger.uploaded(body, large);

  const slow = Array.from({ length: slowClients }, () => raw(first.url));
  for (const client of slow) {
    round.defer(() => client.socket.destroy());
    await round.pick(partialRequests)(client, round, body.id);
  }
  const dripping = uploadByteByByte(first.url, ledger, round);
  const more = (done) => done < 15;
  await Promise.all([dripping, ...[1, 2, 3].map(() => workAsClient({ url: first.url, ledger, round, more }))]);
  await ledger.check(first.url);

  const { code, signal, err } = await first.end("SIGTERM");
  tally.check(code === 0, `expected exit code 0, found ${signal ?? code}: ${err}`);
  for (const { socket } of slow) socket.resume();
  await round.within(Promise.all(slow.map(({ closed }) => closed)), "a connection is still open after the mock ended");
  const second = await round.mock("--speed", "3600", "--data", data);
  await ledger.check(second.url);
  const left = ["content", "file", "batch", "state"].flatMap((kind) => readdirSync(join(data, kind)));
  tally.check(!left.some((entry) => entry.endsWith(".tmp")), `slow clients left files: ${left.join(", ")}`);
  await second.end();
}

const head = (line, ...headers) => `${line} HTTP/1.1\r\nHost: x\r\n${headers.join("")}\r\n`;
const length = (bytes) => `Content-Length: ${bytes}\r\n`;
const chunked = "Transfer-Encoding: chunked\r\n";
const part = (text) => `${text.length.toString(16)}\r\n${text}\r\n`;

/** The beginnings of requests, one for each slow client. Nothing follows. */
const partialRequests = [
  () => undefined,
  ({ write }) => write("POST /v1/fi"),
  ({ write }) => write(`POST /v1/files HTTP/1.1\r\nHost: x\r\n${key}X-Half: `),
  ({ write }) => write(head("POST /v1/files", key, form, length(100_000))),
  ({ write }) => write(head("POST /v1/files", key, form, length(100_000)) + file + "x".repeat(5000)),
  ({ write }) => write(head("POST /v1/files", key, form, chunked) + part(file)),
  ({ write }) => write(`${head("POST /v1/files", key, form, chunked)}${part(file)}ffff\r\nhalf of a chunk`),
  ({ write }) => write(head("POST /v1/files", key, form, length(1000), "Expect: 100-continue\r\n")),
  ({ write }) => write(head("POST /v1/files", form, length(1000))),
  ({ write }) => write(`${head("POST /v1/batches", key, "Content-Type: application/json\r\n", length(200))}{"input_fi`),
  ({ write }) => write(`${head("POST /v1/batches", key, "Content-Type: text/plain\r\n", length(200))}no JSON`),
  // Sends many requests and reads no response.
  ({ socket, write }) => {
    socket.pause();
    return write(head("GET /v1/files", key).repeat(50));
  },
  ({ socket, write }, _, id) => {
    socket.pause();
    return write(head(`GET /v1/files/${id}/content`, key));
  },
  // Disconnects in the middle of a request.
  async ({ socket, write }, round) => {
    await write(head("POST /v1/files", key, form, length(5000)) + file + "x".repeat(round.random(4000)));
    if (round.random(2)) socket.destroy();
    else socket.resetAndDestroy();
  },
  // Closes the sending side only.
  async ({ socket, write }) => {
    await write(head("POST /v1/files", key, form, length(5000)) + file);
    socket.end();
  },
];

/** Uploads a small file byte by byte and checks that it is accepted. */
async function uploadByteByByte(url, ledger, round) {
  const { write, seen, closed, socket } = raw(url);
  round.defer(() => socket.destroy());
  const text = "y".repeat(1 + round.random(200));
  const body = `${file}${text}\r\n${purpose}--x--\r\n`;
  for (const byte of head("POST /v1/files", key, form, length(body.length)) + body) await write(byte);
  const answer = await round.within(Promise.race([seen(/\r\n0\r\n\r\n$/), closed]), "a byte-by-byte upload");
  const [, status, json] = /^HTTP\/1\.1 (\d+) .*?(\{.*\})/s.exec(answer) ?? [];
  if (status !== "200") return round.tally.fail(`expected status 200 for a byte-by-byte upload, found ${answer}`);
  ledger.uploaded(JSON.parse(json), text);
  socket.destroy();
}
