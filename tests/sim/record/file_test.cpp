#include "sim/record/file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "sim/base/error.hpp"
#include "sim/record/catalogue.hpp"
#include "sim/record/digest.hpp"
#include "sim/record/hdf5_file.hpp"
#include "sim/record/save.hpp"
#include "tests/sim/record/small_result.hpp"
#include "tests/sim/record/temporary_folder.hpp"

namespace parley {
namespace {

WriteOptions fixed_run() {
  WriteOptions options;
  options.command = "parley run twin_towns";
  options.started = options.ended = "2025-01-01T00:00:00Z";
  return options;
}

constexpr const char* damaged =
    "Cannot read FOLDER/b.h5: it is damaged; run the study again or take another copy of the file.";
constexpr std::size_t seal_length = 80;  // the last line of the file: "parley-sha256", 64 digits

template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const FileError& error) {
    return error.what();
  }
  return "(no error)";
}

// The message, with the folder of the test taken out.
template <class Action>
std::string message_in(const TemporaryFolder& folder, Action action) {
  std::string message = message_of(action);
  for (std::size_t at; (at = message.find(folder.path().string())) != std::string::npos;)
    message.replace(at, folder.path().string().size(), "FOLDER");
  return message;
}

TEST(RecordFile, GivesBackWhatWasPutIn) {
  const TemporaryFolder folder;
  const StudyResult result = small_result();
  write_file(result, folder.file("a.h5"), fixed_run());
  const Image written = image_of(result), read = read_hdf5(folder.file("a.h5"));
  EXPECT_EQ(digest_file(folder.file("a.h5")), digest_of(result));
  EXPECT_EQ(read.datasets.size(), written.datasets.size());
  EXPECT_EQ(read.groups.size(), written.groups.size());
  for (const Dataset& dataset : written.datasets) {
    const Dataset* found = read.find(dataset.path);
    ASSERT_TRUE(found) << dataset.path;
    EXPECT_EQ(found->type, dataset.type) << dataset.path;
    EXPECT_EQ(found->shape, dataset.shape) << dataset.path;
    EXPECT_EQ(found->attributes.size(), dataset.attributes.size()) << dataset.path;
    if (outside_digest(dataset.path)) continue;
    EXPECT_EQ(found->bytes, dataset.bytes) << dataset.path;
    EXPECT_EQ(found->texts, dataset.texts) << dataset.path;
  }
  EXPECT_EQ(access(folder.file("a.h5.partial").c_str(), F_OK), -1);
}

TEST(RecordFile, HoldsExactlyTheDatasetsOfTheCatalogue) {
  const TemporaryFolder folder;
  write_file(small_result(), folder.file("a.h5"), fixed_run());
  const Image read = read_hdf5(folder.file("a.h5"));
  for (const CatalogueEntry& entry : catalogue()) EXPECT_TRUE(read.find(entry.path)) << entry.path;
  EXPECT_EQ(read.datasets.size(), catalogue().size());
}

TEST(RecordFile, IsTheSameByteByByteForTheSameRun) {
  const TemporaryFolder folder;
  write_file(small_result(), folder.file("a.h5"), fixed_run());
  write_file(small_result(), folder.file("b.h5"), fixed_run());
  EXPECT_GT(content_of(folder.file("a.h5")).size(), 1000u);
  EXPECT_EQ(content_of(folder.file("a.h5")), content_of(folder.file("b.h5")));

  StudyResult slower = small_result();
  slower.seconds = 100;
  write_file(slower, folder.file("c.h5"), fixed_run());
  EXPECT_NE(content_of(folder.file("c.h5")), content_of(folder.file("a.h5")));
  EXPECT_EQ(digest_file(folder.file("c.h5")), digest_file(folder.file("a.h5")));
}

TEST(RecordFile, KeepsAResultWithoutDisputesAndWithoutReplicates) {
  const TemporaryFolder folder;
  StudyResult empty = small_result();
  for (auto& arm : empty.results)
    for (auto& replicate : arm) replicate.cases.clear();
  write_file(empty, folder.file("a.h5"), fixed_run());
  EXPECT_EQ(digest_file(folder.file("a.h5")), digest_of(empty));
  for (auto& arm : empty.results) arm.clear();
  empty.replicates.clear();
  empty.study.place.sources.clear();
  write_file(empty, folder.file("a.h5"), fixed_run());
  EXPECT_EQ(digest_file(folder.file("a.h5")), digest_of(empty));
}

TEST(RecordFile, NoticesDamageToAnyByte) {
  const TemporaryFolder folder;
  write_file(small_result(), folder.file("a.h5"), fixed_run());
  const std::string whole = content_of(folder.file("a.h5"));
  const std::size_t step = whole.size() / 250 + 1;
  for (std::size_t at = 0; at < whole.size() - seal_length; at += step) {
    std::string bent = whole;
    bent[at] = static_cast<char>(bent[at] ^ (1 << (at % 8)));
    put_content(folder.file("b.h5"), bent);
    EXPECT_EQ(message_in(folder, [&] { digest_file(folder.file("b.h5")); }), damaged) << "byte " << at;
  }
}

