#include "sim/record/hdf5_file.hpp"

#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/version.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/base/sha256.hpp"
#include "sim/record/digest.hpp"

namespace parley {
namespace {

// What netCDF calls a scale that only gives an axis its name and length, followed by the length in ten columns.
constexpr const char* bare_dimension = "This is a netCDF dimension but not a netCDF variable.";
constexpr std::uint64_t chunk_elements = 65536;
constexpr unsigned deflate_level = 1;          // 6 takes four times as long for a few per cent
constexpr std::uint64_t deflate_limit = 1040;  // deflate cannot shrink anything further than 1032 : 1
constexpr int deepest_group = 8;
constexpr std::size_t most_objects = 10000;  // looking a name up by its number takes time in proportion to it
constexpr std::size_t core_increment = std::size_t{4} << 20;

// After the last byte that HDF5 knows of stands the hash of all bytes before it. HDF5 ignores what follows its end, and
// cuts it off when somebody edits the file. Damage is so noticed before the library, which crashes on some of it
// (1.10), sees the file; and by every byte, which the checksums inside do not cover.
constexpr std::string_view seal_word = "\nparley-sha256 ";
constexpr std::size_t seal_size = seal_word.size() + 64 + 1;

std::string seal(const Sha256& hash) { return std::string(seal_word) + hash.hex() + "\n"; }

// HDF5 prints its error stack unless told otherwise; our messages say what happened.
class QuietErrors {
 public:
  QuietErrors() {
    H5Eget_auto2(H5E_DEFAULT, &printer_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~QuietErrors() { H5Eset_auto2(H5E_DEFAULT, printer_, data_); }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;

 private:
  H5E_auto2_t printer_ = nullptr;
  void* data_ = nullptr;
};

// One open HDF5 object. The destructor is for the way out after an error; where closing can fail, close() is called.
class Handle {
 public:
  using Closer = herr_t (*)(hid_t);
  Handle(hid_t id, Closer closer) : id_(id), closer_(closer) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
  Handle& operator=(Handle&&) = delete;
  ~Handle() {
    if (id_ >= 0) closer_(id_);
  }
  operator hid_t() const { return id_; }
  bool is_open() const { return id_ >= 0; }
  herr_t close() { return closer_(std::exchange(id_, -1)); }

 private:
  hid_t id_;
  Closer closer_;
};

hid_t number_type(ElementType type) {
  switch (type) {
    case ElementType::int8:
      return H5T_STD_I8LE;
    case ElementType::int16:
      return H5T_STD_I16LE;
    case ElementType::int32:
      return H5T_STD_I32LE;
    case ElementType::int64:
      return H5T_STD_I64LE;
    case ElementType::uint8:
      return H5T_STD_U8LE;
    case ElementType::uint16:
      return H5T_STD_U16LE;
    case ElementType::uint32:
      return H5T_STD_U32LE;
    case ElementType::uint64:
      return H5T_STD_U64LE;
    case ElementType::float32:
      return H5T_IEEE_F32LE;
    case ElementType::float64:
      return H5T_IEEE_F64LE;
    case ElementType::text:
      break;
  }
  return -1;
}

// UTF-8 of any length; fixed-length strings crash Debian's ncdump.
Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

void reclaim(hid_t type, hid_t space, void* buffer) {
#if H5_VERSION_GE(1, 12, 0)
  H5Treclaim(type, space, H5P_DEFAULT, buffer);
#else
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, buffer);
#endif
}

std::string last_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// ---- Writing ----------------------------------------------------------------------------------------------------

// Memory is all that can run out while a file is built in memory.
template <class Result>
Result built(Result result, const std::string& what) {
  if (result < 0) throw FileError("Cannot build the record: HDF5 could not make " + what + "; is there enough memory?");
  return result;
}

std::vector<std::uint8_t> integer_bytes(const Attribute& attribute) {
  std::vector<std::uint8_t> bytes;
  for (const std::int64_t value : std::get<std::vector<std::int64_t>>(attribute.value)) {
    // The low bytes of a two's complement number are the number in the smaller type.
    std::vector<std::uint8_t> whole;
    append_little_endian(whole, value);
    bytes.insert(bytes.end(), whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(element_size(attribute.type)));
  }
  return bytes;
}

void write_attribute(hid_t object, const std::string& path, const Attribute& attribute) {
  const std::string what = "the attribute " + attribute.name + " of " + path;
  const auto write = [&](hid_t type, hid_t space, const void* data) {
    Handle created(built(H5Acreate2(object, attribute.name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), what),
                   H5Aclose);
    built(H5Awrite(created, type, data), what);
    built(created.close(), what);
  };
  const Handle single(built(H5Screate(H5S_SCALAR), what), H5Sclose);
  if (auto* text = std::get_if<std::string>(&attribute.value)) {
    const char* characters = text->c_str();
    write(text_type(), single, &characters);
  } else if (auto* real = std::get_if<double>(&attribute.value)) {
    std::vector<std::uint8_t> bytes;
    append_little_endian(bytes, *real);
    write(H5T_IEEE_F64LE, single, bytes.data());
  } else {
    const std::vector<std::uint8_t> bytes = integer_bytes(attribute);
    if (attribute.list) {
      const hsize_t length = bytes.size() / element_size(attribute.type);
      const Handle row(built(H5Screate_simple(1, &length, nullptr), what), H5Sclose);
      write(number_type(attribute.type), row, bytes.data());
    } else {
      write(number_type(attribute.type), single, bytes.data());
    }
  }
}

// Creation order is what netCDF needs to edit a file; times would make two equal runs differ.
template <class SetLinkOrder>
void set_object_properties(hid_t properties, SetLinkOrder set_link_order) {
  built(set_link_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "properties");
  built(H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "properties");
  built(H5Pset_obj_track_times(properties, false), "properties");
}

// Whole trailing axes as long as they fit: one policy and replicate of a metric, or 65,536 rows of a column.
std::vector<hsize_t> chunk_shape(const std::vector<std::uint64_t>& shape) {
  std::vector<hsize_t> chunk(shape.size(), 1);
  std::uint64_t room = chunk_elements;
  for (std::size_t axis = shape.size(); axis-- > 0 && room > 0;) {
    chunk[axis] = std::max<std::uint64_t>(1, std::min(shape[axis], room));
    room /= chunk[axis];
  }
  return chunk;
}

Handle create_dataset(hid_t file, const std::string& path, hid_t type, const std::vector<std::uint64_t>& shape,
                      bool filtered) {
  const std::vector<hsize_t> lengths(shape.begin(), shape.end());
  const Handle space(built(shape.empty() ? H5Screate(H5S_SCALAR)
                                         : H5Screate_simple(static_cast<int>(shape.size()), lengths.data(), nullptr),
                           path),
                     H5Sclose);
  const Handle properties(built(H5Pcreate(H5P_DATASET_CREATE), path), H5Pclose);
  set_object_properties(properties, [](hid_t, unsigned) { return 0; });
  if (filtered) {
    const std::vector<hsize_t> chunk = chunk_shape(shape);
    built(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), path);
    built(H5Pset_shuffle(properties), path);
    built(H5Pset_deflate(properties, deflate_level), path);
    built(H5Pset_fletcher32(properties), path);
  }
  return Handle(built(H5Dcreate2(file, path.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), path),
                H5Dclose);
}

void write_dataset(hid_t file, const Dataset& dataset) {
  const bool is_text = dataset.type == ElementType::text;
  const Handle text = text_type();
  const hid_t type = is_text ? static_cast<hid_t>(text) : number_type(dataset.type);
  const bool filtered = !is_text && !dataset.shape.empty() && dataset.elements() > 0;
  Handle created = create_dataset(file, dataset.path, type, dataset.shape, filtered);
  if (dataset.elements() > 0) {
    if (is_text) {
      std::vector<const char*> characters;
      for (const std::string& item : dataset.texts) characters.push_back(item.c_str());
      built(H5Dwrite(created, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, characters.data()), dataset.path);
    } else {
      built(H5Dwrite(created, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, dataset.bytes.data()), dataset.path);
    }
  }
  for (const Attribute& attribute : dataset.attributes) write_attribute(created, dataset.path, attribute);
  built(created.close(), dataset.path);
}

// An axis is either named on every axis of every dataset or nowhere: netCDF refuses files that mix.
void write_scales(hid_t file, const Image& image) {
  for (const Dimension& dimension : image.dimensions) {
    if (image.find(dimension.path)) {
      Handle scale(built(H5Dopen2(file, dimension.path.c_str(), H5P_DEFAULT), dimension.path), H5Dclose);
      built(H5DSset_scale(scale, last_name(dimension.path).c_str()), dimension.path);
      built(scale.close(), dimension.path);
    } else {
      // Nothing is ever written to it, so it takes no room whatever its length.
      Handle scale = create_dataset(file, dimension.path, H5T_IEEE_F32BE, {dimension.length}, false);
      char name[96];
      std::snprintf(name, sizeof name, "%s%10llu", bare_dimension, static_cast<unsigned long long>(dimension.length));
      built(H5DSset_scale(scale, name), dimension.path);
      built(scale.close(), dimension.path);
    }
  }
  for (const Dataset& dataset : image.datasets) {
    if (dataset.dimensions.size() == 1 && dataset.dimensions[0] == dataset.path) continue;  // it is the scale
    Handle opened(built(H5Dopen2(file, dataset.path.c_str(), H5P_DEFAULT), dataset.path), H5Dclose);
    for (std::size_t axis = 0; axis < dataset.dimensions.size(); ++axis) {
      Handle scale(built(H5Dopen2(file, dataset.dimensions[axis].c_str(), H5P_DEFAULT), dataset.path), H5Dclose);
      built(H5DSattach_scale(opened, scale, static_cast<unsigned>(axis)), dataset.path);
      built(scale.close(), dataset.path);
    }
    built(opened.close(), dataset.path);
  }
}

// ---- Reading ----------------------------------------------------------------------------------------------------

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_fapl_sec2(access);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    examine();
    file_ = H5Fopen(path.c_str(), H5F_ACC_RDONLY, access);
  }
  ~Reader() {
    if (file_ >= 0) H5Fclose(file_);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool is_hdf5() const { return file_ >= 0; }
  bool has_mark() const { return is_hdf5() && H5Aexists(file_, "parley_format") > 0; }

  Image read() {
    if (!is_hdf5()) fail("it is not an HDF5 file, or it is damaged");
    if (!has_mark()) fail("it is an HDF5 file, but not one of Parley");
    read_group(Handle(opened(H5Gopen2(file_, "/", H5P_DEFAULT), "/"), H5Gclose), "", 0);
    return std::move(image_);
  }

 private:
  [[noreturn]] void fail(const std::string& why) const { throw FileError("Cannot read " + path_ + ": " + why + "."); }
  [[noreturn]] void damaged(const std::string& object) const {
    fail(object + " is damaged; run the study again or take another copy of the file");
  }
  [[noreturn]] void foreign(const std::string& object, const std::string& why) const {
    fail(object + " " + why + ", so this is not what Parley wrote");
  }

  template <class Result>
  Result opened(Result result, const std::string& object) const {
    if (result < 0) damaged(object);
    return result;
  }

  // What can be told without HDF5: nobody is writing the file, and its seal is whole.
  void examine() {
    const int file = open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) fail(errno == ENOENT ? "there is no such file" : std::strerror(errno));
    struct stat info;
    const bool ordinary = fstat(file, &info) == 0 && S_ISREG(info.st_mode);
    const bool locked = ordinary && flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    file_size_ = ordinary ? static_cast<std::uint64_t>(info.st_size) : 0;
    const bool broken = ordinary && !locked && has_broken_seal(file);
    close(file);
    if (!ordinary) fail("it is not an ordinary file");
    if (locked) fail("another program has it open for writing; close it there first");
    if (broken) fail("it is damaged; run the study again or take another copy of the file");
  }

