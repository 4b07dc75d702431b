// Puts bytes under a name, whole or not at all: FILE.partial in the same folder, flushed to the disk, then renamed.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace parley {

// Throws a FileError of one sentence if nothing can be written there: folder missing, no permission, a folder or a
// device in the way, somebody else writing. Leaves no trace.
void check_writable(const std::string& path);

// The FileError for an error number of the system.
[[noreturn]] void fail_writing(const std::string& path, int error);

// Replaces whatever stands under that name. On a FileError the old content is untouched.
void save(const std::string& path, const std::vector<std::uint8_t>& bytes);

}  // namespace parley
