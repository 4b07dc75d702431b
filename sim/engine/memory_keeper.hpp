// Keeps what a run has finished in memory, for a run of the same study with more replicates.
#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "sim/engine/keeper.hpp"

namespace parley {

class MemoryKeeper : public Keeper {
 public:
  std::optional<std::vector<double>> solved(int attempt) override { return find(solved_, attempt); }
  void keep_solved(int attempt, const std::vector<double>& values) override { put(solved_, attempt, values); }
  std::optional<FinishedReplicate> finished(int attempt, int replicate) override {
    return find(finished_, std::pair{attempt, replicate});
  }
  void keep(int attempt, int replicate, const FinishedReplicate& done) override {
    put(finished_, std::pair{attempt, replicate}, done);
  }
  std::optional<Checkpoint> checkpoint(int, int) override { return {}; }
  void keep_checkpoint(int, int, const Checkpoint&) override {}

 private:
  template <class Key, class Value>
  std::optional<Value> find(const std::map<Key, Value>& map, const Key& key) {
    const std::lock_guard lock(guard_);
    const auto found = map.find(key);
    if (found == map.end()) return {};
    return found->second;
  }
  template <class Key, class Value>
  void put(std::map<Key, Value>& map, const Key& key, const Value& value) {
    const std::lock_guard lock(guard_);
    map[key] = value;
  }

  std::mutex guard_;
  std::map<int, std::vector<double>> solved_;
  std::map<std::pair<int, int>, FinishedReplicate> finished_;
};

}  // namespace parley