TEST(RecordFile, IsReadWithoutItsSealToo) {
  const TemporaryFolder folder;
  write_file(small_result(), folder.file("a.h5"), fixed_run());
  const std::string whole = content_of(folder.file("a.h5"));
  for (const std::size_t cut : {std::size_t{1}, seal_length}) {
    put_content(folder.file("b.h5"), whole.substr(0, whole.size() - cut));
    EXPECT_EQ(digest_file(folder.file("b.h5")), digest_of(small_result()));
  }
  std::string bent = whole;
  bent[whole.size() - 2] = bent[whole.size() - 2] == '0' ? '1' : '0';
  put_content(folder.file("b.h5"), bent);
  EXPECT_EQ(message_in(folder, [&] { digest_file(folder.file("b.h5")); }), damaged);
}

// Other programs do not know the seal, but HDF5 checks each block of numbers.
TEST(RecordFile, HasChecksumsThatEveryReaderKnows) {
  const TemporaryFolder folder;
  write_file(small_result(), folder.file("a.h5"), fixed_run());
  const hid_t file = H5Fopen(folder.file("a.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const hid_t dataset = H5Dopen2(file, "/cases/demand", H5P_DEFAULT);
  haddr_t address = 0;
  hsize_t length = 0;
  const hsize_t origin = 0;
  ASSERT_GE(H5Dget_chunk_info_by_coord(dataset, &origin, nullptr, &address, &length), 0);
  H5Dclose(dataset);
  H5Fclose(file);

  std::string bent = content_of(folder.file("a.h5"));
  bent.resize(bent.size() - seal_length);
  for (hsize_t at = 0; at < length; ++at) {
    bent[address + at] = static_cast<char>(bent[address + at] ^ 16);
    put_content(folder.file("b.h5"), bent);
    EXPECT_EQ(
        message_in(folder, [&] { digest_file(folder.file("b.h5")); }),
        "Cannot read FOLDER/b.h5: /cases/demand is damaged; run the study again or take another copy of the file.");
    bent[address + at] = static_cast<char>(bent[address + at] ^ 16);
  }
}

TEST(RecordFile, NoticesAFileThatWasCutShort) {
  const TemporaryFolder folder;
  write_file(small_result(), folder.file("a.h5"), fixed_run());
  const std::string whole = content_of(folder.file("a.h5"));
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{4}, std::size_t{100}, whole.size() / 2, whole.size() - seal_length - 1}) {
    put_content(folder.file("b.h5"), whole.substr(0, size));
    EXPECT_EQ(message_in(folder, [&] { digest_file(folder.file("b.h5")); }),
              "Cannot read FOLDER/b.h5: it is not an HDF5 file, or it is damaged.");
  }
}

TEST(RecordFile, ReplacesItsOwnFilesOnly) {
  const TemporaryFolder folder;
  write_file(small_result(), folder.file("a.h5"), fixed_run());
  StudyResult other = small_result();
  other.results[0][0].cases[0].paid.cents += 1;
  write_file(other, folder.file("a.h5"), fixed_run());
  EXPECT_EQ(digest_file(folder.file("a.h5")), digest_of(other));

  put_content(folder.file("thesis.docx"), "years of work");
  EXPECT_EQ(message_in(folder, [&] { write_file(other, folder.file("thesis.docx"), fixed_run()); }),
            "Cannot write FOLDER/thesis.docx: a file of that name exists and was not written by Parley; choose another "
            "name, or replace it with --force.");
  EXPECT_EQ(content_of(folder.file("thesis.docx")), "years of work");
  WriteOptions forced = fixed_run();
  forced.force = true;
  write_file(other, folder.file("thesis.docx"), forced);
  EXPECT_EQ(digest_file(folder.file("thesis.docx")), digest_of(other));
}

TEST(RecordFile, FollowsALinkInsteadOfReplacingIt) {
  const TemporaryFolder folder;
  write_file(small_result(), folder.file("target.h5"), fixed_run());
  std::filesystem::create_symlink("target.h5", folder.path() / "link.h5");
  StudyResult other = small_result();
  other.results[0][0].cases[0].paid.cents += 1;
  write_file(other, folder.file("link.h5"), fixed_run());
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path() / "link.h5"));
  EXPECT_EQ(digest_file(folder.file("target.h5")), digest_of(other));
}

