"""A crowd of clients that are of no use: crowd.py HOST:PORT CODES

Most hold a connection and say nothing; some send a request byte by byte, some
ask for many cards and read byte by byte. Whoever is turned away comes again.
Prints `crowd ready` when all are there, and leaves when standard input closes.
"""

import asyncio
import itertools
import resource
import socket
import sys

IDLE = 2_000
SLOW_SENDERS = 250
SLOW_READERS = 250

# Between two bytes, in seconds.
PACE = 0.5

# Codes of one request; the answers do not fit into the buffers on the way.
CODES = 250


async def connected(loop, address):
    while True:
        client = socket.socket()
        client.setblocking(False)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        try:
            await loop.sock_connect(client, address)
            return client
        except OSError:
            client.close()
            await asyncio.sleep(PACE)


async def idle(loop, client, _):
    while await loop.sock_recv(client, 1):
        pass


async def send_slowly(loop, client, _):
    head = itertools.chain(b"GET /healthz HTTP/1.1\r\nHost: crowd\r\nX: ", itertools.repeat(ord("x")))
    for byte in head:
        await loop.sock_sendall(client, bytes([byte]))
        await asyncio.sleep(PACE)


async def read_slowly(loop, client, codes):
    request = f"GET /v1/cards?codes={codes} HTTP/1.1\r\nHost: crowd\r\n\r\n"
    await loop.sock_sendall(client, request.encode())
    while await loop.sock_recv(client, 1):
        await asyncio.sleep(PACE)


async def member(address, behave, codes, arrived):
    loop = asyncio.get_running_loop()
    while True:
        with await connected(loop, address) as client:
            arrived.set()
            try:
                await behave(loop, client, codes)
            except OSError:
                pass
        # A server that turns people away is not asked in a loop.
        await asyncio.sleep(PACE)


async def main():
    host, port = sys.argv[1].rsplit(":", 1)
    with open(sys.argv[2], encoding="ascii") as file:
        codes = ",".join(line.strip() for line in itertools.islice(file, CODES))
    behaviours = [idle] * IDLE + [send_slowly] * SLOW_SENDERS + [read_slowly] * SLOW_READERS
    members = []
    for number, behave in enumerate(behaviours):
        arrived = asyncio.Event()
        members.append((asyncio.create_task(member((host, int(port)), behave, codes, arrived)), arrived))
        # Not all in one moment: a queue of new connections is not what is measured.
        if number % 100 == 99:
            await asyncio.sleep(0.02)
    for _, arrived in members:
        await arrived.wait()
    print("crowd ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    for task, _ in members:
        task.cancel()


_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
asyncio.run(main())
