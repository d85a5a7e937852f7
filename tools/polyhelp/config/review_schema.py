"""The `review` block below `polyhelp`, as it is validated."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from polyhelp.config.lists import Listed, several
from polyhelp.review.ranking import Cause


class ReviewBlock(BaseModel):
    """The keys of `review`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    order: Annotated[list[Cause], BeforeValidator(several)] = Field(
        default=list(Cause),
        description="Which reasons come first: `[payment, policy, changed number]`. What is left out comes after "
        "these, in the usual order: " + ", ".join(f"`{cause}`" for cause in Cause) + ".",
    )
    sample: float = Field(
        default=5,
        strict=True,
        ge=0,
        le=100,
        allow_inf_nan=False,
        description="How many percent of the machine's text that would not wait otherwise are looked at all the same.",
    )
    visits: str = Field(
        default="",
        description="A CSV file in the project with the columns `page` and `visits`: what more people read comes "
        "first. Machine translation that customers see already then waits only on pages that have visits, but for a "
        "sample.",
    )
    feedback: str = Field(
        default="",
        description="A CSV file in the project with the columns `article`, `locale`, `helpful` and `not_helpful`, and "
        "`until`, the last day of the votes, if you like. Pages wait that most readers did not find helpful, as far "
        "as the number of votes can tell.",
    )
    payments: Listed = Field(
        default=["payments/**"],
        description="Path patterns of pages about money: all of their text waits until a person has accepted it.",
    )
    most_words: int = Field(
        default=2000,
        gt=0,
        description="How many words one pull request may ask a person to read; above it, there are more.",
    )
    owners: str = Field(
        default=".github/REVIEWERS",
        description="The file in the project that says who may accept what. Without the file, everybody may.",
    )
