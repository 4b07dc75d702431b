// The only file that knows HDF5. Writing goes to memory, so that a full disk is an ordinary write error elsewhere and
// never reaches the library, which may crash the process at exit after one (HDF5 1.10).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/record/image.hpp"

namespace parley {

// The bytes of an HDF5 file that NetCDF-4 readers understand as well, sealed by their hash at the end.
std::vector<std::uint8_t> hdf5_bytes(const Image& image);

// "HDF5 1.10.8, Boost 1.81.0"
std::string library_versions();

// Reads a file back, without dimension names. Only what Parley writes is accepted: known types and filters, nothing
// stored outside the file, sizes that the file can hold. Anything else, and a broken seal, is a FileError.
Image read_hdf5(const std::string& path);

// Whether the file is HDF5 and carries Parley's mark. A file that another program is writing is a FileError.
bool is_parley_file(const std::string& path);

}  // namespace parley
