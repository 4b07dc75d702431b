"""The page: everything on it comes from the file, and what is not decided says so."""

from dataclasses import replace

import pytest

import parley
from parley import sweeping
from parley.analysis import answer as answers
from parley.analysis.compare import wilson
from parley.analysis.equal_spending import PILOT_DRAWS
from parley.analysis.robustness import FEWEST_DRAWS, Verdict
from parley.analysis.welfare import COMPONENTS, better_or_worse


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answer")
    return answers.answer("chenggong", replicates=4, years=1, burn_in=1, draws=40, draw_replicates=1, split_replicates=2,
                          folder=folder, command="parley answer chenggong")  # fmt: skip


def test_the_page_has_its_parts(found, tmp_path):
    page = found.write(tmp_path / "docs" / "page.md").read_text()
    for part in ("## The answer", "## What changes", "## Who pays, who gains", "## Where it comes from",
                 "## What would change the answer", "## How it was made"):  # fmt: skip
        assert part in page
    assert "drawn anew 40 times" in page and "`parley answer chenggong`" in page and found.results.digest[:16] in page
    assert found.contrast.name == "equal_spending"
    for number in (
        "agreements / accepted",
        "agreements / closed",
        "agreements + reconciled / closed",
        "not sent to court / closed",
    ):
        assert number in page
    rows = [line for line in page.splitlines() if line.startswith("| ") and "---" not in line]
    assert all(line.count("|") - line.count("\\|") >= 4 for line in rows)


def test_each_of_many_groups_has_a_row(found, monkeypatch):
    wide = found.markdown()
    monkeypatch.setattr(answers, "MOST_COLUMNS", 1)
    tall = found.markdown()
    assert "| low income |" in tall and "| low income |" not in wide.replace("other incomes | low income", "")
    assert tall.count("\n| other incomes |") == 1 and "| Broke out |" not in tall


def test_verdicts(found):
    for measure in answers.HEADLINE:
        word, over = found.verdict(measure), found.robustness.verdicts[measure]
        assert word in (over.word, "may be chance", "not defined")
        if word == "decided":
            assert over.decided and found._difference(measure).decided


def verdict(measure: str, sign: int, same: float, none: float = 0.0, asked: int = 1000, draws: int = 1000, alike: float = float("nan")) -> Verdict:  # fmt: skip
    nan, differing = float("nan"), round(draws * (1 - none))
    agreeing = same / (1 - none)
    return Verdict(measure, sign, same, none, 1 - same - none, agreeing, *wilson(agreeing, differing), alike, draws, asked, differing,
                   nan, (), {}, nan, nan)  # fmt: skip


def test_what_the_draws_say_is_on_the_page(found):
    told = {
        "days_mean": verdict("days_mean", 1, 0.5, asked=1000, draws=774),
        "paid_per_agreement": verdict("paid_per_agreement", 1, 0.2, none=0.7),
        "system_cost_per_year": verdict("system_cost_per_year", 1, 0.04),
        "trust": verdict("trust", 1, 0.16),
    }
    over = replace(found.robustness, draws=1000, verdicts={**found.robustness.verdicts, **told})
    sure = {m: replace(found._difference(m), mean=3.0, low=2.0, high=4.0) for m in told}
    fixed = replace(found, robustness=over, comparison=replace(found.comparison, differences=[
        {**one, **sure} for one in found.comparison.differences]))  # fmt: skip
    page = fixed.markdown()
    assert "higher in 50%, lower in 50% of 774; 226 draws had no value | not decided by the evidence |" in page
    assert "higher in 16%, lower in 84% of 1,000 | not decided by the evidence |" in page
    assert "higher in 4%, lower in 96% of 1,000 | the draws decide the other way |" in page
    assert "no difference in 70% of 1,000 | no effect in most draws |" in page
    assert "- **Cost of system**: *the draws decide the other way*" in page
    for words in (
        "(1 replicate each, 1 year)",
        "*Decided*: the interval does not hold zero",
        "at equal public spending |",
    ):
        assert words in page
    longer = replace(fixed, robustness=replace(over, years=4)).markdown()
    assert "4 years, where the comparison runs 1 year" in longer


