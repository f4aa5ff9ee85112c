"""An SMTP server for tests: aiosmtpd, misbehaving as the addressee's name tells it to.

Prints its port, then keeps what it takes in FOLDER, a file a mail: 0001.eml, 0002.eml, …

  busy@…   451 to the first try, then taken        gone@…   550 5.1.1, with the address in its words
  spam@…   554 after the mail itself                slow@…   no answer until the server ends
  lost@…   takes the mail, and closes without saying so the first time
  leaves@… 421, and closes
With a third argument, the sender is refused: 553.
"""

import asyncio
import pathlib
import sys

from aiosmtpd.smtp import SMTP

folder = pathlib.Path(sys.argv[1])
refuses_sender = len(sys.argv) > 2
tried = set()
taken = 0


def first_time(address):
    new = address not in tried
    tried.add(address)
    return new


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if refuses_sender:
            return "553 5.7.1 not a sender here"
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "busy" and first_time(address):
            return "451 4.3.0 later"
        if name == "gone":
            return f"550 5.1.1 <{address}>: no such user"
        if name == "leaves":
            return "421 4.3.2 closing"
        if name == "slow":
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        global taken
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "spam":
            return "554 5.7.1 no"
        taken += 1
        (folder / f"{taken:04}.eml").write_bytes(envelope.original_content)
        if name == "lost" and first_time(envelope.rcpt_tos[0]):
            server.transport.abort()
        return "250 2.0.0 taken"


async def main():
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(Handler()), "127.0.0.1", 0)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)  # until the test has gone


asyncio.run(main())
