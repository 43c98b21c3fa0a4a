"""Makes the workbook and the list of calls that examples/import/contacts.toml reads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter

PROFILE = Path(__file__).resolve().parents[2] / "examples" / "import" / "contacts.toml"


def make_contacts_set(folder: Path, *, mark: str = "") -> None:
    """Write two companies, three people and three calls, the last with somebody who is not there; names begin with a mark."""
    folder.mkdir()
    people = [
        (1, f"{mark}Ann", "Graham", f"{mark}Acme", "Head of buying", date(1980, 2, 29), "+12125550123; +12125550124"),
        (2, f"{mark}Bob", "Jones", f"{mark}Acme", "Director", None, ""),
        (3, f"{mark}Cy", "Young", f"{mark}Bolt", "", None, ""),
    ]
    with xlsxwriter.Workbook(folder / "people.xlsx") as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        companies = book.add_worksheet("Companies")
        companies.write_column(0, 0, ["company", f"{mark}Acme", f"{mark}Bolt"])
        sheet = book.add_worksheet("People")
        sheet.write_row(0, 0, ["no", "first name", "last name", "company", "position", "born", "phones", "mail"])
        for place, (*told, born, phones) in enumerate(people, start=1):
            sheet.write_row(place, 0, told)
            if born is not None:
                sheet.write_datetime(place, 5, born, day)
            sheet.write(place, 6, phones)
            sheet.write(place, 7, f"person{place}@example.com")
    (folder / "calls.csv").write_text(
        "call,way,time,person,subject,notes,result,seconds\n"
        f"{mark}1,incoming,01.03.2017 10:00,1;2,Prices,Asked for prices,call back,60\n"
        f"{mark}2,outgoing,02.03.2017 11:30,3,Prices,,agreed,\n"
        f"{mark}3,outgoing,02.03.2017 12:00,4,Nobody,,,\n"
    )
