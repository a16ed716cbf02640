"""What stands on each kind of paper: composes it with `papers` and says what is true of it."""

from collections.abc import Callable
from datetime import timedelta

from documents.synthesis.papers import Paper, facts, foot, national_iban, period, recipient, start, sums, table
from documents.synthesis.vocabulary import Writer

_TAX = 0.2


def invoice(writer: Writer, layout: str) -> Paper:
    """Lines, tax and total."""
    issuer, chance, day = writer.company(), writer.chance, writer.day()
    paper = start(writer, layout, issuer, writer.one("invoice", "title"))
    number = writer.number(chance.choice(("INV-#####", "2026/####", "######", "RE-2026-####", "@@#####", "F########")))
    rows = [(writer.one("invoice", "invoice_number"), number), (writer.one("invoice", "issue_date"), writer.date(day))]
    if chance.random() < 0.6:
        rows.append((writer.one("invoice", "due_date"), writer.date(day + timedelta(days=30))))
    facts(paper, rows)
    recipient(paper, writer.one("invoice", "recipient"), writer.company())
    net = _lines(paper)
    total = round(net * (1 + _TAX), 2)
    sums(paper, [
        (writer.one("invoice", "subtotal"), writer.money(net)),
        (writer.one("invoice", "tax"), writer.money(round(total - net, 2))),
        (writer.one("invoice", "total"), paper.amount(total)),
    ])  # fmt: skip
    foot(paper, writer.one("invoice", "footer"))
    paper.fields = {
        "issuer": issuer, "supplier": issuer, "invoice_number": number, "date": day.isoformat(), "amount": total,
        "currency": writer.words["currency"],
    }  # fmt: skip
    return paper


def utility_bill(writer: Writer, layout: str) -> Paper:
    """Where the supply goes, what was used, what is due."""
    issuer, chance, day = writer.one("utilities"), writer.chance, writer.day()
    name = " ".join(writer.person())
    paper = start(writer, layout, issuer, writer.one("utility_bill", "title"))
    account, (first, last) = writer.number("### ### ####"), period(writer, day)
    address = recipient(paper, "", name)
    facts(paper, [
        (writer.one("utility_bill", "account_number"), account), (writer.one("utility_bill", "issue_date"), writer.date(day)),
        (writer.one("utility_bill", "period"), f"{writer.date(first)} - {writer.date(last)}"),
    ])  # fmt: skip
    due = round(chance.uniform(20, 900), 2)
    used = [(writer.one("utility_bill", "usage"), writer.money(round(due * share, 2))) for share in (0.55, 0.25)]
    sums(paper, [*used, (writer.one("utility_bill", "amount_due"), paper.amount(due))])
    foot(paper, writer.one("utility_bill", "footer"))
    paper.fields = {
        "supplier": issuer, "name": name, "address": address, "account_number": account.replace(" ", ""),
        "issue_date": day.isoformat(), "amount_due": due, "currency": writer.words["currency"],
        "period_start": first.isoformat(), "period_end": last.isoformat(),
    }  # fmt: skip
    return paper


def bank_statement(writer: Writer, layout: str) -> Paper:
    """Movements in order, whose sum leads from the opening to the closing balance."""
    issuer, chance, day = writer.one("banks"), writer.chance, writer.day()
    name = " ".join(writer.person())
    paper = start(writer, layout, issuer, writer.one("bank_statement", "title"))
    account, (first, last) = writer.number("##########"), period(writer, day)
    printed_iban = national_iban(writer)
    recipient(paper, writer.one("bank_statement", "holder"), name)
    facts(paper, [
        (writer.one("bank_statement", "account_number"), account), ("IBAN", printed_iban),
        (writer.one("bank_statement", "period"), f"{writer.date(first)} - {writer.date(last)}"),
    ])  # fmt: skip
    opening = round(chance.uniform(200, 9000), 2)
    balance, rows = opening, []
    for place in range(chance.randint(3, 9)):
        moved = round(chance.uniform(-400, 300) + (900 if place == 2 else 0), 2)
        balance = round(balance + moved, 2)
        rows.append([writer.date(first + timedelta(days=2 * place)), _minus(writer, moved), writer.money(balance)])
    sums(paper, [(writer.one("bank_statement", "opening_balance"), writer.money(opening))])
    heads = writer.words["bank_statement"]["columns"]
    table(paper, heads, [[row[0], writer.one("movements"), row[1], row[2]] for row in rows], (90, 640, 920, 1150))
    sums(paper, [(writer.one("bank_statement", "closing_balance"), paper.amount(balance))])
    foot(paper, writer.one("bank_statement", "footer"))
    paper.fields = {
        "name": name, "account_number": account, "iban": printed_iban.replace(" ", ""), "opening_balance": opening,
        "closing_balance": balance, "period_start": first.isoformat(), "period_end": last.isoformat(),
    }  # fmt: skip
    return paper


