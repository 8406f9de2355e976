// A mail server beside the test: Debian's aiosmtpd, demanding AUTH and STARTTLS or TLS, with a certificate of its own.
import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

// `heard` gets each mail. Files go to the folder; `settings` is the part of the configuration that leads here.
export async function startMailServer(folder, heard, tls = "starttls") {
  const [certificate, key, password] = ["cert.pem", "key.pem", "password"].map((name) => join(folder, name));
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate], { stdio: "ignore" });
  writeFileSync(password, "sesame\n");
  const server = spawn("/usr/bin/python3", [join(here, "mail_server.py"), certificate, key, "sesame", tls], { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: server.stdout });
  const port = await new Promise((resolve) => {
    lines.once("line", (line) => {
      lines.on("line", (mail) => {
        const { content, ...envelope } = JSON.parse(mail);
        heard({ ...envelope, text: Buffer.from(content, "base64").toString("latin1") });
      });
      resolve(JSON.parse(line).port);
    });
  });
  const settings = `[mail]
server = "127.0.0.1:${port}"
tls = "${tls}"
ca_file = "${certificate}"
username = "gatehouse"
password_file = "${password}"
from = "gatehouse@example.com"
`;
  return { settings, stop: () => server.stdin.end() };
}
