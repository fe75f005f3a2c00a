"""A table's cells know their columns, so that a phone can show rows as cards."""

from tospann.ui.labelled import labelled

COLUMNS = ["Line", ("Amount & VAT", "money"), ""]


def test_every_cell_but_the_first_has_the_name_of_its_column():
    made = labelled("<tr><td>1</td>\n<td class='is-money'>5 kr</td><td>x</td></tr>", COLUMNS)
    assert made == (
        "<tr><td><div>1</div></td>\n<td class='is-money' data-label=\"Amount &amp; VAT\">"
        "<div>5 kr</div></td><td><div>x</div></td></tr>"
    )


def test_a_cell_across_two_columns_takes_the_place_of_both():
    made = labelled('<tr><th colspan="2">Total</th><td>9</td></tr>', ["A", "B", "C"])
    assert '<td data-label="C"><div>9</div></td>' in made


def test_nothing_is_told_of_an_empty_cell_and_a_label_that_is_there_stays():
    made = labelled('<tr><th>1</th><td data-label="Own">2</td><td> </td></tr>', ["A", "B", "C"])
    assert 'data-label="Own"' in made
    assert made.count("data-label") == 1
    assert '<td data-blank="yes"></td>' in made