TEST(RecordFile, SaysWhyItCannotWrite) {
  const TemporaryFolder folder;
  const auto write = [&](const std::string& name) {
    return message_in(folder, [&] { write_file(small_result(), folder.file(name), fixed_run()); });
  };
  EXPECT_EQ(
      write("missing/a.h5"),
      "Cannot write FOLDER/missing/a.h5: the folder FOLDER/missing does not exist; create it or choose another place.");
  put_content(folder.file("plain"), "x");
  EXPECT_EQ(write("plain/a.h5"), "Cannot write FOLDER/plain/a.h5: FOLDER/plain is not a folder; choose another place.");
  std::filesystem::create_directory(folder.path() / "sub");
  EXPECT_EQ(write("sub"), "Cannot write FOLDER/sub: it is a folder; give the name of a file.");
  EXPECT_EQ(write(std::string(300, 'x')), "Cannot write FOLDER/" + std::string(300, 'x') + ": the name is too long.");
  EXPECT_EQ(message_of([] { write_file(small_result(), "/dev/null", fixed_run()); }),
            "Cannot write /dev/null: it is not an ordinary file.");
}

TEST(RecordFile, SaysThatAFolderMayNotBeWrittenTo) {
  const TemporaryFolder folder;
  chmod(folder.path().c_str(), 0555);
  // Root may write anywhere, so it becomes somebody else for a moment.
  const bool root = geteuid() == 0;
  if (root) {
    ASSERT_EQ(seteuid(65534), 0);
  }
  const std::string message = message_in(folder, [&] { write_file(small_result(), folder.file("a.h5"), fixed_run()); });
  if (root) {
    ASSERT_EQ(seteuid(0), 0);
  }
  chmod(folder.path().c_str(), 0755);
  EXPECT_EQ(message, "Cannot write FOLDER/a.h5: you may not create files in the folder FOLDER; choose another place.");
}

TEST(RecordFile, LeavesTheOldFileWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  write_file(small_result(), folder.file("a.h5"), fixed_run());
  const std::string before = content_of(folder.file("a.h5"));
  StudyResult other = small_result();
  other.results[0][0].cases[0].paid.cents += 1;

  // A limit on the size of files stands in for a disk without room: the same call fails in the same way.
  rlimit old_limit;
  getrlimit(RLIMIT_FSIZE, &old_limit);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = old_limit;
  small.rlim_cur = before.size() / 2;
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string message = message_in(folder, [&] { write_file(other, folder.file("a.h5"), fixed_run()); });
  setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_handler);

  EXPECT_EQ(message,
            "Cannot write FOLDER/a.h5: the file would be larger than the system allows; choose another place.");
  EXPECT_EQ(content_of(folder.file("a.h5")), before);
  EXPECT_EQ(access(folder.file("a.h5.partial").c_str(), F_OK), -1);
  write_file(other, folder.file("a.h5"), fixed_run());
  EXPECT_EQ(digest_file(folder.file("a.h5")), digest_of(other));
}

TEST(RecordFile, LetsOneProgramWriteAtATime) {
  const TemporaryFolder folder;
  const int other = open(folder.file("a.h5.partial").c_str(), O_WRONLY | O_CREAT, 0644);
  ASSERT_EQ(flock(other, LOCK_EX), 0);
  EXPECT_EQ(message_in(folder, [&] { write_file(small_result(), folder.file("a.h5"), fixed_run()); }),
            "Cannot write FOLDER/a.h5: another program is writing it at this moment.");
  close(other);
  // What a killed run left behind is in nobody's way.
  write_file(small_result(), folder.file("a.h5"), fixed_run());
  EXPECT_EQ(digest_file(folder.file("a.h5")), digest_of(small_result()));
}

TEST(RecordFile, SaysThatAFileIsLocked) {
  const TemporaryFolder folder;
  write_file(small_result(), folder.file("a.h5"), fixed_run());
  const int other = open(folder.file("a.h5").c_str(), O_RDWR);
  ASSERT_EQ(flock(other, LOCK_EX), 0);
  EXPECT_EQ(message_in(folder, [&] { digest_file(folder.file("a.h5")); }),
            "Cannot read FOLDER/a.h5: another program has it open for writing; close it there first.");
  close(other);
}

TEST(RecordFile, SaysWhyItCannotRead) {
  const TemporaryFolder folder;
  const auto read = [&](const std::string& name) {
    return message_in(folder, [&] { digest_file(folder.file(name)); });
  };
  EXPECT_EQ(read("none.h5"), "Cannot read FOLDER/none.h5: there is no such file.");
  put_content(folder.file("text.h5"), "not HDF5");
  EXPECT_EQ(read("text.h5"), "Cannot read FOLDER/text.h5: it is not an HDF5 file, or it is damaged.");
  Image foreign;
  foreign.groups = {{"/", {}}};
  save(folder.file("foreign.h5"), hdf5_bytes(foreign));
  EXPECT_EQ(read("foreign.h5"), "Cannot read FOLDER/foreign.h5: it is an HDF5 file, but not one of Parley.");
  EXPECT_FALSE(is_parley_file(folder.file("foreign.h5")));
  EXPECT_EQ(message_in(folder, [&] { digest_file(folder.path().string()); }),
            "Cannot read FOLDER: it is not an ordinary file.");
}

