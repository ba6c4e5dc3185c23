"""Every figure has an id of its own and is defined in words; every table names its figures."""

from mediation_desk.figures.figure import BY_CALIBRE, OF_CASES, Measure
from mediation_desk.figures.registry import ALL, FIGURES
from mediation_desk.figures.tables import TABLES


def test_no_two_figures_share_an_id():
    assert len(FIGURES) == len(ALL)


def test_every_figure_is_defined_in_words_and_dated():
    for figure in ALL:
        assert figure.label, figure.id
        assert figure.unit, figure.id
        assert figure.definition.endswith("。"), figure.id
        assert figure.dated, figure.id
        assert (figure.dated == BY_CALIBRE) == (figure.measure in {*OF_CASES, Measure.RATE})


def test_a_rate_names_its_denominator():
    rates = [figure for figure in ALL if figure.measure is Measure.RATE]
    assert rates
    for rate in rates:
        assert FIGURES[rate.whole].label in rate.label, rate.id
        assert rate.definition.startswith(f"{FIGURES[rate.part].label}÷{FIGURES[rate.whole].label}")


def test_every_table_has_a_title_of_its_own_and_figures_of_the_registry():
    assert len({layout.title for layout in TABLES.values()}) == len(TABLES)
    for layout in TABLES.values():
        assert layout.figures, layout.id
        assert all(FIGURES[figure.id] == figure for figure in layout.figures), layout.id