def test_the_interval_of_a_lower_measure_is_told_as_its_size(found):
    low = replace(found._difference("days_mean"), mean=-3.12, low=-4.45, high=-1.78)
    rows = [{**one, "days_mean": low} for one in found.comparison.differences]
    page = replace(found, robustness=None, comparison=replace(found.comparison, differences=rows)).markdown()
    assert "**Days to resolution, mean**: lower by 3.12 (1.78 to 4.45) days." in page
    assert "*May be chance*" in page and "joint" not in page


def test_the_answer_begins_with_one_sentence(found):
    one = found._in_short("purchased services", "backing", [])
    assert one == (
        "Purchased services instead of backing, at equal public spending: "
        "nothing of the 12 measures looked at is decided by the evidence."
    )
    fewer, longer = (
        replace(found._difference(m), mean=mean, low=mean - 1, high=mean + 1)
        for m, mean in (("disturbances_per_100_disputes", -4.0), ("days_mean", 9.0))
    )
    rows = [
        {**row, "disturbances_per_100_disputes": fewer, "days_mean": longer} for row in found.comparison.differences
    ]
    told = replace(found, comparison=replace(found.comparison, differences=rows))
    assert told._in_short("purchased services", "backing", ["days_mean", "disturbances_per_100_disputes"]) == (
        "Purchased services instead of backing, at equal public spending: lower Disturbances; "
        "higher Days to resolution, mean. Nothing else of the 12 measures looked at is decided."
    )


def test_the_sentence_says_what_was_not_decided_by_what(found):
    sentence = ("purchased services", "backing", [])
    assert (
        replace(found, robustness=None)._in_short(*sentence).endswith("measures looked at is decided against chance.")
    )
    over = found.robustness
    few = {m: replace(v, differing=FEWEST_DRAWS - 1, none=0.0) for m, v in over.verdicts.items()}
    told = replace(found, robustness=replace(over, verdicts=few))
    assert told._in_short(*sentence).endswith("40 draws are too few to decide anything.")
    sure = replace(found._difference("days_mean"), mean=9.0, low=8.0, high=10.0, sign_probability=1.0)
    rows = [{**row, "days_mean": sure} for row in found.comparison.differences]
    against = replace(over.verdicts["days_mean"], sign=1, none=0.0, differing=900, low=0.01, high=0.05, draws=1000)
    turned = replace(
        found,
        comparison=replace(found.comparison, differences=rows),
        robustness=replace(over, verdicts={**over.verdicts, "days_mean": against}),
    )
    assert "of Days to resolution, mean the draws decide the other way" in turned._in_short(*sentence)
    assert "**Days to resolution, mean**: *the draws decide the other way*" in turned.markdown()


def test_what_is_decided_comes_with_its_reason(found):
    def sentence(**parts):
        whole = sum(mean for mean, _, _ in parts.values())
        made = {g: replace(some, mean=mean, low=low, high=high, replicates=9) for g, (mean, low, high) in parts.items()}
        split = replace(found.attribution, parts={"days_mean": made}, whole={"days_mean": replace(some, mean=whole)})
        return replace(found, attribution=split)._reason("days_mean")

    some = found.attribution.whole["days_mean"]
    assert sentence(proximity=(-3.0, -4.0, -2.0), tenders=(1.0, 0.5, 1.5), contract=(-1.0, -2.0, 0.0)) == (
        "; mostly from proximity (−3 of −3 in the split below)"
    )
    largest = sentence(proximity=(2.0, 1.0, 3.0), tenders=(1.9, 1.0, 3.0), contract=(1.8, 1.0, 3.0))
    assert largest == "; the largest part from proximity (+2 of +5.7 in the split below)"
    assert sentence(proximity=(-3.0, -9.0, 3.0), tenders=(1.0, 0.5, 1.5)) == ""  # chance, and the other way
    assert found._reason("paid_per_year") == "" and replace(found, attribution=None)._reason("days_mean") == ""


