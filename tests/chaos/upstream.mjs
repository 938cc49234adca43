// An API that truncates responses, never finishes them, redirects and echoes the key: the board keeps working, and the
// key reaches only the API.
import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { serveLocally } from "../../scripts/local-server.mjs";
import { raw } from "../cli/clients/raw.mjs";
import { enter } from "../cli/board-client.mjs";

export const name = "hostile API";

/** Contains a slash, which some serializers write as `\/` in JSON. */
const apiKey = "sk-chaos/0123456789abcdef/never-to-be-seen";
const spellings = [apiKey, apiKey.replaceAll("/", "\\/")];

/** The number of requests per round. */
const requests = 80;
/** The number of parallel requests. */
const lanes = 6;

const batch = { id: "batch_1", object: "batch", status: "in_progress", input_file_id: "file-1" };

/** Sends raw text and closes the connection. */
const verbatim = (text) => (_, response) => void response.socket.end(text);

/** Sends a response and closes the connection before its end. */
const cut = (headers, text) => (_, response) =>
  void response.socket.end(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\n${text}`);

const json =
  (value, headers = {}) =>
  (_, response) =>
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(value);

/** Sends a text in random chunks, so that the key spans chunks. */
const inChunks = (text) => (_, response, round) => {
  response.writeHead(200, { "content-type": "application/json" });
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + round.random(60);
    response.write(text.slice(at, end));
    at = end;
  }
  response.end();
};

/** The board's response to an invalid response of the API. */
const refused = (code) => ({ status: 502, holds: `"code":"${code}"` });
const unreachable = refused("api_unreachable");
const redirects = refused("api_redirects");
const whole = { status: 200, holds: "" };
/** The response starts and is aborted. */
const broken = { breaks: true };

/**
 * The behaviours of the API, by the name in the requested id, with the expected response of the board.
 *
 * @type {Record<string, [
 *  (request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse, round: any) => void,
 *  { status?: number, holds?: string, breaks?: boolean, never?: boolean }
 * ]>}
 */
const behaviours = {
  good: [json(JSON.stringify(batch)), { status: 200, holds: '"id":"batch_1"' }],
  resets: [(_, response) => void response.socket.destroy(), unreachable],
  silent: [() => undefined, { never: true }],
  silentBody: [(_, response) => void response.writeHead(200).flushHeaders(), { never: true }],
  silentHalf: [(_, response) => void response.writeHead(200).write('{"id":'), { never: true }],
  cut: [cut("Content-Length: 1000", '{"id":'), broken],
  cutChunked: [cut("Transfer-Encoding: chunked", '20\r\n{"id":'), broken],
  cutBetweenChunks: [cut("Transfer-Encoding: chunked", '6\r\n{"id":\r\n'), broken],
  cutHeaders: [verbatim("HTTP/1.1 200 OK\r\nContent-Le"), unreachable],
  noHttp: [verbatim("no HTTP at all\r\n\r\n"), unreachable],
  badLength: [verbatim("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"), unreachable],
  twoLengths: [verbatim("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x"), unreachable],
  hugeHeader: [verbatim(`HTTP/1.1 200 OK\r\nX-Huge: ${"x".repeat(1 << 20)}\r\n\r\n{}`), unreachable],
  manyHeaders: [verbatim(`HTTP/1.1 200 OK\r\n${"X-Many: y\r\n".repeat(100_000)}\r\n{}`), unreachable],
  switches: [verbatim("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"), unreachable],
  badJson: [json('{"id": nonsense'), whole],
  html: [(_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>"), whole],
  empty: [json(""), whole],
  noContent: [(_, response) => void response.writeHead(204).end(), { status: 204, holds: "" }],
  notModified: [(_, response) => void response.writeHead(304).end(), redirects],
  badGzip: [json("not compressed", { "content-encoding": "gzip" }), broken],
  gzip: [json(gzipSync(`{"key":"${apiKey}"}`), { "content-encoding": "gzip" }), whole],
  busy: [(_, response) => void response.writeHead(429, { "retry-after": "7" }).end("{}"), { status: 429, holds: "" }],
  echo: [(request, response) => void response.writeHead(401).end(JSON.stringify(request.headers)), { status: 401 }],
  echoEscaped: [inChunks(JSON.stringify({ key: `Bearer ${apiKey}` }).replaceAll("/", "\\/")), whole],
  echoChunks: [inChunks(`{"keys":"${`${apiKey.slice(0, 9)}${apiKey}`.repeat(40)}"}`), whole],
  echoHeaders: [
    (_, response) =>
      void response
        .writeHead(200, { "x-request-id": `req ${spellings[1]}`, "retry-after": apiKey, "set-cookie": `k=${apiKey}` })
        .end("{}"),
    whole,
  ],
  // A complete response announces that the connection closes: otherwise another request may already wait on it.
  echoStatus: [verbatim(`HTTP/1.1 200 ${apiKey}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`), whole],
};

for (const status of [301, 302, 303, 307, 308])
  behaviours[`redirects${status}`] = [
    (request, response) => {
      const location = `http://127.0.0.1:${/** @type {any} */ (request.socket).elsewhere}/?key=${apiKey}`;
      response.writeHead(status, { location }).end(apiKey);
    },
    redirects,
  ];

