"""What a caseworker does on the page, in a few verbs."""

from playwright.sync_api import Locator, Page

STEL = {
    "peildatum": "1 maart 2026",
    "soort": "huurder",
    "verhuurder": "wetland-wonen",
    "woning.kaleHuur": "€ 655,12",
    "woning.servicekosten": "20,-",
    "woning.wwsMaximum": "812.40",
    "woning.energielabel": "E",
    "woning.zelfstandig": "ja",
    "personen.0.rol": "huurder",
    "personen.0.geboortedatum": "3-2-1958",
    "personen.0.inkomen": "24.500",
    "vermogen": "8000",
    "inkomenscategorie": "laag",
}
PARTNER = {
    "personen.1.rol": "partner",
    "personen.1.geboortedatum": "30-9-1961",
    "personen.1.inkomen": "0",
}
WRONG = {"personen.0.inkomen": "1,234", "personen.0.geboortedatum": "31-2-1958", "woning.kaleHuur": "-5"}


def fill(page: Page, form: dict[str, str]) -> None:
    """Fill in every field of ``form`` by its name; a fold in front of it is opened first."""
    form_on_page = page.locator("#formulier")
    for name, value in form.items():
        field = form_on_page.locator(f'[name="{name}"], [name="{name}.dag"]').first
        field.wait_for(state="attached")  # the page may still be on its way
        folds = form_on_page.locator(f'details:not([open]):has([name="{name}"], [name="{name}.dag"]) > summary')
        while not field.is_visible():
            folds.first.click()  # the outermost fold first
        if form_on_page.locator(f'select[name="{name}"]').count():
            field.select_option(value)
        elif form_on_page.locator(f'input[type="radio"][name="{name}"]').count():
            form_on_page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            for part in ("maand", "jaar"):  # a whole date goes in the first of three fields
                if form_on_page.locator(f'[name="{name}.{part}"]').count():
                    form_on_page.locator(f'[name="{name}.{part}"]').fill("")
            field.fill(value)


def typed(page: Page, form: dict[str, str]) -> dict[str, str]:
    """What now stands in the fields of ``form``; a date in three fields with dashes between them."""
    found = {}
    form_on_page = page.locator("#formulier")
    for name in form:
        radio = form_on_page.locator(f'input[type="radio"][name="{name}"]:checked')
        parts = [form_on_page.locator(f'[name="{name}.{part}"]') for part in ("dag", "maand", "jaar")]
        if parts[0].count():
            found[name] = "-".join(filter(None, (part.input_value() for part in parts)))
        else:
            found[name] = (radio if radio.count() else form_on_page.locator(f'[name="{name}"]')).input_value()
    return found


def send(page: Page, button: Locator) -> None:
    """Press a button that leads to another page, and wait until all of it is there: half a page looks whole."""
    with page.expect_navigation():
        button.click()


def toets(page: Page) -> None:
    """Send the form with the button below it, and open the folds of the answer."""
    send(page, page.locator("#formulier > .knoppen").get_by_role("button", name="Toetsen"))
    unfold(page)


def add_person(page: Page) -> None:
    """Send the form with the button that adds a row."""
    send(page, page.get_by_role("button", name="Persoon toevoegen"))


def outcome(page: Page, besluit: str) -> str:
    """The words of one conclusion."""
    return (page.locator(f"#conclusie-{besluit} .conclusie__antwoord .uitkomst").text_content() or "").strip()


def said(page: Page, besluit: str) -> str:
    """Everything that one conclusion says, with plain spaces."""
    return " ".join((page.locator(f"#conclusie-{besluit}").text_content() or "").split())


def unfold(page: Page, parts: str = ".antwoord .vouw") -> None:
    """Open the folds of the answer."""
    page.evaluate("chosen => document.querySelectorAll(chosen).forEach(part => part.open = true)", parts)


def posted(page: Page, form: dict[str, str], entrance: str = "") -> None:
    """Bring the answer to what was typed, as the form posts it; ``entrance`` is another than that of the page."""
    with page.expect_navigation():
        page.evaluate(
            """([data, entrance]) => {
            const form = document.createElement("form")
            form.method = "post"
            form.action = entrance || location.href
            for (const [name, value] of Object.entries({...data, actie: "toetsen"})) {
                const field = document.createElement("input")
                field.type = "hidden"; field.name = name; field.value = value
                form.append(field)
            }
            document.body.append(form); form.submit()
        }""",
            [form, entrance],
        )
    page.wait_for_selector(".antwoord")
