"""Bank accounts, checked as far as their numbers carry a check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import stdnum.bic
import stdnum.iban
from stdnum.exceptions import ValidationError

from chassis.errors import refuse
from chassis.ids import new_id
from chassis.money import minor_digits
from services.contacts.domain.kinds import BANK_ACCOUNT
from services.contacts.domain.problems import Problems
from services.contacts.domain.text import line, optional_line

_RUSSIAN_BIC = re.compile(r"\d{9}", re.ASCII)
_RUSSIAN_ACCOUNT = re.compile(r"\d{20}", re.ASCII)
_SOME_ACCOUNT = re.compile(r"[0-9A-Z]{3,34}", re.ASCII)
_WEIGHTS = (7, 1, 3)
_WITH_THE_CENTRAL_BANK = ("000", "001", "002")
_LONGEST = 60
_MOST = 50


@dataclass(frozen=True, kw_only=True)
class BankAccount:
    """An account: by IBAN, or by the number its bank gave it; `bic` is the SWIFT code, in Russia the БИК."""

    id: UUID
    bank_name: str
    bic: str | None
    iban: str | None
    account: str | None
    correspondent_account: str | None
    currency: str
    primary: bool

    @classmethod
    def of(
        cls,
        *,
        bank_name: str,
        currency: str,
        bic: str | None = None,
        iban: str | None = None,
        account: str | None = None,
        correspondent_account: str | None = None,
        primary: bool = False,
    ) -> BankAccount:
        """Make a bank account; raise Refused with all that does not fit."""
        problems = Problems()
        made = cls(
            id=new_id(BANK_ACCOUNT), bank_name="", bic=_compact(bic), iban=_compact(iban), account=_compact(account),
            correspondent_account=_compact(correspondent_account), currency=currency.strip().upper(), primary=primary,
        )  # fmt: skip
        with problems.under():
            made = replace(made, bank_name=line(bank_name, "bankName"))
        with problems.under():
            minor_digits(made.currency)
        with problems.under():
            made._check_bic()
        with problems.under():
            made._check_numbers()
        problems.settle()
        return made

    @property
    def number(self) -> tuple[str | None, str | None]:
        """What tells an account from others: the IBAN, or the bank and its number."""
        return (None, self.iban) if self.iban else (self.bic, self.account)

    @property
    def _in_russia(self) -> bool:
        return self.bic is not None and _RUSSIAN_BIC.fullmatch(self.bic) is not None

    def _check_bic(self) -> None:
        if self.bic is None or self._in_russia:
            return
        try:
            stdnum.bic.validate(self.bic)
        except ValidationError as error:
            message = f"{self.bic!r} is neither a SWIFT code nor a Russian BIC; check it with the bank"
            raise refuse("INVALID_BIC", message, "bic") from error

    def _check_numbers(self) -> None:
        if self.iban is None and self.account is None:
            raise refuse("REQUIRED", "give an IBAN, or the account's number", "account")
        if self.iban is not None:
            try:
                stdnum.iban.validate(self.iban)
            except ValidationError as error:
                raise refuse("INVALID_IBAN", f"{self.iban!r} is no IBAN: check the digits", "iban") from error
        if self._in_russia:
            self._check_russian()
        elif self.account is not None and not _SOME_ACCOUNT.fullmatch(self.account):
            raise refuse("INVALID_ACCOUNT", "an account number has 3 to 34 digits and letters", "account")
        elif self.correspondent_account is not None and not _SOME_ACCOUNT.fullmatch(self.correspondent_account):
            raise refuse("INVALID_ACCOUNT", "an account number has 3 to 34 digits and letters", "correspondentAccount")

    def _check_russian(self) -> None:
        """Check the control keys by the rule of the Bank of Russia: weights 7, 1, 3 over the bank's digits and all 20."""
        bic = self.bic or ""
        at_central_bank = "0" + bic[4:6]
        own = at_central_bank if bic[-3:] in _WITH_THE_CENTRAL_BANK else bic[-3:]
        for field, number, bank in (
            ("account", self.account, own),
            ("correspondentAccount", self.correspondent_account, at_central_bank),
        ):
            if number is None:
                continue
            if not _RUSSIAN_ACCOUNT.fullmatch(number):
                raise refuse("INVALID_ACCOUNT", "an account in Russia has 20 digits", field)
            if _control_sum(bank + number) % 10:
                message = f"{number} is no account at the bank {bic}: its control key does not fit; check both numbers"
                raise refuse("INVALID_ACCOUNT", message, field)


def account_list(known: Sequence[BankAccount], given: Iterable[BankAccount]) -> tuple[BankAccount, ...]:
    """Make the list of one legal entity: each once, known ones under their ids, one primary; raise Refused."""
    ids = {account.number: account.id for account in known}
    accounts = [replace(account, id=ids.get(account.number, account.id)) for account in given]
    if len(accounts) > _MOST:
        raise refuse("TOO_MANY", f"at most {_MOST} bank accounts fit here; these are {len(accounts)}", "bankAccounts")
    if len({account.number for account in accounts}) < len(accounts):
        raise refuse("INVALID_ACCOUNT", "an account was given twice; leave one out", "bankAccounts")
    if sum(account.primary for account in accounts) > 1:
        raise refuse("SEVERAL_PRIMARY", "only one account can be primary; mark the one that is", "bankAccounts")
    if accounts and not any(account.primary for account in accounts):
        accounts[0] = replace(accounts[0], primary=True)
    return tuple(accounts)


def _control_sum(digits: str) -> int:
    return sum(int(digit) * _WEIGHTS[place % 3] for place, digit in enumerate(digits))


def _compact(number: str | None) -> str | None:
    given = optional_line(number, longest=_LONGEST)
    return re.sub(r"[\s.-]", "", given).upper() if given else None
