"""The processes that ship with the system: one of each control mode."""

from __future__ import annotations

from dataclasses import dataclass

from services.deals.domain.definition import Definition
from services.deals.domain.guards import GuardUse
from services.deals.domain.process import ControlMode, Stage, WonBy


@dataclass(frozen=True, kw_only=True)
class ShippedProcess(Definition):
    """A version that comes with the system."""

    version: int


def _stages(*rows: tuple[str, str, str, float, tuple[str, ...]]) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            key=key,
            name=name,
            russian_name=russian,
            rank=rank,
            probability=probability,
            guards=tuple(GuardUse.of(guard) for guard in guards),
        )
        for rank, (key, name, russian, probability, guards) in enumerate(rows, start=1)
    )


def _typical_sale(version: int, **guards: tuple[str, ...]) -> ShippedProcess:
    """Make a version of the typical sale: its stages stay, the guards on entering them are those of the version."""
    rows = (
        ("first_contact", "First contact", "Первичный контакт", 0.05),
        ("qualification", "Qualification", "Квалификация", 0.15),
        ("proposal", "Proposal", "Формирование предложения", 0.3),
        ("presentation", "Presentation", "Презентация", 0.45),
        ("agreement", "Agreement on terms", "Согласование условий", 0.6),
        ("preparation", "Preparation for fulfilment", "Подготовка к выполнению", 0.8),
        ("fulfilment", "Fulfilment of obligations", "Выполнение обязательств", 0.95),
    )
    return ShippedProcess(
        key="typical_sale",
        name="Typical sale",
        russian_name="Типовая продажа",
        version=version,
        control=ControlMode.CONTROLLED,
        won_by=WonBy.SHIPMENT,
        stages=_stages(*((key, name, russian, chance, guards.get(key, ())) for key, name, russian, chance in rows)),
    )


TYPICAL_SALE_1 = _typical_sale(1, qualification=("partner_known",), proposal=("client_classified",))
"""The first version, which knew neither proposals nor orders; deals that began in it keep it."""

TYPICAL_SALE = _typical_sale(
    2,
    qualification=("partner_known",),
    proposal=("client_classified",),
    presentation=("proposal_sent",),
    preparation=("proposal_accepted",),
    fulfilment=("order_confirmed",),
)

MANUAL_SALE = ShippedProcess(
    key="manual_sale",
    name="Sale by hand",
    russian_name="Продажа с ручным переходом по этапам",
    version=1,
    control=ControlMode.MANUAL,
    won_by=WonBy.COMMAND,
    stages=_stages(
        ("first_contact", "First contact", "Первичный контакт", 0.1, ()),
        ("qualification", "Qualification", "Квалификация", 0.25, ()),
        ("proposal", "Proposal", "Формирование предложения", 0.45, ()),
        ("negotiation", "Negotiation", "Переговоры", 0.65, ()),
        ("fulfilment", "Fulfilment of obligations", "Выполнение обязательств", 0.9, ()),
    ),
)

FREE_DEAL = ShippedProcess(
    key="free_deal",
    name="Deal without stages",
    russian_name="Непроцессная сделка",
    version=1,
    control=ControlMode.UNMANAGED,
    won_by=WonBy.COMMAND,
)

SHIPPED = (TYPICAL_SALE_1, TYPICAL_SALE, MANUAL_SALE, FREE_DEAL)
"""In the order in which they are shown; of a process with several versions the newest is."""
