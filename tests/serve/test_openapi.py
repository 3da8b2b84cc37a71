"""The OpenAPI document says what the server does, and the server keeps to it."""

from __future__ import annotations

import re

import httpx
import pytest

from kg.serve.api import ENDPOINTS, openapi
from kg.serve.app import Settings, create_app
from tests.serve.conftest import Running


def test_document_and_routes_are_one(server: Running) -> None:
    document = httpx.get(server.url + "/api/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    described = {(path, method.upper()) for path, operations in document["paths"].items() for method in operations}
    inner = server.app._app.routes
    served = {
        (route.path, method) for route in inner if route.path.startswith("/api/") for method in route.methods - {"HEAD"}
    }
    assert described == served - {("/api/openapi.json", "GET")} == {(e.path, e.method) for e in ENDPOINTS}


def test_every_operation_is_described_whole() -> None:
    document = openapi("1")
    schemas = set(document["components"]["schemas"])
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations) == len(ENDPOINTS)
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"] and {"200", "400"} <= set(operation["responses"])
            assert {p["name"] for p in operation["parameters"] if p["in"] == "path"} == set(
                re.findall(r"\{(\w+)\}", path)
            )
    assert set(re.findall(r"#/components/schemas/(\w+)", str(document))) <= schemas


def test_the_docs_name_every_operation() -> None:
    from tests.serve.protocol_cases import ROOT

    page = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    assert [e.path for e in ENDPOINTS if f"`{e.path}`" not in page] == []


def test_the_server_keeps_to_its_document(server: Running) -> None:
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed: the API is not fuzzed")
    from hypothesis import HealthCheck, Phase, given, settings

    schema = schemathesis.openapi.from_url(server.url + "/api/openapi.json")
    checks = [schemathesis.checks.not_a_server_error, *_checks(schemathesis)]
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=12, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        def fuzz(case: object) -> None:
            nonlocal tried
            tried += 1
            case.call_and_validate(checks=checks, timeout=30)  # type: ignore[attr-defined]

        fuzz()
    assert tried > 100


def _checks(schemathesis: object) -> list[object]:
    from schemathesis.specs.openapi import checks

    return [checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance]


def test_an_application_can_be_made_twice(server: Running) -> None:
    from kg.serve.guard import Access

    assert create_app(Settings(server.graph, Access(frozenset({"x"})))) is not server.app
