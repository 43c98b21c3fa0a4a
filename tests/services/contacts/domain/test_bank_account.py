"""Bank accounts and the checks in their numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Refused
from services.contacts.domain.bank_account import BankAccount, account_list

GERMAN: dict[str, Any] = {
    "bank_name": "Commerzbank",
    "currency": "EUR",
    "iban": "DE89370400440532013000",
    "bic": "COBADEFF",
}
RUSSIAN: dict[str, Any] = {
    "bank_name": "Сбербанк",
    "currency": "RUB",
    "bic": "044525225",
    "account": "40702810438000060473",
    "correspondent_account": "30101810400000000225",
}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"iban": "de89 3704 0044 0532 0130 00"},
        {"iban": "GB82 WEST 1234 5698 7654 32", "currency": "gbp", "bic": None},
        {"iban": None, "account": "532013000", "bic": "COBADEFFXXX"},
    ],
)
def test_an_account_is_kept_compact(more: dict[str, Any]) -> None:
    account = BankAccount.of(**{**GERMAN, **more})
    assert not any(" " in part for part in account.number if part)
    assert account.currency == account.currency.upper()


def test_a_russian_account_fits_its_bank() -> None:
    account = BankAccount.of(**{**RUSSIAN, "account": "40702 810 4 3800 0060473"})
    assert (account.account, account.bic) == ("40702810438000060473", "044525225")


@pytest.mark.parametrize(
    ("base", "more", "problems"),
    [
        (GERMAN, {"iban": "DE88370400440532013000"}, [("INVALID_IBAN", "iban")]),
        (GERMAN, {"bic": "COBA"}, [("INVALID_BIC", "bic")]),
        (GERMAN, {"iban": None}, [("REQUIRED", "account")]),
        (GERMAN, {"currency": "EURO"}, [("UNKNOWN_CURRENCY", "currency")]),
        (GERMAN, {"bank_name": " ", "bic": "1"}, [("REQUIRED", "bankName"), ("INVALID_BIC", "bic")]),
        (GERMAN, {"iban": None, "account": "№1"}, [("INVALID_ACCOUNT", "account")]),
        (RUSSIAN, {"account": "40702810838000060473"}, [("INVALID_ACCOUNT", "account")]),
        (RUSSIAN, {"account": "4070281043800006047"}, [("INVALID_ACCOUNT", "account")]),
        (RUSSIAN, {"bic": "044525226"}, [("INVALID_ACCOUNT", "account")]),
        (RUSSIAN, {"correspondent_account": "30101810500000000225"}, [("INVALID_ACCOUNT", "correspondentAccount")]),
    ],
)
def test_what_no_bank_would_give_is_refused(
    base: dict[str, Any], more: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    with pytest.raises(Refused) as refusal:
        BankAccount.of(**{**base, **more})
    assert [(p.code, *(p.field or ())) for p in refusal.value.problems] == problems


@given(st.integers(0, 19), st.integers(1, 9))
def test_any_single_wrong_digit_of_a_russian_account_is_found(place: int, by: int) -> None:
    right = str(RUSSIAN["account"])
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
    with pytest.raises(Refused, match="INVALID_ACCOUNT"):
        BankAccount.of(**{**RUSSIAN, "account": wrong})


def test_one_account_of_a_list_is_primary() -> None:
    german, russian = BankAccount.of(**GERMAN), BankAccount.of(**RUSSIAN)
    assert [account.primary for account in account_list((), [german, russian])] == [True, False]