def payslip(writer: Writer, layout: str) -> Paper:
    """From gross to net."""
    employer, chance, day = writer.company(), writer.chance, writer.day()
    name = " ".join(writer.person())
    paper = start(writer, layout, employer, writer.one("payslip", "title"))
    month = f"{writer.words['months'][day.month - 1]} {day.year}"
    facts(paper, [
        (writer.one("payslip", "employee"), name), (writer.one("payslip", "period"), month),
        (writer.one("payslip", "issue_date"), writer.date(day)),
    ])  # fmt: skip
    gross = round(chance.uniform(1800, 7000), 2)
    taken = {writer.one("payslip", "deductions"): round(gross * chance.uniform(0.04, 0.12), 2) for _ in range(3)}
    net = round(gross - sum(taken.values()), 2)
    rows = [(label, _minus(writer, -value)) for label, value in taken.items()]
    sums(
        paper,
        [
            (writer.one("payslip", "gross"), writer.money(gross)),
            *rows,
            (writer.one("payslip", "net"), paper.amount(net)),
        ],
    )
    foot(paper, writer.one("payslip", "footer"))
    paper.fields = {"name": name, "employer": employer, "gross_pay": gross, "net_pay": net, "date": day.isoformat()}
    return paper


def incorporation_document(writer: Writer, layout: str) -> Paper:
    """A company as its register knows it."""
    company, day, chance = writer.company(), writer.day() - timedelta(days=2000), writer.chance
    paper = start(writer, layout, writer.one("countries"), writer.one("incorporation_document", "title"))
    number = writer.number(chance.choice(("########", "HRB #####", "### ### ###", "@########")))
    street, town = writer.address()
    officers = [" ".join(writer.person()) for _ in range(chance.randint(1, 3))]
    rows = {
        "company_name": company, "company_number": number, "jurisdiction": writer.one("countries"),
        "incorporation_date": writer.date(day), "address": f"{street}, {town}", "capital": paper.amount(25000),
        "officers": ", ".join(officers),
    }  # fmt: skip
    paper.layout = "plain" if layout in {"columns", "boxed", "split", "right", "stacked"} else layout
    facts(paper, [(writer.one("incorporation_document", name), value) for name, value in rows.items()])
    foot(paper, writer.one("incorporation_document", "footer"))
    paper.fields = {
        "company_name": company, "company_number": _closed(number), "jurisdiction": rows["jurisdiction"],
        "incorporation_date": day.isoformat(), "address": rows["address"], "officers": officers,
    }  # fmt: skip
    return paper


def ownership_register(writer: Writer, layout: str) -> Paper:
    """Who owns a company, with shares that make a hundred per cent."""
    company, day, chance = writer.company(), writer.day(), writer.chance
    paper = start(writer, layout, company, writer.one("ownership_register", "title"))
    number = writer.number("########")
    facts(paper, [
        (writer.one("ownership_register", "company_name"), company),
        (writer.one("ownership_register", "company_number"), number),
        (writer.one("ownership_register", "issue_date"), writer.date(day)),
    ])  # fmt: skip
    shares = chance.choice(((60, 40), (51, 49), (50, 30, 20), (100,), (34, 33, 33)))
    owners = [" ".join(writer.person()) for _ in shares]
    paper.sheet.text(90, paper.y, writer.one("ownership_register", "owners"), 24, bold=True)
    paper.down(50)
    rows = [
        [name, writer.words["countries"][0], str(share * 10), f"{share} %"]
        for name, share in zip(owners, shares, strict=True)
    ]
    table(paper, writer.words["ownership_register"]["columns"], rows)
    foot(paper, writer.one("ownership_register", "footer"))
    paper.fields = {"company_name": company, "company_number": number, "issue_date": day.isoformat(), "owners": owners}
    return paper


def other(writer: Writer, layout: str) -> Paper:
    """A document of none of the kinds a file needs."""
    paper = start(writer, layout, writer.company(), writer.one("other", "title"))
    for _ in range(writer.chance.randint(2, 5)):
        for line in _wrapped(writer.one("other", "body")):
            paper.sheet.text(90, paper.y, line, 21)
            paper.down(34)
        paper.down(20)
    if writer.chance.random() < 0.5:
        facts(paper, [(writer.one("invoice", "issue_date"), writer.date(writer.day()))])
    return paper


COMPOSERS: dict[str, Callable[[Writer, str], Paper]] = {
    "invoice": invoice, "utility_bill": utility_bill, "bank_statement": bank_statement, "payslip": payslip,
    "incorporation_document": incorporation_document, "ownership_register": ownership_register, "other": other,
}  # fmt: skip


def _lines(paper: Paper) -> float:
    writer, chance, net, rows = paper.writer, paper.writer.chance, 0.0, []
    for _ in range(chance.randint(1, 6)):
        count, price = chance.randint(1, 9), round(chance.uniform(3, 400), 2)
        net = round(net + count * price, 2)
        rows.append([writer.one("items"), str(count), writer.money(price), writer.money(round(count * price, 2))])
    table(paper, writer.words["invoice"]["columns"], rows)
    return net


def _minus(writer: Writer, value: float) -> str:
    return ("-" if value < 0 else "") + writer.money(abs(value))


def _closed(number: str) -> str:
    """A number of digits in groups without its blanks; a register's letters before a number stay apart."""
    return number if number[0].isalpha() else number.replace(" ", "")


def _wrapped(text: str, width: int = 90) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]
