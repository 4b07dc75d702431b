#include "sim/record/save.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "sim/base/error.hpp"

namespace parley {
namespace {

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

// Where a link points to, so that the link stays and its target is replaced.
std::string without_link(const std::string& path) {
  struct stat info;
  if (lstat(path.c_str(), &info) != 0 || !S_ISLNK(info.st_mode)) return path;
  char resolved[PATH_MAX];
  return realpath(path.c_str(), resolved) ? resolved : path;
}

}  // namespace

void fail_writing(const std::string& path, int error) {
  const std::string start = "Cannot write " + path + ": ";
  const std::string folder = folder_of(path);
  switch (error) {
    case ENOENT:
      throw FileError(start + "the folder " + folder + " does not exist; create it or choose another place.");
    case ENOTDIR:
      throw FileError(start + folder + " is not a folder; choose another place.");
    case EACCES:
    case EPERM:
      throw FileError(start + "you may not create files in the folder " + folder + "; choose another place.");
    case EROFS:
      throw FileError(start + "the folder " + folder + " is on a read-only disk; choose another place.");
    case ENOSPC:
    case EDQUOT:
      throw FileError(start + "the disk is full; make room or choose another place.");
    case EFBIG:
      throw FileError(start + "the file would be larger than the system allows; choose another place.");
    case ENAMETOOLONG:
      throw FileError(start + "the name is too long.");
    default:
      throw FileError(start + std::strerror(error) + ".");
  }
}

namespace {

// FILE.partial, open and locked against a second writer; removed again unless it was renamed.
class PartialFile {
 public:
  explicit PartialFile(const std::string& path)
      : path_(path), target_(without_link(path)), partial_(target_ + ".partial") {
    struct stat info;
    if (stat(target_.c_str(), &info) == 0) {
      if (S_ISDIR(info.st_mode))
        throw FileError("Cannot write " + path_ + ": it is a folder; give the name of a file.");
      if (!S_ISREG(info.st_mode)) throw FileError("Cannot write " + path_ + ": it is not an ordinary file.");
    }
    file_ = open(partial_.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file_ < 0) {
      if (errno == EISDIR || errno == ELOOP)
        throw FileError("Cannot write " + path_ + ": " + partial_ + ", which is used while writing, is in the way.");
      fail_writing(path_, errno);
    }
    // The writer before us may have renamed the file that we have just opened.
    struct stat opened, named;
    const bool ours = flock(file_, LOCK_EX | LOCK_NB) == 0 && fstat(file_, &opened) == 0 &&
                      stat(partial_.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
                      opened.st_dev == named.st_dev;
    if (!ours) {
      close(file_);
      throw FileError("Cannot write " + path_ + ": another program is writing it at this moment.");
    }
    if (ftruncate(file_, 0) != 0) give_up(errno);
  }

  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  ~PartialFile() {
    if (!renamed_) unlink(partial_.c_str());
    if (file_ >= 0) close(file_);
  }

  void write_and_rename(const std::vector<std::uint8_t>& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t written = write(file_, bytes.data() + done, bytes.size() - done);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail_writing(path_, errno);
      done += static_cast<std::size_t>(written);
    }
    if (fsync(file_) != 0) fail_writing(path_, errno);
    if (rename(partial_.c_str(), target_.c_str()) != 0) fail_writing(path_, errno);
    renamed_ = true;
    // Some network disks report a full disk only here.
    const int closing = file_;
    file_ = -1;
    if (close(closing) != 0) fail_writing(path_, errno);
    flush_folder();
  }

 private:
  [[noreturn]] void give_up(int error) {
    unlink(partial_.c_str());
    close(file_);
    fail_writing(path_, error);
  }

  // The name itself has to reach the disk too. Some file systems cannot do that; the file is whole all the same.
  void flush_folder() {
    const int folder = open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    fsync(folder);
    close(folder);
  }

  std::string path_, target_, partial_;
  int file_ = -1;
  bool renamed_ = false;
};

}  // namespace

void check_writable(const std::string& path) { PartialFile file(path); }

void save(const std::string& path, const std::vector<std::uint8_t>& bytes) {
  PartialFile(path).write_and_rename(bytes);
}

}  // namespace parley
