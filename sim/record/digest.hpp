// What "the same results" means: one SHA-256 over everything scientific in a record.
//
// Hashed in this order, each number little-endian, each text preceded by its length as uint64:
//   "parley-digest-1"
//   every group and dataset outside /provenance/run, sorted by path:
//     path, "group" or the type name, number of axes and lengths (uint64), elements (bytes, or texts),
//     number of attributes (uint64), and sorted by name: name, type name, number of values (uint64), values as elements
// How a file stores them (chunks, compression, byte order, dimension scales) does not count, nor do the attributes by
// which HDF5 and netCDF mark scales. So the digest of a file is that of the result in memory, wherever it was made.
#pragma once
#include <string>
#include <string_view>

#include "sim/record/image.hpp"

namespace parley {

// 64 hexadecimal digits.
std::string digest(const Image& image);

// Attributes that a file library adds by itself.
bool is_machinery(std::string_view attribute);

// Under /provenance/run: how a run was carried out, never what came out.
bool outside_digest(std::string_view path);

}  // namespace parley
