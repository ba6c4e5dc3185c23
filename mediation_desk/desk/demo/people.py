"""Invented persons with names, identity numbers and telephones that nobody can have."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from mediation_desk.desk.demo.texts import table
from mediation_desk.domain.codes import Sex
from mediation_desk.domain.identity import check_digit

# No province has the code 99, and no area the telephone code 0199.
_REGION = "990230"
_PREFIX = "0199"
_RETIRED = 66
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented; where two share a surname, they were drawn as kin."""

    name: str
    surname: str
    sex: Sex
    born_on: date
    id_number: str
    phone: str
    ethnicity: str
    occupation: str


@dataclass(slots=True)
class People:
    """Draws persons so that no name, identity number or telephone comes twice."""

    rng: Random
    today: date
    _taken: set[str] = field(default_factory=set)

    def person(
        self, ages: tuple[int, int] = (28, 72), sex: Sex | None = None, surname: str = ""
    ) -> Person:
        """Somebody whose age today lies within `ages`."""
        sex = sex or self.rng.choice((Sex.MALE, Sex.MALE, Sex.FEMALE))
        surname = surname or self.rng.choice(table("people")["surnames"].split())
        age = self.rng.uniform(*ages)
        born_on = self.today - timedelta(days=round(age * _YEAR))
        minority = surname in table("people")["minority_surnames"] and self.rng.random() < 0.3
        occupation = self.rng.choice(table("people")["occupations"])
        return Person(
            name=self._new(lambda: surname + self._given(sex)),
            surname=surname,
            sex=sex,
            born_on=born_on,
            id_number=self._new(lambda: self._identity(born_on, sex)),
            phone=self.phone(),
            ethnicity="土家族" if minority else "汉族",
            occupation="务农" if age > _RETIRED else occupation,
        )

    def phone(self) -> str:
        """A telephone number in an area that does not exist."""
        return self._new(lambda: f"{_PREFIX}-{self.rng.randrange(2 * 10**6, 10**7)}")

    def _new(self, draw: Callable[[], str]) -> str:
        while (drawn := draw()) in self._taken:
            pass
        self._taken.add(drawn)
        return drawn

    def _given(self, sex: Sex) -> str:
        kind = "male" if sex is Sex.MALE else "female"
        first = self.rng.choice(table("people")[f"{kind}_first"].split())
        last = self.rng.choice(table("people")[f"{kind}_last"].split())
        return str(last if self.rng.random() < 0.12 else first + last)

    def _identity(self, born_on: date, sex: Sex) -> str:
        order = self.rng.randrange(100, 999) // 2 * 2 + (sex is Sex.MALE)
        digits = f"{_REGION}{born_on:%Y%m%d}{order:03d}"
        return digits + check_digit(digits)
