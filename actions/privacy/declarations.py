"""Every model says what it holds about people; this finds those that do not."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from actions import registry
from actions.privacy.fields import EncryptedField
from actions.privacy.models import PersonalModel
from actions.privacy.querysets import PersonalQuerySet
from actions.privacy.retention import blank_values

_TEXT_LIKE = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.GenericIPAddressField,
    models.BinaryField,
    models.FileField,
)


def undeclared(wanted: Iterable[type[models.Model]]) -> list[str]:
    """Return one sentence for each thing that a model fails to say about the personal data it holds."""
    return [f"{model._meta.label}: {problem}" for model in wanted for problem in _problems(model)]


def _problems(model: type[models.Model]) -> list[str]:
    if issubclass(model, PersonalModel):
        return [*_wrong_rules(model), *_unruled_fields(model), *_undeclared_columns(model), *_unregistered(model)]
    if _encrypted(model):
        return ["has encrypted fields and must be a PersonalModel."]
    reason = getattr(model, "holds_no_personal_data", "")
    if not isinstance(reason, str) or not reason.strip():
        return ["must be a PersonalModel or say in holds_no_personal_data why it holds none."]
    return []


def _encrypted(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedField)}


def _wrong_rules(model: type[PersonalModel]) -> list[str]:
    problems = [] if model.retention else ["declares no retention."]
    for rule in model.retention:
        try:
            blank_values(model, rule.columns)
        except (FieldDoesNotExist, ValueError) as error:
            problems.append(f"retention rule '{rule.name}': {error}")
    return problems


def _unruled_fields(model: type[PersonalModel]) -> list[str]:
    ruled = {column for rule in model.retention for column in rule.columns}
    return [f"'{name}' is in no retention rule." for name in sorted(_encrypted(model) - ruled)]


def _undeclared_columns(model: type[PersonalModel]) -> list[str]:
    plain = {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, _TEXT_LIKE) and not isinstance(field, EncryptedField)
    }
    declared = {name for name, reason in model.plain_columns.items() if reason.strip()}
    return [
        *(f"plain column '{name}' is not in plain_columns with a reason." for name in sorted(plain - declared)),
        *(
            f"plain_columns names '{name}', which is no plain column."
            for name in sorted(set(model.plain_columns) - plain)
        ),
    ]


def _unregistered(model: type[PersonalModel]) -> list[str]:
    problems = []
    if not any(source.model is model for source in registry.sources()):
        problems.append("has no registered PersonalDataSource.")
    if not isinstance(model._default_manager.all(), PersonalQuerySet):
        problems.append("its manager is not built on PersonalQuerySet.")
    if getattr(model, "holds_no_personal_data", ""):
        problems.append("is a PersonalModel and says that it holds no personal data.")
    return problems