/** @param {import("./round.mjs").Round} round */
export async function run(round) {
  const { tally } = round;
  const toldElsewhere = [];
  const elsewhere = await listen(round, (request, response) => {
    toldElsewhere.push(request.url);
    response.end();
  });
  const silent = new Map();
  const api = await listen(round, (request, response) => {
    const [, behaviour] = /batch_(\w+?)-/.exec(request.url) ?? [];
    if (request.headers.authorization !== `Bearer ${apiKey}`) tally.fail("a request to the API has no key");
    if (behaviours[behaviour][1].never) silent.get(request.url.split("/").at(-1))({ closed: once(response, "close") });
    Object.assign(request.socket, { elsewhere: elsewhere.port });
    behaviours[behaviour][0](request, response, round);
  });
  const board = await round.board({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: `${api.address}/v1` });
  const cookie = await enter(board.url);
  const ask = (path) => askBoard(round, board.url, cookie, path);

  let left = requests;
  const names = Object.keys(behaviours);
  const lane = async () => {
    while (left-- > 0) {
      const id = `batch_${round.pick(names)}-${left}`;
      const [, expected] = behaviours[/_(.*)-/.exec(id)[1]];
      const asked = new Promise((resolve) => silent.set(id, resolve));
      const { socket, closed } = ask(`v1/batches/${id}`);
      if (expected.never) {
        // When the browser disconnects, the board closes its request to the API.
        const atApi = await round.within(asked, `${id} does not reach the API`);
        socket.destroy();
        await round.within(atApi.closed, `the board still waits for ${id}`);
      }
      checkAnswer(tally, id, expected, await round.within(closed, `no response to ${id}`));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));

  // Some requests wait until the end. All others get their responses meanwhile.
  for (let one = 0; one < 10; one++) {
    const id = `batch_silent-${one}-waits`;
    const asked = new Promise((resolve) => silent.set(id, resolve));
    ask(`v1/batches/${id}`);
    await round.within(asked, `${id} does not reach the API`);
  }
  const answers = [await ask("").closed, await ask("v1/batches/batch_good-0").closed];
  tally.check(/^HTTP\/1\.1 200 .*<title>/s.test(answers[0]), "the page is not served");
  checkAnswer(tally, "the last one", behaviours.good[1], answers[1]);

  const { code, out, err } = await board.end("SIGTERM");
  tally.check(code === 143, `expected exit code 143 of the board, found ${code}: ${err}`);
  tally.check(!holdsKey(out + err), "the board printed the key");
  tally.check(toldElsewhere.length === 0, `requests to the redirect target: ${toldElsewhere.join(", ")}`);
}

const holdsKey = (text) => spellings.some((spelling) => text.includes(spelling));

/** Checks the response that a browser receives. */
function checkAnswer(tally, id, { status = 200, holds = "", breaks = false, never = false }, answer) {
  if (holdsKey(answer)) return tally.lose(`${id}: the key reached the browser`);
  if (never) return tally.acknowledge();
  const isWhole = /\r\n0\r\n\r\n$/.test(answer) || /\r\ncontent-length: |^HTTP\/1\.1 204 /i.test(answer);
  if (breaks) {
    if (isWhole && answer.startsWith("HTTP/1.1 200 ")) return tally.fail(`${id}: an aborted response looks complete`);
  } else if (!answer.startsWith(`HTTP/1.1 ${status} `) || !answer.includes(holds) || !isWhole)
    return tally.fail(`${id}: expected ${status} with ${holds}, found ${JSON.stringify(answer.slice(0, 200))}`);
  tally.acknowledge();
}

/** Sends a request as the board's page does. Returns the raw response. */
function askBoard(round, url, cookie, path) {
  const asked = raw(url);
  round.defer(() => asked.socket.destroy());
  const headers = { Host: url.host, Cookie: cookie, "Sec-Fetch-Site": "same-origin", Connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  void asked.write(`GET ${url.pathname}${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
  return asked;
}

/** Listens on this machine until the round ends. */
async function listen(round, handler) {
  const server = await serveLocally(handler);
  round.defer(server.close);
  return { port: server.port, address: server.origin };
}
