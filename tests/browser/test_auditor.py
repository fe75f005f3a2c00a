"""Who audits: from her own page to a project as it was, to the files, to the proof."""

import zipfile

from tests.browser.waiting import expect


def test_from_her_own_page_to_a_file_that_is_proved(page_as, tmp_path):
    with page_as("auditor") as page:
        page.goto("/")
        page.locator("a[href='/p/SVH/as-of']").click()
        page.locator("#as-of-date").fill("-3w")
        page.locator("form.history-filter button[type=submit]").click()
        expect(page.locator("#documents table")).to_be_visible()
        with page.expect_download() as waiting:
            page.locator("a[href*='/as-of/package']").click()
        waiting.value.save_as(tmp_path / "all.zip")
        with zipfile.ZipFile(tmp_path / "all.zip") as archive:
            name = next(one for one in archive.namelist() if one.endswith(".pdf"))
            (tmp_path / "as-of.pdf").write_bytes(archive.read(name))
        page.goto("/verify")
        page.locator("input[type=file]").set_input_files(tmp_path / "as-of.pdf")
        page.locator("#with-file button[type=submit]").click()
        expect(page.get_by_text("Filen er ekte")).to_be_visible()
