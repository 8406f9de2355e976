// A receiver of webhooks that keeps what comes, and answers as it is told.
import { createServer } from "node:http";

export async function startReceiver(answer = () => ({ status: 204 })) {
  const requests = [];
  const waiting = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const received = { path: request.url, headers: request.headers, body, json: JSON.parse(body) };
      const { status, headers = {} } = await answer(received);
      response.writeHead(status, headers).end();
      if (received.json.type === "endpoint.url_validation") return;
      requests.push(received);
      for (const wake of waiting.splice(0)) wake();
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const next = async () => {
    while (requests.length === 0) await new Promise((resolve) => waiting.push(resolve));
    return requests.shift();
  };
  const close = () => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}`, port: server.address().port, next, requests, close };
}

// Asks until the answer does, for ten seconds.
export async function until(ask, does) {
  for (let round = 0; ; ++round) {
    const answer = await ask();
    if (does(answer)) return answer;
    if (round === 200) throw new Error(`it never came to be: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
