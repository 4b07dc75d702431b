"""A result file in Parley's layout with invented numbers, written by h5py alone: tests of the analysis need no engine."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np

POLICIES = ["backing", "purchased", "backing:contract_only", "purchased:contract_only", "purchased:equal_spending"]
CONTRASTS = [
    ("bundle", "As the mode files give them", "purchased", "backing", "", np.nan),
    ("contract_only", "Contract terms alone", "purchased:contract_only", "backing:contract_only", "", np.nan),
    ("equal_spending", "Equal public spending", "purchased:equal_spending", "backing", "unit_price", 3150.0),
]
METRICS = [
    "admissions", "adverse_events", "negligent_events", "named", "blamed", "complaints", "disputes", "mediation_accepted",
    "mediation_closed", "mediation_agreements", "mediation_reconciled", "mediation_to_court", "mediation_withdrawn",
    "closed", "settled", "court_filings", "judgments", "days_to_resolution", "within_30_working_days",
    "closed_with_payment", "paid", "paid_by_hospital", "paid_by_insurer", "paid_by_fund", "paid_by_government", "owed",
    "compensation_error", "public_outlay", "system_cost", "disturbances", "disturbances_calmed", "open_disputes",
    "trust", "estimate_error", "estimates", "lessons", "mediator_days", "premiums", "committees_by_insurers",
    "committees_by_hospitals", "fund_contributions", "insurer_capital",
]  # fmt: skip
MONEY = [
    name
    for name in METRICS
    if name.startswith(
        ("paid", "owed", "compensation", "public", "system", "premiums", "committees", "fund", "insurer")
    )
]
CASE_COLUMNS = ["id", "policy", "replicate", "hospital", "patient", "place", "severity", "negligent", "opened", "closed",
                "first_channel", "last_channel", "path", "outcome", "demand", "owed", "paid"]  # fmt: skip
FLAGS = {
    "severity": "minor moderate permanent death",
    "negligent": "not_negligent negligent",
    "first_channel": "negotiation people_mediation administrative_mediation arbitration court none",
    "last_channel": "negotiation people_mediation administrative_mediation arbitration court none",
    "outcome": "open agreement reconciled judgment dismissed withdrawn",
}
PARTY_KINDS = (
    "public hospital committee expert_pool health_authority justice_bureau finance police court insurer fund".split()
)
TIE_KINDS = "treats refers funds contracts insures advises reports supervises responds".split()
NOT_CLOSED = np.iinfo(np.int32).min


def write(
    path: Path,
    metrics: dict[str, np.ndarray],
    *,
    policies: list[str],
    population: list[int],
    contrasts: list[tuple] = (),
    replicates: list[int] | None = None,
    asked: int | None = None,
    cases: dict[str, np.ndarray] | None = None,
    graph: tuple[list[tuple], list[tuple]] | None = None,
    title: str = "Toy",
    question: str = "",
) -> Path:
    """Metrics over (policy, replicate, time, place); those not given are zero.

    A graph is a list of parties (kind, index, place) and one of ties (origin, kind, target, customary, one for each
    policy), sorted by origin; each state is (probability, delay, information loss).
    """
    shape = next(iter(metrics.values())).shape
    replicates = list(range(shape[1])) if replicates is None else replicates
    asked = len(replicates) if asked is None else asked
    text = h5py.string_dtype()
    with h5py.File(path, "w", track_order=True) as file:
        file.attrs.update({"Conventions": "CF-1.11, Parley-1.0", "title": title, "parley_format": "1.0"})
        if question:
            file.attrs["question"] = question
        file.attrs["complete"] = np.uint8(asked == len(replicates))
        scales = {
            "policy": np.array(policies, dtype=text),
            "replicate": np.array(replicates, np.int32),
            "time": np.round(np.arange(shape[2]) * 365 / 12).astype(np.int32),
            "place": np.array([f"district_{index + 1}" for index in range(shape[3])], dtype=text),
        }
        for name, values in scales.items():
            file.create_dataset(name, data=values, dtype=text if values.dtype == object else None).make_scale(name)
        file["time"].attrs["units"] = "days since 2015-01-01"
        file.create_dataset("population", data=np.array(population, np.int64)).dims[0].attach_scale(file["place"])
        for name in METRICS:
            values = metrics.get(name, np.zeros(shape))
            kind = np.float64 if name == "trust" else np.int64
            dataset = file.create_dataset(name, data=np.asarray(values).astype(kind))
            for axis, scale in enumerate(scales):
                dataset.dims[axis].attach_scale(file[scale])
            dataset.attrs["units"] = "0.01 CNY" if name in MONEY else "1"
        if cases is not None:
            group = file.create_group("cases", track_order=True)
            length = len(cases["opened"])
            group.create_dataset("case", data=np.arange(length)).make_scale("case")
            for name in CASE_COLUMNS:
                kind = (
                    np.uint8 if name in FLAGS else np.int32 if name in ("opened", "closed", "replicate") else np.int64
                )
                kind = np.uint16 if name == "path" else kind
                dataset = group.create_dataset(name, data=np.asarray(cases.get(name, np.zeros(length))).astype(kind))
                dataset.dims[0].attach_scale(group["case"])
                meanings = {**FLAGS, "policy": " ".join(policies), "place": " ".join(scales["place"])}.get(name)
                if meanings:
                    dataset.attrs["flag_values"] = np.arange(len(meanings.split()), dtype=kind)
                    dataset.attrs["flag_meanings"] = meanings
                if name in ("demand", "owed", "paid"):
                    dataset.attrs["units"] = "0.01 CNY"
            group["closed"].attrs["open_value"] = np.int32(NOT_CLOSED)
        if graph is not None:
            write_graph(file, *graph)
        group = file.create_group("contrasts", track_order=True)
        for position, name in enumerate(("contrast", "title", "policy", "baseline", "solved_lever")):
            group.create_dataset(name, data=np.array([row[position] for row in contrasts], dtype=text), dtype=text)
        group.create_dataset("solved_value", data=np.array([row[5] for row in contrasts], np.float64))
        group = file.create_group("parameters", track_order=True)
        group.create_dataset("name", data=np.array(["harm.adverse_event_rate"], dtype=text), dtype=text)
        group.create_dataset("value", data=np.array([0.1]))
        group = file.create_group("provenance")
        for name, value in {"study": "toy", "place_slug": "toy_town", "seed": "1"}.items():
            group.create_dataset(name, data=value, dtype=text)
        group.create_dataset("replicates", data=np.int32(asked))
    return path


def write_graph(file: h5py.File, parties: list[tuple], ties: list[tuple]) -> None:
    """The group `graph`, forward rows alone."""
    group = file.create_group("graph", track_order=True)
    names = np.array([f"{kind} {index}" for kind, index, _ in parties], dtype=h5py.string_dtype())
    group.create_dataset("node_name", data=names, dtype=names.dtype)
    columns = {
        "node_kind": ([PARTY_KINDS.index(kind) for kind, _, _ in parties], np.uint8),
        "node_index": ([index for _, index, _ in parties], np.uint32),
        "node_place": ([place for _, _, place in parties], np.uint16),
        "indptr": ([sum(tie[0] < node for tie in ties) for node in range(len(parties) + 1)], np.uint32),
        "indices": ([tie[2] for tie in ties], np.uint32),
        "edge_kind": ([TIE_KINDS.index(tie[1]) for tie in ties], np.uint8),
    }
    for part, name in enumerate(("probability", "delay", "information_loss")):
        columns[f"base_{name}"] = ([tie[3][part] for tie in ties], np.float32)
        columns[name] = ([[tie[column][part] for tie in ties] for column in range(4, len(ties[0]))], np.float32)
    for name, (values, kind) in columns.items():
        group.create_dataset(name, data=np.array(values, kind))
    for name, meanings in (("node_kind", PARTY_KINDS), ("edge_kind", TIE_KINDS)):
        group[name].attrs["flag_values"] = np.arange(len(meanings), dtype=np.uint8)
        group[name].attrs["flag_meanings"] = " ".join(meanings)


def invented(path: Path, *, replicates: int = 20, years: int = 5, with_cases: bool = True, seed: int = 7, asked=None):
    """A file that looks like a large study: common luck per replicate and a small effect per policy."""
    draw = np.random.default_rng(seed)
    places, months = 6, 12 * years
    population = [9_000_000, 7_000_000, 6_000_000, 5_000_000, 3_000_000, 2_000_000]
    share = np.array(population) / sum(population)
    luck = draw.normal(0, 0.03, (1, replicates, 1, 1)) + draw.normal(0, 0.05, (1, replicates, months, places))
    size = len(POLICIES)

    def level(base: float, *effects: float, noise: float = 0.01) -> np.ndarray:
        effect = np.array(effects).reshape(size, 1, 1, 1)
        wobble = draw.normal(0, noise, (size, replicates, months, places))
        return np.maximum(0, base * share * (1 + effect + luck + wobble))

    metrics = {"admissions": level(450_000, 0, 0, 0, 0, 0)}
    metrics["disputes"] = level(420, 0, 0.05, 0, 0.01, 0.02)
    metrics["mediation_accepted"] = level(250, 0, -0.1, 0, -0.02, -0.06)
    metrics["mediation_closed"] = metrics["mediation_accepted"] * 0.97
    metrics["mediation_agreements"] = metrics["mediation_closed"] * np.array([0.72, 0.66, 0.72, 0.7, 0.68]).reshape(
        -1, 1, 1, 1
    )
    metrics["mediation_reconciled"] = metrics["mediation_closed"] * 0.06
    metrics["mediation_to_court"] = metrics["mediation_closed"] * np.array([0.1, 0.13, 0.1, 0.1, 0.12]).reshape(
        -1, 1, 1, 1
    )
    metrics["closed"] = metrics["disputes"] * 0.99
    metrics["days_to_resolution"] = metrics["closed"] * level(1, 0, 0.12, 0, 0.03, 0.08) / share * 95
    metrics["within_30_working_days"] = metrics["closed"] * 0.45
    metrics["closed_with_payment"] = metrics["closed"] * 0.7
    metrics["paid"] = metrics["closed_with_payment"] * 4_600_000
    for payer, part in (("hospital", 0.6), ("insurer", 0.28), ("fund", 0.08)):
        metrics[f"paid_by_{payer}"] = metrics["paid"] * part * np.array([1, 1.03, 1, 1, 1.02]).reshape(-1, 1, 1, 1)
    metrics["paid_by_government"] = metrics["paid"] - sum(
        metrics[f"paid_by_{p}"] for p in ("hospital", "insurer", "fund")
    )
    metrics["owed"] = metrics["paid"] * 1.1
    metrics["compensation_error"] = metrics["closed"] * level(1, 0, 0.05, 0, -0.02, 0.02) / share * 1_500_000
    metrics["public_outlay"] = level(600_000_000, 0, -0.25, 0, 0.0, 0.0)
    metrics["system_cost"] = level(2_100_000_000, 0, 0.02, 0, 0.01, 0.04)
    metrics["disturbances"] = level(18, 0, 0.03, 0, 0.02, 0.02, noise=0.3)
    metrics["open_disputes"] = (
        level(1, 0, 0.1, 0, 0.02, 0.07) * 1_400 * (1 + 0.1 * np.sin(np.arange(months) / 3)).reshape(1, 1, -1, 1)
    )
    metrics["trust"] = 0.61 + 0.0 * luck + draw.normal(0, 0.002, (size, replicates, months, places)) - np.array(
        [0, 0.004, 0, 0.001, 0.002]).reshape(-1, 1, 1, 1)  # fmt: skip
    cases = None
    if with_cases:
        rows = 400
        index = np.indices((size, replicates, rows)).reshape(3, -1)
        days = np.round(
            draw.lognormal(4.2, 0.9, size * replicates * rows) * np.array([1, 1.1, 1, 1.02, 1.07])[index[0]]
        )
        opened = draw.integers(0, 365 * years, len(days))
        closed = np.where(opened + days < 365 * years, opened + days, NOT_CLOSED)
        cases = {"id": index[2], "policy": index[0], "replicate": index[1], "opened": opened, "closed": closed,
                 "severity": draw.integers(0, 4, len(days)), "paid": draw.integers(0, 10_000_000, len(days))}  # fmt: skip
        # Forum by forum in digits of eight: negotiation 1, people's mediation 2, the bureau's 3, court 5.
        cases["path"] = draw.choice([0o1, 0o21, 0o2, 0o5, 0o521, 0o31, 0o5312, 0o53121, 0], len(days),
                                    p=[0.35, 0.15, 0.2, 0.1, 0.08, 0.06, 0.02, 0.02, 0.02])  # fmt: skip
        cases["outcome"] = draw.choice(6, len(days), p=[0.1, 0.6, 0.08, 0.1, 0.05, 0.07])
    return write(
        path, metrics, policies=POLICIES, population=population, contrasts=CONTRASTS, cases=cases, asked=asked,
        title="Chongqing (invented numbers)",
        question="How do government backing and purchased services differ in what becomes of disputes between patients and hospitals?",
    )  # fmt: skip
