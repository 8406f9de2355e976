"""A mail server for the tests: AUTH is demanded, and STARTTLS, or TLS from the first byte; each mail becomes a line of JSON.

Arguments: certificate, key, password, and starttls or tls."""
import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import AuthResult, SMTP

certificate, key, password, tls = sys.argv[1:5]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"gatehouse" and data.password == password.encode())


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        content = base64.b64encode(envelope.content).decode()
        mail = {"to": envelope.rcpt_tos, "from": envelope.mail_from, "tls": session.ssl is not None, "content": content}
        print(json.dumps(mail), flush=True)
        return "250 OK"


def protocol():
    if tls == "tls":
        return SMTP(Handler(), auth_required=True, auth_require_tls=False, authenticator=authenticate)
    return SMTP(Handler(), tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticate)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context if tls == "tls" else None)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
