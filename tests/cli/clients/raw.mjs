// Raw HTTP requests over a socket.
import { connect } from "node:net";

/** The Authorization header. */
export const key = "Authorization: Bearer any\r\n";
/** The Content-Type header of a form. */
export const form = "Content-Type: multipart/form-data; boundary=x\r\n";
/** The form field `purpose`. */
export const purpose = '--x\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nuser_data\r\n';
/** The start of the form part with the file. */
export const file = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';

/** Opens a connection. */
export function raw(url) {
  const { port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  let text = "";
  const waiting = new Set();
  const look = () => {
    for (const one of waiting) if (one.until(text)) one.resolve(text);
  };
  socket.on("data", (chunk) => {
    text += chunk;
    look();
  });
  const closed = new Promise((resolve) => socket.on("close", () => resolve(text)));
  socket.on("error", () => undefined);
  return {
    socket,
    closed,
    write: (part) => new Promise((resolve) => socket.write(part, resolve)),
    /** Waits until the received text matches a pattern. */
    seen: (pattern) =>
      new Promise((resolve) => {
        waiting.add({ until: (so) => pattern.test(so), resolve });
        look();
      }),
  };
}