  bool has_broken_seal(int file) {
    if (file_size_ < seal_size) return false;
    const std::uint64_t body = file_size_ - seal_size;
    std::string found(seal_size, '\0');
    if (pread(file, found.data(), seal_size, static_cast<off_t>(body)) != static_cast<ssize_t>(seal_size)) return true;
    if (found.compare(0, seal_word.size(), seal_word) != 0) return false;
    Sha256 hash;
    std::vector<std::uint8_t> block(std::size_t{1} << 20);
    for (std::uint64_t done = 0; done < body;) {
      const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), body - done));
      const ssize_t got = pread(file, block.data(), wanted, static_cast<off_t>(done));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return true;
      hash.update(block.data(), static_cast<std::size_t>(got));
      done += static_cast<std::uint64_t>(got);
    }
    return found != seal(hash);
  }

  // Together, decoded data cannot be larger than a file of this size can hold.
  void spend(std::uint64_t bytes, const std::string& object) {
    const std::uint64_t budget = file_size_ * deflate_limit;
    if (bytes > budget || spent_ > budget - bytes) foreign(object, "claims more data than the file can hold");
    spent_ += bytes;
  }

  void read_group(const Handle& group, const std::string& path, int depth) {
    const std::string shown = path.empty() ? "/" : path;
    if (depth > deepest_group) foreign(shown, "is nested too deeply");
    image_.groups.push_back({shown, read_attributes(group, shown)});
    H5G_info_t info;
    opened(H5Gget_info(group, &info), shown);
    if (info.nlinks > most_objects - objects_) foreign(shown, "holds too many objects");
    for (hsize_t i = 0; i < info.nlinks; ++i) {
      ++objects_;
      const auto name_of = [&](char* buffer, std::size_t size) {
        return opened(H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, buffer, size, H5P_DEFAULT), shown);
      };
      std::string name(static_cast<std::size_t>(name_of(nullptr, 0)), '\0');
      name_of(name.data(), name.size() + 1);
      const std::string child = path + "/" + name;
      H5L_info_t link;
      opened(H5Lget_info(group, name.c_str(), &link, H5P_DEFAULT), child);
      if (link.type != H5L_TYPE_HARD) foreign(child, "points to somewhere else");
      const Handle object(opened(H5Oopen(group, name.c_str(), H5P_DEFAULT), child), H5Oclose);
      switch (H5Iget_type(object)) {
        case H5I_GROUP:
          read_group(object, child, depth + 1);
          break;
        case H5I_DATASET:
          read_dataset(object, child);
          break;
        default:
          foreign(child, "is neither a group nor a dataset");
      }
    }
  }

  ElementType element_type(hid_t type, const std::string& object) const {
    if (H5Tget_class(type) == H5T_STRING) {
      if (H5Tis_variable_str(type) <= 0) foreign(object, "holds text of fixed length");
      return ElementType::text;
    }
    for (int candidate = 0; candidate < static_cast<int>(ElementType::text); ++candidate)
      if (H5Tequal(type, number_type(static_cast<ElementType>(candidate))) > 0)
        return static_cast<ElementType>(candidate);
    foreign(object, "has an unusual type");
  }

  static bool is_bare_dimension(hid_t dataset) {
    char name[96] = "";
    return H5DSis_scale(dataset) > 0 && H5DSget_scale_name(dataset, name, sizeof name) > 0 &&
           std::strncmp(name, bare_dimension, std::strlen(bare_dimension)) == 0;
  }

  std::vector<std::uint64_t> shape_of(hid_t space, const std::string& object) const {
    const int rank = opened(H5Sget_simple_extent_ndims(space), object);
    std::vector<hsize_t> lengths(static_cast<std::size_t>(rank));
    if (rank > 0) opened(H5Sget_simple_extent_dims(space, lengths.data(), nullptr), object);
    return {lengths.begin(), lengths.end()};
  }

  // Data must lie in the file itself, behind filters that every HDF5 has built in.
  void refuse_foreign_storage(hid_t dataset, const std::string& path) const {
    const Handle properties(opened(H5Dget_create_plist(dataset), path), H5Pclose);
    const H5D_layout_t layout = H5Pget_layout(properties);
    if (layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED && layout != H5D_COMPACT)
      foreign(path, "is stored elsewhere");
    if (H5Pget_external_count(properties) != 0) foreign(path, "is stored in another file");
    const int filters = opened(H5Pget_nfilters(properties), path);
    for (int i = 0; i < filters; ++i) {
      unsigned flags = 0, config = 0;
      std::size_t values = 0;
      const H5Z_filter_t filter =
          H5Pget_filter2(properties, static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, &config);
      if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
        foreign(path, "is compressed in an unusual way");
    }
  }

  void read_dataset(hid_t opened_dataset, const std::string& path) {
    const Handle space(opened(H5Dget_space(opened_dataset), path), H5Sclose);
    Dataset dataset;
    dataset.path = path;
    dataset.shape = shape_of(space, path);
    if (dataset.shape.size() == 1 && is_bare_dimension(opened_dataset)) {
      image_.dimensions.push_back({path, dataset.shape[0]});
      return;
    }
    refuse_foreign_storage(opened_dataset, path);
    const Handle type(opened(H5Dget_type(opened_dataset), path), H5Tclose);
    dataset.type = element_type(type, path);
    // Checked axis by axis, so that the product cannot overflow.
    const std::uint64_t size = std::max<std::uint64_t>(element_size(dataset.type), 1);
    std::uint64_t elements = 1;
    const bool empty = std::find(dataset.shape.begin(), dataset.shape.end(), 0u) != dataset.shape.end();
    for (const std::uint64_t length : dataset.shape) {
      if (!empty && length > file_size_ * deflate_limit / size / elements)
        foreign(path, "claims more data than the file can hold");
      elements *= empty ? 1 : length;
    }
    if (!empty) {
      if (dataset.type == ElementType::text)
        read_texts(opened_dataset, space, elements, dataset);
      else {
        spend(elements * size, path);
        dataset.bytes.resize(elements * size);
        opened(H5Dread(opened_dataset, number_type(dataset.type), H5S_ALL, H5S_ALL, H5P_DEFAULT, dataset.bytes.data()),
               path);
      }
    }
    dataset.attributes = read_attributes(opened_dataset, path);
    image_.datasets.push_back(std::move(dataset));
  }

  // One by one, so that many references to one long text cannot fill the memory. (H5Dvlen_get_buf_size would tell the
  // size beforehand, but overruns its buffer on single values in HDF5 1.10.8.)
  void read_texts(hid_t opened_dataset, hid_t space, std::uint64_t elements, Dataset& dataset) {
    const Handle type = text_type();
    const Handle single(opened(H5Screate(H5S_SCALAR), dataset.path), H5Sclose);
    if (dataset.shape.size() > 1) foreign(dataset.path, "has an unusual shape");
    for (hsize_t i = 0; i < elements; ++i) {
      const hsize_t one = 1;
      if (!dataset.shape.empty())
        opened(H5Sselect_hyperslab(space, H5S_SELECT_SET, &i, nullptr, &one, nullptr), dataset.path);
      char* characters = nullptr;
      opened(H5Dread(opened_dataset, type, single, space, H5P_DEFAULT, &characters), dataset.path);
      dataset.texts.emplace_back(characters ? characters : "");
      reclaim(type, single, &characters);
      spend(dataset.texts.back().size() + sizeof(std::string), dataset.path);
    }
  }

  std::vector<Attribute> read_attributes(hid_t object, const std::string& path) {
    std::vector<std::string> names;
    const auto collect = [](hid_t, const char* name, const H5A_info_t*, void* out) -> herr_t {
      static_cast<std::vector<std::string>*>(out)->emplace_back(name);
      return 0;
    };
    hsize_t position = 0;
    opened(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &position, collect, &names), path);
    std::vector<Attribute> attributes;
    for (const std::string& name : names)
      if (!is_machinery(name))
        attributes.push_back(read_attribute(object, name, "the attribute " + name + " of " + path));
    return attributes;
  }

  Attribute read_attribute(hid_t object, const std::string& name, const std::string& shown) {
    const Handle attribute(opened(H5Aopen(object, name.c_str(), H5P_DEFAULT), shown), H5Aclose);
    const Handle type(opened(H5Aget_type(attribute), shown), H5Tclose);
    const Handle space(opened(H5Aget_space(attribute), shown), H5Sclose);
    Attribute result;
    result.name = name;
    result.type = element_type(type, shown);
    const std::vector<std::uint64_t> shape = shape_of(space, shown);
    if (shape.size() > 1 || H5Sget_simple_extent_type(space) == H5S_NULL) foreign(shown, "has an unusual shape");
    result.list = !shape.empty();
    const std::uint64_t elements = shape.empty() ? 1 : shape[0];
    const bool whole =
        result.type != ElementType::text && result.type != ElementType::float64 && result.type != ElementType::float32;
    if (result.type == ElementType::float32 || (result.list && !whole)) foreign(shown, "has an unusual type");
    if (elements > file_size_) foreign(shown, "claims more data than the file can hold");

    if (result.type == ElementType::text) {
      const Handle text = text_type();
      char* characters = nullptr;
      opened(H5Aread(attribute, text, &characters), shown);
      result.value = std::string(characters ? characters : "");
      reclaim(text, space, &characters);
    } else if (result.type == ElementType::float64) {
      double value = 0;
      opened(H5Aread(attribute, H5T_NATIVE_DOUBLE, &value), shown);
      result.value = value;
    } else {
      std::vector<std::int64_t> values(elements);
      if (elements > 0) opened(H5Aread(attribute, H5T_NATIVE_INT64, values.data()), shown);
      result.value = std::move(values);
    }
    return result;
  }

  std::string path_;
  hid_t file_ = -1;
  std::uint64_t file_size_ = 0, spent_ = 0;
  std::size_t objects_ = 0;
  Image image_;
};

}  // namespace

