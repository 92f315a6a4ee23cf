"""A name server on this machine that knows what it is told: ``records[name, type]`` are texts as in a zone file."""

from __future__ import annotations

import socketserver
import threading
from dataclasses import dataclass, field

import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset


@dataclass
class DnsStub:
    records: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    is_silent: bool = False

    def __enter__(self) -> DnsStub:
        stub = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                if not stub.is_silent:
                    raw, answering = self.request
                    answering.sendto(stub.answer(raw), self.client_address)

        self._server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, raw: bytes) -> bytes:
        query = dns.message.from_wire(raw)
        [question] = query.question
        name, kind = question.name.to_text().rstrip("."), dns.rdatatype.to_text(question.rdtype)
        response = dns.message.make_response(query)
        texts = self.records.get((name, kind), [])
        if texts:
            response.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *texts))
        elif not any(known == name for known, _kind in self.records):
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response.to_wire()

    def resolver(self) -> dns.resolver.Resolver:
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], self._server.server_address[1]
        return resolver
