// The parts of a record that follow a run through time: what each dispute went through, each transfer of money, the
// parties month by month, the hashes that prove it, and what the policies differ in.
#pragma once
#include "sim/record/builder.hpp"

namespace parley {

// Groups stages, ledger, accounts and snapshots.
void add_history(ImageBuilder& file, const StudyResult& result);
void add_differences(ImageBuilder& file, const StudyResult& result);
void add_certificate(ImageBuilder& file, const StudyResult& result);

}  // namespace parley
