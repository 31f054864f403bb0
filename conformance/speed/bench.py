"""Measures CPython's socket module; the lines are those of protocol.go."""

import gc
import json
import os
import socket
import sys
import threading
import time

PIECE = 64 << 10
LAST = b"\xff"


class Echo:
    def __init__(self, network):
        self.server, self.client, self.address = None, None, network == "udp"
        if network == "unix":
            self.client, self.server = socket.socketpair()
        elif network == "udp":
            self.server = socket.socket(type=socket.SOCK_DGRAM)
            self.server.bind(("127.0.0.1", 0))
            self.client = socket.socket(type=socket.SOCK_DGRAM)
            self.client.connect(self.server.getsockname())
        else:
            self.client, self.server = tcp_pair()
        self.thread = threading.Thread(target=self.serve_datagrams if self.address else self.serve)
        self.thread.start()

    def serve(self):
        receive, send = self.server.recv, self.server.sendall
        while True:
            data = receive(1)
            if not data or data == LAST:
                return
            send(data)

    def serve_datagrams(self):
        receive, send = self.server.recvfrom, self.server.sendto
        while True:
            data, peer = receive(1)
            if data == LAST:
                return
            send(data, peer)

    def run(self, n):
        receive, send = self.client.recv, self.client.sendall
        for _ in range(n):
            send(b"x")
            receive(1)

    def close(self):
        self.client.sendall(LAST)
        self.thread.join()
        self.client.close()
        self.server.close()


class Bulk:
    def __init__(self):
        self.sender, self.receiver = tcp_pair()
        self.data, self.buffer = bytes(PIECE), bytearray(PIECE)

    def send(self, n):
        send, data = self.sender.sendall, self.data
        for _ in range(n):
            send(data)

    def run(self, n):
        thread = threading.Thread(target=self.send, args=(n,))
        thread.start()
        receive, buffer, left = self.receiver.recv_into, self.buffer, n * PIECE
        while left > 0:
            got = receive(buffer)
            if not got:
                raise EOFError("the sender has ended")
            left -= got
        thread.join()

    def close(self):
        self.sender.close()
        self.receiver.close()


class Connect:
    def __init__(self):
        self.listener = listening()

    def run(self, n):
        listener, address = self.listener, self.listener.getsockname()
        for _ in range(n):
            client = socket.socket()
            client.connect(address)
            server, _ = listener.accept()
            client.close()
            server.close()

    def close(self):
        self.listener.close()


class Lookup:
    def __init__(self, host):
        self.host = host

    def run(self, n):
        for _ in range(n):
            socket.getaddrinfo(self.host, 80, type=socket.SOCK_STREAM)

    def close(self):
        pass


class Memory:
    def __init__(self):
        self.pairs, self.threads = [], []

    def measure(self, n):
        before = resident()
        for _ in range(n):
            pair = socket.socketpair()
            thread = threading.Thread(target=pair[1].recv, args=(1,))
            self.pairs.append(pair)
            self.threads.append(thread)
            thread.start()
        time.sleep(0.3)
        return (resident() - before) // n

    def close(self):
        for client, _ in self.pairs:
            client.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join()
        for pair in self.pairs:
            for end in pair:
                end.close()


def listening():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    return listener


def tcp_pair():
    with listening() as listener:
        client = socket.socket()
        client.connect(listener.getsockname())
        server = listener.accept()[0]
        for end in client, server:
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return client, server


def resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def ready(scenario, host):
    if scenario.endswith("_echo"):
        return Echo(scenario[: -len("_echo")])
    return {
        "tcp_bulk": Bulk,
        "connect": Connect,
        "getaddrinfo_literal": lambda: Lookup("127.0.0.1"),
        "getaddrinfo_hosts": lambda: Lookup(host),
        "memory": Memory,
    }[scenario]()


def answer(request, state):
    op = request["op"]
    if op == "open":
        state["workload"] = ready(request["scenario"], request.get("host"))
    elif op == "close":
        state.pop("workload").close()
    elif op == "run":
        workload = state["workload"]
        if hasattr(workload, "measure"):
            return workload.measure(request["n"])
        started = time.perf_counter_ns()
        workload.run(request["n"])
        return time.perf_counter_ns() - started
    return 0


def main():
    state = {}
    for line in sys.stdin:
        try:
            reply = {"value": answer(json.loads(line), state)}
        except Exception as error:
            reply = {"value": 0, "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


main()
