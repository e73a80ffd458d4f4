"""A half-year as a field takes it: from people, and from the database."""

import pytest
from django.core.exceptions import ValidationError

from nvsi.fields import HalfYearField
from nvsi.halfyear import HalfYear


@pytest.mark.parametrize("value", ["2026-H1", " 2026-h1 ", "20261", 20261])
def test_a_halfyear_is_read_as_it_is_written_or_kept(value: str | int) -> None:
    assert HalfYearField().to_python(value) == HalfYear(2026, 1)


@pytest.mark.parametrize("value", ["2027", "20263", "2026-H3", "", "H1", 2027, "²"])
def test_what_is_no_halfyear_is_refused_in_dutch(value: str | int) -> None:
    with pytest.raises(ValidationError, match=f"'{value}' is geen halfjaar. Schrijf"):
        HalfYearField().to_python(value)