std::vector<std::uint8_t> hdf5_bytes(const Image& image) {
  const QuietErrors quiet;
  // Readable by HDF5 1.8 and later where possible, by 1.10 in any case.
  const Handle access(built(H5Pcreate(H5P_FILE_ACCESS), "a file"), H5Pclose);
  built(H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V110), "a file");
  built(H5Pset_fapl_core(access, core_increment, false), "a file");
  const Handle creation(built(H5Pcreate(H5P_FILE_CREATE), "a file"), H5Pclose);
  set_object_properties(creation, H5Pset_link_creation_order);

  // Two files in memory must not have the same name; the name is not part of the bytes.
  static std::atomic<std::uint64_t> count{0};
  const std::string name = "record-in-memory-" + std::to_string(count++);
  Handle file(built(H5Fcreate(name.c_str(), H5F_ACC_TRUNC, creation, access), "a file"), H5Fclose);
  const Handle group_creation(built(H5Pcreate(H5P_GROUP_CREATE), "a group"), H5Pclose);
  set_object_properties(group_creation, H5Pset_link_creation_order);
  for (const Group& group : image.groups) {
    Handle created(
        built(group.path == "/" ? H5Gopen2(file, "/", H5P_DEFAULT)
                                : H5Gcreate2(file, group.path.c_str(), H5P_DEFAULT, group_creation, H5P_DEFAULT),
              group.path),
        H5Gclose);
    for (const Attribute& attribute : group.attributes) write_attribute(created, group.path, attribute);
    built(created.close(), group.path);
  }
  for (const Dataset& dataset : image.datasets) write_dataset(file, dataset);
  write_scales(file, image);

  built(H5Fflush(file, H5F_SCOPE_GLOBAL), "the file");
  std::vector<std::uint8_t> bytes;
  const std::size_t size = static_cast<std::size_t>(built(H5Fget_file_image(file, nullptr, 0), "the file"));
  bytes.reserve(size + seal_size);
  bytes.resize(size);
  built(H5Fget_file_image(file, bytes.data(), bytes.size()), "the file");
  built(file.close(), "the file");
  const std::string end = seal(Sha256().update(bytes.data(), bytes.size()));
  bytes.insert(bytes.end(), end.begin(), end.end());
  return bytes;
}

std::string library_versions() {
  unsigned major = 0, minor = 0, release = 0;
  H5get_libversion(&major, &minor, &release);
  const auto dotted = [](unsigned a, unsigned b, unsigned c) {
    return std::to_string(a) + "." + std::to_string(b) + "." + std::to_string(c);
  };
  constexpr unsigned thousand = 100000, hundred = 100;
  return "HDF5 " + dotted(major, minor, release) + ", Boost " +
         dotted(BOOST_VERSION / thousand, BOOST_VERSION / hundred % (thousand / hundred), BOOST_VERSION % hundred);
}

Image read_hdf5(const std::string& path) {
  const QuietErrors quiet;
  return Reader(path).read();
}

bool is_parley_file(const std::string& path) {
  const QuietErrors quiet;
  return Reader(path).has_mark();
}

}  // namespace parley
