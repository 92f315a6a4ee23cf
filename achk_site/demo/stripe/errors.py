"""Refusals in Stripe's shape: https://docs.stripe.com/api/errors."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """Becomes ``{"error": {...}}`` with the given HTTP status."""

    def __init__(self, status: int, kind: str, message: str, *, code: str = "", param: str = "") -> None:
        super().__init__(message)
        self.status, self.kind, self.message, self.code, self.param = status, kind, message, code, param

    def body(self) -> dict[str, Any]:
        error = {"type": self.kind, "message": self.message, "code": self.code, "param": self.param}
        return {"error": {name: value for name, value in error.items() if value}}


def invalid(message: str, *, param: str = "", code: str = "") -> ApiError:
    return ApiError(400, "invalid_request_error", message, code=code, param=param)


def missing(kind: str, wanted: str, *, param: str = "id") -> ApiError:
    message = f"No such {kind}: '{wanted}'"
    return ApiError(404, "invalid_request_error", message, code="resource_missing", param=param)


def broken() -> ApiError:
    return ApiError(500, "api_error", "The stand-in was told to fail here.")
