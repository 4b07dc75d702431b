// Every dataset of a record, once: path, type, unit, dimensions and one sentence. The recorder can write nothing that
// is not listed here, and the reference page is made from it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/record/image.hpp"
#include "sim/world/metrics.hpp"

namespace parley {

/// Layout of the file. The first number changes when something that a reader may rely on goes away.
inline constexpr const char* file_format = "1.4";
/// Rises when the same scenario and seed give other numbers than before.
inline constexpr int results_epoch = 1;
/// Version of the scenario format in which the study is written down.
inline constexpr int scenario_schema = 1;

struct CatalogueEntry {
  std::string path;  // "/cases/owed"
  ElementType type;
  std::string unit;        // "1" for a pure number; empty for text and for codes
  std::string dimensions;  // names separated by blanks, looked for in the group of the dataset, then in its parents
  std::string meaning;     // one clause, no full stop; the attribute long_name
};

// A mean in millionths is recorded as the number that it stands for; sums stay whole numbers, exact under addition.
inline bool recorded_as_real(const MetricInfo& metric) {
  return std::string_view(metric.unit) == "1e-6" && std::string_view(metric.cell_method) == "point";
}

inline std::vector<CatalogueEntry> make_catalogue() {
  using enum ElementType;
  std::vector<CatalogueEntry> entries = {
      // Root: coordinates, then one variable per metric.
      {"/policy", text, "", "policy", "name of the policy"},
      {"/replicate", int32, "1", "replicate",
       "number of the replicate; the same number has the same luck in every policy"},
      {"/time", int32, "days since the start date", "time", "first day of the period: a month, or a day"},
      {"/place", text, "", "place", "slug of the district"},
      {"/period_days", int32, "day", "time", "number of days in the period"},
      {"/place_title", text, "", "place", "name of the district"},
      {"/population", int64, "person", "place", "residents of the district"},
      {"/insured", uint8, "", "place", "whether hospitals of level two and three carry liability insurance"},
  };
  for (const MetricInfo& metric : metric_table) {
    const bool real = recorded_as_real(metric);
    entries.push_back({std::string("/") + metric.name, real ? float64 : int64, real ? "1" : metric.unit,
                       "policy replicate time place", metric.meaning});
  }
  const std::vector<CatalogueEntry> rest = {
      // One row per dispute, sorted by policy, replicate and id.
      {"/cases/id", int64, "1", "case", "name of the dispute, the same in every policy"},
      {"/cases/policy", uint16, "", "case", "position of the policy along /policy"},
      {"/cases/replicate", int32, "1", "case", "number of the replicate"},
      {"/cases/hospital", uint32, "1", "case", "number of the hospital within the place"},
      {"/cases/patient", uint32, "1", "case", "number of the patient within the place"},
      {"/cases/place", uint16, "", "case", "position of the hospital's district along /place"},
      {"/cases/severity", uint8, "", "case", "severity of the harm"},
      {"/cases/negligent", uint8, "", "case", "whether the event was negligent in truth"},
      {"/cases/opened", int32, "day", "case",
       "day on which the dispute was opened, negative before the reference date"},
      {"/cases/closed", int32, "day", "case",
       "day on which the dispute was closed; the attribute open_value marks open ones"},
      {"/cases/first_channel", uint8, "", "case", "first channel that handled the dispute"},
      {"/cases/last_channel", uint8, "", "case", "last channel that handled the dispute"},
      {"/cases/path", uint16, "", "case", "forums that the dispute entered, in order; the comment says how to read it"},
      {"/cases/outcome", uint8, "", "case", "how the dispute ended"},
      {"/cases/demand", int64, "0.01 CNY", "case", "what the patient asked for"},
      {"/cases/owed", int64, "0.01 CNY", "case", "true entitlement"},
      {"/cases/paid", int64, "0.01 CNY", "case", "compensation that reached the patient"},
      {"/cases/paid_by_hospital", int64, "0.01 CNY", "case", "part of it that the hospital paid"},
      {"/cases/paid_by_insurer", int64, "0.01 CNY", "case", "part of it that the insurer paid"},
      {"/cases/paid_by_fund", int64, "0.01 CNY", "case", "part of it that the mutual fund paid"},
      {"/cases/paid_by_government", int64, "0.01 CNY", "case", "part of it that came from public relief"},
      {"/cases/negotiation_day", int32, "day", "case", "day on which direct talks began"},
      {"/cases/mediation_day", int32, "day", "case", "day on which people's mediation began"},
      {"/cases/administration_day", int32, "day", "case", "day on which the health bureau's mediation began"},
      {"/cases/arbitration_day", int32, "day", "case", "day on which a panel began"},
      {"/cases/filing_day", int32, "day", "case", "day on which a suit was filed"},
      {"/cases/trial_day", int32, "day", "case", "day on which the trial began"},
      {"/cases/appeal_day", int32, "day", "case", "day on which the higher court got it"},
      {"/cases/payment_day", int32, "day", "case", "day from which something was owed by agreement or decision"},
      {"/cases/mediator", uint32, "1", "case",
       "post of the mediator who had it last; the attribute none_value marks cases that none had"},
      {"/cases/expert_used", uint8, "", "case", "whether an expert gave an opinion in the last forum"},
      {"/cases/disturbed", uint8, "", "case", "whether the family disturbed the hospital"},
      {"/cases/attended", uint8, "", "case", "whether a mediator came to the disturbance, in time or not"},
      {"/cases/calmed", uint8, "", "case", "whether a mediator was there in time"},
      {"/cases/disturbed_day", int32, "day", "case", "day of the first disturbance"},
      {"/cases/claimed", int64, "0.01 CNY", "case", "sum claimed in the suit; 0 without one"},
      {"/cases/low_income", uint8, "", "case", "whether the patient's income is low"},
      {"/cases/health_insured", uint8, "", "case", "whether the patient has basic health insurance"},
      {"/cases/last_demand", int64, "0.01 CNY", "case", "what the patient asked for in the last talks"},
      {"/cases/last_offer", int64, "0.01 CNY", "case",
       "what the hospital offered in the last talks; what it would have borne where only the patient proposes"},
      {"/cases/satisfaction", float32, "1", "case",
       "the patient's verdict at the end, 0 to 1, half on the result and half on procedure; NaN while open"},
      {"/cases/trust_before", float32, "1", "case", "trust in the hospital when the claim arrived"},
      {"/cases/trust_after", float32, "1", "case", "trust in the hospital after the end; NaN while open"},
      // The history of each dispute; with --record full.
      {"/stages/case", int64, "1", "step", "id of the dispute, as in /cases/id"},
      {"/stages/policy", uint16, "", "step", "position of the policy along /policy"},
      {"/stages/replicate", int32, "1", "step", "number of the replicate"},
      {"/stages/day", int32, "day", "step", "day on which it went on"},
      {"/stages/from", uint8, "", "step", "stage that it left"},
      {"/stages/to", uint8, "", "step", "stage that it reached"},
      {"/stages/reason", uint8, "", "step", "why"},
      // Every transfer of money from day 0 on; with --record full.
      {"/ledger/policy", uint16, "", "transfer", "position of the policy along /policy"},
      {"/ledger/replicate", int32, "1", "transfer", "number of the replicate"},
      {"/ledger/day", int32, "day", "transfer", "day of the transfer"},
      {"/ledger/from", uint32, "1", "transfer", "account that paid, along /accounts/account"},
      {"/ledger/to", uint32, "1", "transfer", "account that received"},
      {"/ledger/cents", int64, "0.01 CNY", "transfer", "amount"},
      {"/ledger/reason", uint8, "", "transfer", "what for"},
      {"/ledger/case", int64, "1", "transfer", "id of the dispute, as in /cases/id; 0 where there is none"},
      {"/accounts/owner", uint8, "", "account", "kind of party whose account it is"},
      {"/accounts/index", uint32, "1", "account", "number of the party among those of its kind"},
      {"/accounts/place", uint16, "", "account",
       "position of its district along /place; the first for all of the place"},
      // Parties at the end of each month; with --record full.
      {"/snapshots/month", int32, "days since the start date", "month", "first day of the month at whose end it was"},
      {"/snapshots/hospitals/safety", float32, "1", "policy replicate month hospital", "safety stock"},
      {"/snapshots/hospitals/occupancy", float32, "1", "policy replicate month hospital", "beds in use, share"},
      {"/snapshots/hospitals/disclosure", float32, "1", "policy replicate month hospital",
       "chance that an adverse event is disclosed"},
      {"/snapshots/hospitals/premium_factor", float32, "1", "policy replicate month hospital",
       "premium over that of the hospital's class"},
      {"/snapshots/hospitals/liability", float32, "1", "policy replicate month hospital",
       "compensation of last year, share of revenue"},
      {"/snapshots/hospitals/morale_lost", float32, "1", "policy replicate month hospital",
       "morale lost, added over its doctors"},
      {"/snapshots/hospitals/reserve", int64, "0.01 CNY", "policy replicate month hospital", "balance of its account"},
      {"/snapshots/insurers/reserve", int64, "0.01 CNY", "policy replicate month insurer", "balance of its account"},
      {"/snapshots/insurers/premium_level", float32, "1", "policy replicate month insurer",
       "its premiums over those of the place"},
      {"/snapshots/insurers/ruins", int32, "1", "policy replicate month insurer", "times that it was ruined so far"},
      {"/snapshots/providers/reserve", int64, "0.01 CNY", "policy replicate month provider", "balance of its account"},
      {"/snapshots/providers/quality", float32, "1", "policy replicate month provider",
       "what it adds to the skill of its people"},
      {"/snapshots/districts/attention", float32, "1", "policy replicate month place",
       "attention of leaders, city and province included"},
      {"/snapshots/districts/media", float32, "1", "policy replicate month place", "strength of the media field"},
      {"/snapshots/districts/excitation", float32, "1/day", "policy replicate month place",
       "rate of disturbances by example"},
      {"/snapshots/districts/aggressive_share", float32, "1", "policy replicate month place",
       "share of lawyers who follow the aggressive strategy"},
      {"/snapshots/districts/disturbance_premium", float32, "1", "policy replicate month place",
       "what disturbances have been seen to bring, share of the entitlement"},
      {"/snapshots/agencies/agency", text, "", "agency", "kind of bureau"},
      {"/snapshots/agencies/spent", int64, "0.01 CNY", "policy replicate month place agency",
       "spent since the beginning of the year"},
      {"/snapshots/patients/patient", uint32, "1", "patient", "number of the patient within the place"},
      {"/snapshots/patients/trust", float32, "1", "policy replicate month patient object",
       "trust, with what contacts and the media say"},
      {"/snapshots/patients/object", text, "", "object", "who is trusted"},
      {"/snapshots/patients/anger", float32, "1", "policy replicate month patient", "residual anger"},
      {"/snapshots/patients/harm", float32, "1", "policy replicate month patient", "own harms, joined and fading"},
      {"/snapshots/mediators/policy", uint16, "", "row", "position of the policy along /policy"},
      {"/snapshots/mediators/replicate", int32, "1", "row", "number of the replicate"},
      {"/snapshots/mediators/month", int32, "1", "row", "position along /snapshots/month"},
      {"/snapshots/mediators/post", uint32, "1", "row", "name of the post, as in /cases/mediator"},
      {"/snapshots/mediators/generation", uint32, "1", "row", "how many held the post before"},
      {"/snapshots/mediators/committee", uint32, "1", "row", "number of the committee"},
      {"/snapshots/mediators/at_work", uint8, "", "row", "whether the post is funded and filled"},
      {"/snapshots/mediators/law", float32, "1", "row", "legal skill, 0 to 1"},
      {"/snapshots/mediators/medicine", float32, "1", "row", "medical skill, 0 to 1"},
      {"/snapshots/mediators/mission", float32, "CNY", "row", "what a solved case is worth to the mediator"},
      {"/snapshots/mediators/load", float32, "1", "row", "part of the coming month that is spoken for"},
      {"/snapshots/mediators/reputation_patient", float32, "1", "row", "earned neutrality as patients see it, -1 to 1"},
      {"/snapshots/mediators/reputation_hospital", float32, "1", "row",
       "earned neutrality as hospitals see it, -1 to 1"},
      // One hash of the whole state of the world at the end of each month.
      {"/certificate/state", uint64, "", "policy replicate month", "hash of the world at the end of the month"},
      {"/certificate/burn_in_state", uint64, "", "replicate burn_in_month",
       "the same in the burn-in, which every policy of a replicate shares; the last one names it"},
      // The institutional graph: parties, and edges in compressed rows both ways.
      {"/graph/node_name", text, "", "node", "name of the party"},
      {"/graph/node_kind", uint8, "", "node", "kind of party"},
      {"/graph/node_index", uint32, "1", "node", "number among the parties of its kind, as in /cases/hospital"},
      {"/graph/node_place", uint16, "", "node",
       "position of its district along /place; the first for all of the place"},
      {"/graph/indptr", uint32, "1", "node_boundary", "first edge of each node, then the number of edges"},
      {"/graph/indices", uint32, "1", "edge", "node to which the edge leads"},
      {"/graph/edge_kind", uint8, "", "edge", "what the first party does for or to the second"},
      {"/graph/weight", float32, "1", "edge", "share of the flow, for treats and funds; 1 elsewhere"},
      {"/graph/base_probability", float32, "1", "edge", "probability that a hand-off arrives, at customary linkage"},
      {"/graph/base_delay", float32, "day", "edge", "mean delay of a hand-off, at customary linkage"},
      {"/graph/base_information_loss", float32, "1", "edge",
       "share of what was known that a hand-off loses, at customary linkage"},
      {"/graph/probability", float32, "1", "policy edge",
       "probability that a hand-off arrives, in force on the last day"},
      {"/graph/delay", float32, "day", "policy edge", "mean delay of a hand-off, in force on the last day"},
      {"/graph/information_loss", float32, "1", "policy edge",
       "share of what was known that a hand-off loses, in force on the last day"},
      {"/graph/reverse_indptr", uint32, "1", "node_boundary",
       "first position in reverse_edge of each node, then the number of edges"},
      {"/graph/reverse_edge", uint32, "1", "edge", "edges by the node at which they arrive, then by origin"},
      // Every number that a scenario may set, as it was in force.
      {"/parameters/name", text, "", "parameter", "key of the parameter, place number or lever of the status quo"},
      {"/parameters/value", float64, "", "parameter", "value in force, in the unit of the same row"},
      {"/parameters/unit", text, "", "parameter", "unit of the value, 1 for a pure number"},
      {"/parameters/symbol", text, "", "parameter", "symbol on the page of the mechanism"},
      {"/parameters/low", float64, "", "parameter", "smallest value that a scenario may use"},
      {"/parameters/high", float64, "", "parameter", "largest value that a scenario may use"},
      {"/parameters/meaning", text, "", "parameter", "what the number means"},
      {"/parameters/source", text, "", "parameter", "where the default comes from"},
      {"/parameters/confidence", text, "", "parameter", "A published and read, A* from memory, B derived, C assumed"},
      // What each policy sets in each district.
      {"/levers/lever", text, "", "lever", "name of the lever"},
      {"/levers/value", float64, "", "policy place lever", "value in force, in the unit of the lever"},
      {"/levers/unit", text, "", "lever", "unit of the value, 1 for a pure number"},
      {"/levers/symbol", text, "", "lever", "symbol on the page of the instrument"},
      {"/levers/low", float64, "", "lever", "smallest value that a scenario may use"},
      {"/levers/high", float64, "", "lever", "largest value that a scenario may use"},
      {"/levers/meaning", text, "", "lever", "what the lever does"},
      // Which differences answer the question of the study.
      {"/contrasts/contrast", text, "", "difference", "slug of the contrast"},
      {"/contrasts/title", text, "", "difference", "name of the contrast"},
      {"/contrasts/policy", text, "", "difference", "policy of which the baseline is subtracted"},
      {"/contrasts/baseline", text, "", "difference", "policy that is subtracted"},
      {"/contrasts/solved_lever", text, "", "difference", "lever that was solved for; empty where none was"},
      {"/contrasts/solved_value", float64, "", "difference", "value found for the solved lever; NaN where none was"},
      {"/contrasts/spending_gap", float64, "1", "difference",
       "public outlay of the policy over that of its baseline, less one; NaN where nothing was solved"},
      {"/contrasts/tolerance", float64, "1", "difference",
       "gap within which spending counts as equal; NaN where nothing was solved"},
      // What comes of it: policy minus baseline on the same luck.
      {"/differences/metric", text, "", "metric", "name of the metric at the root"},
      {"/differences/unit", text, "", "metric", "unit of the figures below"},
      {"/differences/contrast", text, "", "difference", "slug of the contrast"},
      {"/differences/policy", text, "", "difference", "policy of which the baseline is subtracted"},
      {"/differences/baseline", text, "", "difference", "policy that is subtracted"},
      {"/differences/value", float64, "", "difference replicate metric",
       "difference over the whole run and place: of totals, of mean stocks, of trust by head"},
      {"/differences/mean", float64, "", "difference metric", "its mean over replicates"},
      {"/differences/standard_error", float64, "", "difference metric",
       "standard error of that mean; NaN for a single replicate"},
      // What was asked.
      {"/provenance/scenario", text, "", "", "the study as resolved, every default written out, in YAML"},
      {"/provenance/scenario_schema", int32, "1", "", "version of the format of that text"},
      {"/provenance/study", text, "", "", "slug of the study"},
      {"/provenance/place_slug", text, "", "", "slug of the place"},
      {"/provenance/start_date", text, "", "", "day 0"},
      {"/provenance/seed", text, "", "", "seed of the study, as text because it may exceed what a double holds"},
      {"/provenance/years", int32, "year", "", "years recorded"},
      {"/provenance/burn_in_years", int32, "year", "", "years run before them under the status quo"},
      {"/provenance/replicates", int32, "1", "", "replicates asked for"},
      {"/provenance/record", text, "", "", "what was recorded: metrics, cases or full"},
      {"/provenance/daily", uint8, "", "", "whether the periods at the root are days instead of months"},
      {"/provenance/panel", int64, "1", "", "patients asked to be followed in the snapshots"},
      {"/provenance/sources", text, "", "source", "what the place and the modes cite"},
      // How it was run; not part of the digest.
      {"/provenance/run/command", text, "", "", "command line or call"},
      {"/provenance/run/started", text, "", "", "start of the run, UTC"},
      {"/provenance/run/ended", text, "", "", "end of the run, UTC"},
      {"/provenance/run/seconds", float64, "s", "", "time that the run took"},
      {"/provenance/run/threads", int32, "1", "", "threads used"},
      {"/provenance/run/person_days", int64, "day", "", "person-days simulated, burn-in included"},
      {"/provenance/run/adverse_events", int64, "1", "", "adverse events simulated, burn-in included"},
      {"/provenance/run/version", text, "", "", "version of Parley"},
      {"/provenance/run/commit", text, "", "", "commit of Parley"},
      {"/provenance/run/compiler", text, "", "", "compiler of the simulator"},
      {"/provenance/run/libraries", text, "", "", "libraries that wrote the file, with their versions"},
      {"/provenance/run/digest", text, "", "",
       "SHA-256 of everything outside /provenance/run, by which damage is noticed"},
  };
  entries.insert(entries.end(), rest.begin(), rest.end());
  return entries;
}

inline const std::vector<CatalogueEntry>& catalogue() {
  static const std::vector<CatalogueEntry> entries = make_catalogue();
  return entries;
}

}  // namespace parley
