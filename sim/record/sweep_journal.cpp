#include "sim/record/sweep_journal.hpp"

#include <sys/stat.h>

#include "sim/base/bytes.hpp"
#include "sim/base/error.hpp"
#include "sim/record/replicate_bytes.hpp"
#include "sim/scenario/read.hpp"

namespace parley {
namespace {

constexpr std::uint32_t payload_format = 1001;  // those of single studies count from 1

std::vector<std::uint8_t> bytes_of_header(const SweepHeader& header) {
  ByteWriter bytes;
  bytes.number(payload_format);
  bytes.text(header.scenario);
  bytes.size(header.points.keys.size());
  for (const std::string& key : header.points.keys) bytes.text(key);
  bytes.size(header.points.rows.size());
  for (const std::vector<double>& row : header.points.rows)
    for (const double value : row) bytes.number(value);
  bytes.text(header.design);
  bytes.text(header.program);
  return bytes.take();
}

bool of_a_sweep(const std::vector<std::uint8_t>& payload) {
  return payload.size() >= sizeof payload_format && ByteReader(payload).number<std::uint32_t>() == payload_format;
}

SweepHeader header_of(const std::string& path, const std::vector<std::uint8_t>& payload) {
  if (!of_a_sweep(payload))
    throw FileError("Cannot use " + path +
                    ": it is not the journal of a sweep, or another version of Parley began it.");
  ByteReader bytes(payload);
  bytes.number<std::uint32_t>();
  SweepHeader header;
  header.scenario = bytes.text();
  const std::size_t keys = bytes.size();
  for (std::size_t k = 0; k < keys; ++k) header.points.keys.push_back(bytes.text());
  const std::size_t rows = bytes.size();
  for (std::size_t r = 0; r < rows; ++r) {
    header.points.rows.emplace_back();
    for (std::size_t k = 0; k < keys; ++k) header.points.rows.back().push_back(bytes.number<double>());
  }
  header.design = bytes.text();
  header.program = bytes.text();
  bytes.finish();
  return header;
}

bool exists(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0;
}

}  // namespace

Study SweepHeader::study() const { return read_study_text(scenario, "the scenario of the sweep"); }

SweepJournal::SweepJournal(Journal journal, SweepHeader header)
    : journal_(std::move(journal)), header_(std::move(header)) {}

std::unique_ptr<SweepJournal> SweepJournal::open(const std::string& file, const SweepHeader& asked, bool force) {
  const std::string path = journal_of(file);
  const std::vector<std::uint8_t> header = bytes_of_header(asked);
  if (exists(path) && !force) {
    std::unique_ptr<Journal> old;
    try {
      old = std::make_unique<Journal>(Journal::resume(path));
    } catch (const FileError&) {
      // Nothing in it counts, or somebody is writing it: begin() tells which.
    }
    if (old != nullptr && old->payload(old->entries()[0]) == header)
      return std::unique_ptr<SweepJournal>(new SweepJournal(std::move(*old), asked));
    if (old != nullptr && old->entries().size() > 1)
      throw FileError("Cannot write " + file + ": " + path +
                      " keeps what another run finished before it was interrupted; finish it with parley resume " +
                      file + ", choose another file, or drop it with --force.");
  }
  return std::unique_ptr<SweepJournal>(new SweepJournal(Journal::begin(path, header), asked));
}

std::unique_ptr<SweepJournal> SweepJournal::resume(const std::string& file, const std::string& program) {
  const std::string path = journal_of(file);
  if (!exists(path))
    throw FileError("Cannot resume " + file + ": there is no " + path +
                    " beside it, so nothing was interrupted there.");
  Journal journal = Journal::resume(path);
  SweepHeader header = header_of(path, journal.payload(journal.entries()[0]));
  if (header.program != program)
    throw FileError("Cannot resume " + file + ": it was begun by Parley " + header.program + ", and this is " +
                    program + "; go on with that one, or run the sweep again.");
  return std::unique_ptr<SweepJournal>(new SweepJournal(std::move(journal), std::move(header)));
}

void SweepJournal::keep(std::uint64_t first, const std::vector<double>& values) {
  journal_.append(JournalKind::batch, first, bytes_of(values));
}

std::vector<std::pair<std::uint64_t, std::vector<double>>> SweepJournal::batches() const {
  std::vector<std::pair<std::uint64_t, std::vector<double>>> out;
  for (const JournalEntry& entry : journal_.entries()) {
    if (entry.kind != JournalKind::batch) continue;
    out.emplace_back(entry.key, std::vector<double>{});
    read_bytes(journal_.payload(entry), out.back().second);
  }
  return out;
}

bool has_sweep_journal(const std::string& file) {
  if (!exists(journal_of(file))) return false;
  const JournalReader reader(journal_of(file));
  return of_a_sweep(reader.payload(reader.entries()[0]));
}

}  // namespace parley
