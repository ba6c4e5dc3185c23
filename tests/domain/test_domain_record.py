"""Identities: never twice, and those of one sitting together."""

from mediation_desk.domain.record import new_id


def test_identities_are_given_once_and_in_order() -> None:
    given = [new_id() for _ in range(5_000)]
    assert len(set(given)) == len(given)
    assert given == sorted(given)
    assert {len(entry) for entry in given} == {32}
    assert all(int(entry, 16) >= 0 for entry in given)


def test_two_programs_that_began_alike_give_no_identity_twice() -> None:
    ends = {new_id()[20:] for _ in range(5_000)}
    assert len(ends) == 5_000
