#include "sim/record/file.hpp"

#include <sys/stat.h>

#include <cstdint>
#include <ctime>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/record/digest.hpp"
#include "sim/record/hdf5_file.hpp"
#include "sim/record/save.hpp"
#include "sim/record/sweep_record.hpp"

namespace parley {
namespace {

std::string utc_text(std::time_t moment) {
  std::tm parts{};
  gmtime_r(&moment, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

#if defined(__clang__)
constexpr const char* compiler_text = "clang " __clang_version__;
#elif defined(__GNUC__)
constexpr const char* compiler_text = "gcc " __VERSION__;
#else
constexpr const char* compiler_text = "unknown";
#endif

}  // namespace

void check_destination(const std::string& path, bool force) {
  check_writable(path);
  struct stat info;
  if (force || stat(path.c_str(), &info) != 0) return;
  if (!is_parley_file(path))
    throw FileError("Cannot write " + path +
                    ": a file of that name exists and was not written by Parley; "
                    "choose another name, or replace it with --force.");
}

void write_file(const StudyResult& result, const std::string& path, const WriteOptions& options) {
  check_destination(path, options.force);
  const std::time_t now = std::time(nullptr);
  const RunInfo run{
      options.command,
      options.started.empty() ? utc_text(now - static_cast<std::time_t>(result.seconds)) : options.started,
      options.ended.empty() ? utc_text(now) : options.ended,
      options.version,
      options.commit,
      compiler_text,
      library_versions()};
  const std::vector<std::uint8_t> bytes = hdf5_bytes(image_of(result, run));
  save(path, bytes);
}

void write_file(const SweepResult& result, const std::string& path, const std::string& program, bool force) {
  check_destination(path, force);
  save(path, hdf5_bytes(image_of(result, program)));
}

std::string digest_file(const std::string& path) {
  const Image image = read_hdf5(path);
  const std::string found = digest(image);
  const Dataset* written = image.find("/provenance/run/digest");
  if (!written || written->texts.size() != 1)
    throw FileError("Cannot read " + path +
                    ": it is not a complete Parley file, because /provenance/run/digest is missing.");
  if (written->texts[0] != found)
    throw FileError("Cannot trust " + path +
                    ": its content does not match the digest with which it was written, so it was "
                    "damaged or edited afterwards.");
  return found;
}

}  // namespace parley