def test_an_answer_is_about_two_policies(tmp_path):
    with pytest.raises(parley.ParleyError, match=r"not 3 \(backing, purchased, hybrid\); --modes takes two"):
        answers.answer("toy", modes=["backing", "purchased", "hybrid"], draws=0, split_replicates=0, folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_who_pays_names_every_giver(found):
    page = found.markdown()
    rows = page[page.index("## Who pays, who gains") : page.index("## Welfare by component")].splitlines()
    told = {
        cells[1]: cells[2:4] for cells in ([c.strip() for c in row.split("|")] for row in rows if row.startswith("| "))
    }
    assert list(told) == ["who", "---", *answers.PAYERS.values()]
    # Backing leaves insurers a twentieth of the committees' money, buying nothing of it.
    given, was = found._difference("committees_by_insurers_per_year"), found.comparison.means["backing"]
    assert given.decided and given.mean == -was["committees_by_insurers_per_year"].mean < 0
    assert told["insurers to committees"][1] == answers._told(given)


def test_welfare_is_told_by_component_and_district_and_never_added_up(found):
    page = found.markdown()
    whole, districts = page[page.index("## Welfare by component") : page.index("## Who gains, by income")].split(
        "The same by district"
    )
    rows = {
        cells[1]: cells[2:-1]
        for cells in (
            [c.strip() for c in row.split(" | ")]
            for row in whole.replace("\n| ", "\n | ").splitlines()
            if row.startswith(" | ")
        )
    }
    assert list(rows)[2:] == [component.label for component in COMPONENTS.values()]
    for name, component in COMPONENTS.items():
        unit, base, difference, better, *_ = rows[component.label]
        over = found.robustness.verdicts[name]
        assert unit == component.unit and difference == answers._told(found._difference(name))
        assert base == answers._number(found.comparison.means["backing"][name].mean)
        assert better == better_or_worse(component, answers.exact_zero(found._difference(name)))
        assert f"{found.verdict(name)}: {over.shares} |" in whole
    # At equal spending public money is the same in the mean, and in every draw.
    assert abs(found._difference("public_money").mean) < 1e-6 and found.robustness.verdicts["public_money"].none == 1
    table = [line for line in districts.splitlines() if line.startswith("| ")][1:]
    assert [line.split(" | ")[0][2:] for line in table if "---" not in line] == list(found.results.places)
    assert all(line.count(" | ") == table[0].count(" | ") for line in table) and "** better" in districts


def test_what_welfare_alone_knows_may_be_decided(found):
    worse = replace(found._difference("negligence"), mean=0.5, low=0.25, high=0.75)
    rows = [{**row, "negligence": worse} for row in found.comparison.differences]
    sure = verdict("negligence", 1, 0.98)
    told = replace(found, comparison=replace(found.comparison, differences=rows),
                   robustness=replace(found.robustness, verdicts={**found.robustness.verdicts, "negligence": sure})).markdown()  # fmt: skip
    assert "higher Negligent events. Nothing else of the 12 measures looked at is decided." in told
    assert "- **Negligent events**: higher by 0.5 (0.25 to 0.75) per 10,000 admissions" in told
    assert "decided as well" not in told
    assert "| +0.5 (0.25 to 0.75) | worse | decided: higher in 98%, lower in 2% of 1,000 |" in told


def test_components_that_are_decided_are_pointed_to(found):
    sure = {
        name: replace(found._difference(name), mean=sign * 3.0, low=sign * 3.0 - 1, high=sign * 3.0 + 1)
        for name, sign in (("paid_too_much", -1), ("days_in_dispute", 1))
    }
    rows = [{**row, **sure} for row in found.comparison.differences]
    over = {name: verdict(name, int(one.mean / 3), 0.98) for name, one in sure.items()}
    told = replace(found, comparison=replace(found.comparison, differences=rows),
                   robustness=replace(found.robustness, verdicts={**found.robustness.verdicts, **over}))  # fmt: skip
    line = "- Of welfare by component, below, decided as well: lower Paid too much; higher Days in dispute."
    assert line in told.markdown() and "decided as well" not in replace(told, robustness=None).markdown()


def test_rounding_is_no_difference(found):
    nothing = replace(found._difference("trust"), mean=1.11e-18, low=-0.0028, high=0.0028)
    assert answers._told(nothing) == "0 (−0.0028 to 0.0028)" and answers.exact_zero(nothing).mean == 0
    assert answers._signed(-1e-17) == "0"
    assert "e−1" not in found.markdown()


def test_a_split_of_few_replicates_has_no_interval(found):
    page = found.markdown()
    assert "without an interval where fewer than 5 replicates have a value" in page
    assert "The table above has 4 replicates" in page and "the first 2 of them" in page
    row = next(line for line in page.splitlines() if line.startswith("| together |"))
    assert "(" not in row
    many = {m: replace(one, replicates=20, low=-1.0, high=1.0) for m, one in found.attribution.whole.items()}
    told = replace(found, attribution=replace(found.attribution, whole=many)).markdown()
    row = next(line for line in told.splitlines() if line.startswith("| together |"))
    assert row.count("(−1 to 1)") == len(answers.SPLIT) and "with 95 % intervals" in told


def test_a_split_over_fewer_years_says_so(found):
    split = replace(found.attribution, years=3)
    page = replace(found, attribution=split).markdown()
    assert "2 replicates of 3 years of each of" in page
    assert "The table above is over 1 year: *together* is the difference in the first 3 years of 2 replicates." in page


def test_dated_levers_are_drawn_over_but_not_split(tmp_path):
    mode = tmp_path / "pilot.yaml"
    mode.write_text("""mode: pilot
title: A pilot
sources: ["Invented"]
dated_levers:
  - {lever: feedback_rate, value: 0.9, from: 2015-06-01}
""", encoding="utf-8")  # fmt: skip
    found = answers.answer("toy", modes=["status_quo", str(mode)], replicates=2, years=1, burn_in=0, draws=3,
                           folder=tmp_path)  # fmt: skip
    assert found.attribution is None and found.robustness.draws == 3
    assert "Not split over levers: `feedback_rate` is set with dates" in found.markdown()


def test_an_interrupted_answer_goes_on_and_leaves_other_files_alone(tmp_path, monkeypatch):
    ask = dict(modes=["backing", "purchased"], replicates=2, years=1, burn_in=0, split_replicates=0, folder=tmp_path)
    theirs = tmp_path / "toy.h5"
    theirs.write_text("somebody's notes", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "_here", killed_after_the_pilot)
        with pytest.raises(KeyboardInterrupt):
            answers.answer("toy", draws=40, **ask)
    assert (tmp_path / "toy_answer_draws_pilot.h5").exists()
    assert (tmp_path / "toy_answer_draws.h5.journal").exists()
    made = (tmp_path / "toy_answer.h5").stat().st_mtime_ns
    with pytest.raises(parley.FileError, match="keeps what another run finished"):
        answers.answer("toy", draws=41, **ask)
    found = answers.answer("toy", draws=40, **ask)
    assert (tmp_path / "toy_answer.h5").stat().st_mtime_ns == made  # the comparison was not run again
    assert found.robustness.draws == 40 and theirs.read_text(encoding="utf-8") == "somebody's notes"
    with monkeypatch.context() as patched:  # all of it is there: the same question again runs nothing
        patched.setattr(sweeping, "_here", None)
        assert answers.answer("toy", draws=40, **ask).markdown() == found.markdown()
    (tmp_path / "toy_answer.h5").write_text("not a file of Parley", encoding="utf-8")
    with pytest.raises(parley.FileError, match="not written by Parley"):
        answers.answer("toy", draws=0, **ask)


run_here = sweeping._here


def killed_after_the_pilot(runs, threads, listener):
    if runs.total == PILOT_DRAWS:
        return run_here(runs, threads, listener)
    batch = runs.task(0, 2)
    values, _ = parley._parley.run_points(
        batch.study, list(batch.keys), batch.rows, batch.first, batch.count, threads=1
    )
    runs.keep(0, values)
    raise KeyboardInterrupt


def test_without_draws_and_split(tmp_path):
    plain = answers.answer("toy", modes=["backing", "purchased"], replicates=3, years=1, burn_in=1, draws=0,
                           split_replicates=0, folder=tmp_path)  # fmt: skip
    page = plain.markdown()
    assert "Where it comes from" not in page and "joint draws" not in page
    assert any(word in page for word in ("decided against chance", "may be chance"))
    with pytest.raises(parley.ScenarioError, match="needs two modes"):
        answers.answer("toy", modes=["backing"], replicates=2, years=1, draws=0, split_replicates=0, folder=tmp_path)
