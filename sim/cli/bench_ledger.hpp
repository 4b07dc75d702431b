// How fast a long ledger is written and read.
#pragma once
#include <cstdint>
#include <cstdio>

namespace parley {

// A file with so many transfers is built, saved beside the working folder's files, checked and read; prints rows and
// megabytes per second.
void bench_ledger(std::FILE* out, std::int64_t rows, bool json);

}  // namespace parley
