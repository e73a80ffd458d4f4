"""A sealed choice: opened by the code of its vote alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.assembly.sealing import (
    WrongCode,
    new_code,
    public_key,
    seal,
    unseal,
)

CODE = new_code()
choices = st.sampled_from(["pro", "contra", "abstained", "blank"])


@given(choices)
def test_the_code_opens_what_was_sealed(choice: str) -> None:
    sealed = seal(choice, public_key(CODE))
    assert unseal(sealed, CODE) == choice
    typed = CODE.lower().replace("-", " ")
    assert unseal(sealed, typed) == choice
    with pytest.raises(WrongCode):
        unseal(sealed, new_code())


@given(choices, choices)
def test_nothing_of_a_choice_shows(one: str, other: str) -> None:
    """The same choice never looks the same, and all are of one length."""
    first, second = (seal(choice, public_key(CODE)) for choice in (one, other))
    assert first != second
    assert len(first) == len(second)
    assert one.encode() not in first


@pytest.mark.parametrize("code", ["", "ABCD", "geen code!", "one too many"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(WrongCode):
        public_key(CODE + "A" if code == "one too many" else code)