// A file that claims to be Parley's, with something else in it.
template <class Add>
void put_hostile(const std::string& path, Add add) {
  const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  const hid_t single = H5Screate(H5S_SCALAR);
  H5Aclose(H5Acreate2(file, "parley_format", H5T_STD_I32LE, single, H5P_DEFAULT, H5P_DEFAULT));
  H5Sclose(single);
  add(file);
  H5Fclose(file);
}

// Creates a row of bytes with the properties that set() gives it.
template <class Set>
void add_bytes(hid_t file, hid_t type, hsize_t length, Set set) {
  const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
  set(properties);
  const hid_t space = H5Screate_simple(1, &length, nullptr);
  H5Dclose(H5Dcreate2(file, "x", type, space, H5P_DEFAULT, properties, H5P_DEFAULT));
  H5Sclose(space);
  H5Pclose(properties);
}

TEST(RecordFile, ReadsNothingThatLiesElsewhereOrClaimsTooMuch) {
  const TemporaryFolder folder;
  const std::string secret = folder.file("secret");
  put_content(secret, "secret");
  const auto read = [&](auto add) {
    put_hostile(folder.file("a.h5"), add);
    return message_in(folder, [&] { read_hdf5(folder.file("a.h5")); });
  };
  const auto nothing = [](hid_t) {};
  const std::string start = "Cannot read FOLDER/a.h5: ", end = ", so this is not what Parley wrote.";
  EXPECT_EQ(read([](hid_t) {}), "(no error)");
  EXPECT_EQ(read([](hid_t file) { H5Lcreate_external("b.h5", "/", file, "x", H5P_DEFAULT, H5P_DEFAULT); }),
            start + "/x points to somewhere else" + end);
  EXPECT_EQ(read([](hid_t file) { H5Lcreate_soft("/x", file, "x", H5P_DEFAULT, H5P_DEFAULT); }),
            start + "/x points to somewhere else" + end);
  EXPECT_EQ(read([&](hid_t file) {
              add_bytes(file, H5T_STD_U8LE, 6, [&](hid_t made) { H5Pset_external(made, secret.c_str(), 0, 6); });
            }),
            start + "/x is stored in another file" + end);
  EXPECT_EQ(read([&](hid_t file) {
              add_bytes(file, H5T_STD_U8LE, 6, [&](hid_t made) {
                const hsize_t length = 6;
                const hid_t space = H5Screate_simple(1, &length, nullptr);
                H5Pset_virtual(made, space, "b.h5", "/x", space);
                H5Sclose(space);
              });
            }),
            start + "/x is stored elsewhere" + end);
  EXPECT_EQ(read([&](hid_t file) { add_bytes(file, H5T_STD_U8LE, hsize_t{1} << 43, nothing); }),
            start + "/x claims more data than the file can hold" + end);
  EXPECT_EQ(read([&](hid_t file) { add_bytes(file, H5T_STD_I64BE, 1, nothing); }),
            start + "/x has an unusual type" + end);
  EXPECT_EQ(read([](hid_t file) {
              hid_t group = H5Gcreate2(file, "g", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
              H5Lcreate_hard(file, "/g", group, "g", H5P_DEFAULT, H5P_DEFAULT);
              H5Gclose(group);
            }),
            start + "/g/g/g/g/g/g/g/g/g is nested too deeply" + end);
}

TEST(RecordFile, NoticesThatItWasEdited) {
  const TemporaryFolder folder;
  Image image = image_of(small_result());
  image.datasets[10].attributes[0].value = std::string("something else");
  save(folder.file("a.h5"), hdf5_bytes(image));
  EXPECT_EQ(message_in(folder, [&] { digest_file(folder.file("a.h5")); }),
            "Cannot trust FOLDER/a.h5: its content does not match the digest with which it was written, so it was "
            "damaged or edited afterwards.");
}

TEST(RecordFile, CanBeCheckedBeforeALongRun) {
  const TemporaryFolder folder;
  EXPECT_EQ(message_of([&] { check_destination(folder.file("a.h5"), false); }), "(no error)");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_NE(message_of([&] { check_destination(folder.file("missing/a.h5"), false); }), "(no error)");
  put_content(folder.file("b.h5"), "x");
  EXPECT_NE(message_of([&] { check_destination(folder.file("b.h5"), false); }), "(no error)");
  EXPECT_EQ(message_of([&] { check_destination(folder.file("b.h5"), true); }), "(no error)");
  EXPECT_EQ(content_of(folder.file("b.h5")), "x");
}

}  // namespace
}  // namespace parley
