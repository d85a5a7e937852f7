"""Mistakes of mkdocs.yml, in words: each with its key path and line and, where it helps, the likely intention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from polyhelp.config.spot import Spot, plain
from polyhelp.model import Locale
from polyhelp.text.similarity import closest

_Model = TypeVar("_Model", bound=BaseModel)
_SHORT = {"missing": "is missing", "too_short": "is empty"}  # by pydantic's types of mistakes


class Mistakes:
    """Collects mistakes, so that all of them are told at once."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def add(self, spot: Spot, text: str) -> None:
        """Note what is wrong at a spot."""
        self.texts.append(f"{spot.path}{f' (line {spot.line})' if spot.line else ''}: {text}")

    def add_invalid(self, spot: Spot, error: ValidationError, model: type[BaseModel] | None = None) -> None:
        """Note what pydantic finds wrong below a spot; ``model`` knows the keys that there are."""
        for mistake in error.errors():
            self.add(_place(spot, mistake), _explain(mistake, model))

    def validated(self, model: type[_Model], spot: Spot) -> _Model | None:
        """What stands at a spot, as a model; None when it has mistakes."""
        data = {} if spot.value is None else spot.value
        if not isinstance(data, Mapping):
            self.add(spot, f"must be a mapping of settings, not {shown(data)}")
            return None
        try:
            return model.model_validate(plain(data))
        except ValidationError as error:
            self.add_invalid(spot, error, model)
            return None

    def check_tag(self, spot: Spot, tag: Any, targets: Sequence[Locale]) -> None:
        """A tag that no locale has or descends from has no effect: a slip of the pen."""
        known = {locale.tag for target in targets for locale in target.lineage}
        if tag not in known:
            self.add(spot, unknown(f"locale '{tag}'", str(tag), sorted(known)))


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """That ``word`` is none of the known ones, with the nearest of them."""
    near = closest(word, known)
    return f"unknown {what}; " + (f"did you mean '{near}'?" if near else f"known are: {', '.join(known)}")


def shown(value: Any) -> str:
    """A value as messages show it: as the user wrote it, and short."""
    text = repr(plain(value))
    return text if len(text) < 60 else f"{text[:57]}..."


def _place(spot: Spot, mistake: Any) -> Spot:
    """Where a mistake is: a value that was given in short form has no keys below it."""
    for key in mistake["loc"]:
        below = spot.value
        there = key in below if isinstance(below, Mapping) else isinstance(below, list) and isinstance(key, int)
        if there or (mistake["type"] == "missing" and isinstance(key, str)):
            spot = spot.at(key)
    return spot


def _explain(mistake: Any, model: type[BaseModel] | None) -> str:
    kind, value = mistake["type"], mistake.get("input")
    if kind == "extra_forbidden" and model is not None:
        *above, key = mistake["loc"]
        return unknown("key", str(key), tuple(_below(model, above).model_fields))
    if kind in _SHORT:
        return _SHORT[kind]
    if kind == "value_error":
        return str(mistake["ctx"]["error"])
    if kind == "model_type":
        return f"must be a mapping of settings, not {shown(value)}"
    if kind in {"enum", "literal_error"}:
        expected = str(mistake["ctx"]["expected"])
        near = closest(str(value), [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")])
        return f"{shown(value)} must be {expected}" + (f"; did you mean '{near}'?" if near else "")
    message = str(mistake["msg"])
    return f"{message[0].lower()}{message[1:]}, not {shown(value)}"


def _below(model: type[BaseModel], keys: Sequence[str | int]) -> type[BaseModel]:
    """The model at ``keys`` below another one."""
    here: Any = model
    for key in keys:
        above = _model(here)
        if above is not None:
            field = above.model_fields.get(str(key))
            here = field.annotation if field else above
        else:  # an item of a list, or a value of a mapping
            here = get_args(_container(here))[-1]
    return _model(here) or model


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model among the alternatives of an annotation."""
    for one in _alternatives(annotation):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
    return None


def _container(annotation: Any) -> Any:
    return next(one for one in _alternatives(annotation) if get_origin(one) in {list, dict})


def _alternatives(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, UnionType}:
        for one in get_args(annotation):
            yield from _alternatives(one)
    else:
        yield annotation
