#include "sim/record/replicate_bytes.hpp"

#include "sim/base/bytes.hpp"
#include "sim/base/fields.hpp"

namespace parley {
namespace {

class Writer {
 public:
  template <class Number>
  void number(Number value) {
    bytes_.number(value);
  }
  void list(const std::vector<std::uint8_t>& bytes, Walk<Writer>&) { bytes_.block(bytes); }
  template <class T>
  void list(const std::vector<T>& items, Walk<Writer>& walk) {
    bytes_.size(items.size());
    for (const T& item : items) walk(item);
  }
  // Its constructors keep it from being taken apart.
  void special(const MetricTable& table, Walk<Writer>& walk) {
    walk(table.months), walk(table.places), walk(table.values);
  }
  std::vector<std::uint8_t> take() { return bytes_.take(); }

 private:
  ByteWriter bytes_;
};

class Reader {
 public:
  explicit Reader(const std::vector<std::uint8_t>& bytes) : bytes_(bytes) {}
  template <class Number>
  void number(Number& value) {
    bytes_.number(value);
  }
  void list(std::vector<std::uint8_t>& bytes, Walk<Reader>&) { bytes = bytes_.block(); }
  template <class T>
  void list(std::vector<T>& items, Walk<Reader>& walk) {
    items.resize(bytes_.size());
    for (T& item : items) walk(item);
  }
  void special(MetricTable& table, Walk<Reader>& walk) {
    walk(table.months), walk(table.places), walk(table.values);
    const auto rows = static_cast<std::uint64_t>(table.months) * static_cast<std::uint64_t>(table.places);
    if (table.months < 0 || table.places < 0 || table.values.size() != rows * metric_count) ByteReader::unfit();
  }
  void finish() const { bytes_.finish(); }

 private:
  ByteReader bytes_;
};

template <class T>
std::vector<std::uint8_t> written(const T& value) {
  Writer writer;
  Walk<Writer> walk(writer);
  walk(value);
  return writer.take();
}

template <class T>
void read(const std::vector<std::uint8_t>& bytes, T& value) {
  Reader reader(bytes);
  Walk<Reader> walk(reader);
  walk(value);
  reader.finish();
}

}  // namespace

std::vector<std::uint8_t> bytes_of(const FinishedReplicate& replicate) { return written(replicate); }
std::vector<std::uint8_t> bytes_of(const Checkpoint& checkpoint) { return written(checkpoint); }
std::vector<std::uint8_t> bytes_of(const std::vector<double>& values) { return written(values); }

void read_bytes(const std::vector<std::uint8_t>& bytes, FinishedReplicate& replicate) { read(bytes, replicate); }
void read_bytes(const std::vector<std::uint8_t>& bytes, Checkpoint& checkpoint) { read(bytes, checkpoint); }
void read_bytes(const std::vector<std::uint8_t>& bytes, std::vector<double>& values) { read(bytes, values); }

}  // namespace parley
