// On the tar, and on the names and hashes of its entries (specification, section 4.4).
#include "base/sha256.hpp"
#include "record/tar.hpp"
#include "tamper/forgery.hpp"

namespace folkmoot::tamper {
namespace {

constexpr std::size_t block = record::tar::block_size;

void flip(std::string& bytes, std::size_t offset) { bytes.at(offset) = static_cast<char>(bytes[offset] ^ 1); }

}  // namespace

std::vector<Attack> archive_attacks() {
  const Kind kind = Kind::choice;
  return {
      {"a byte of a ballot flipped", kind, "archive",
       [](Forgery& f) { flip(f.bytes(), f.entry_of(EventType::ballot, 1) + block + 100); }},
      {"a ballot replaced under the old name", kind, "archive",
       [](Forgery& f) {
         const std::size_t first = f.entry_of(EventType::ballot, 0) + block;
         const std::size_t second = f.entry_of(EventType::ballot, 1) + block;
         const std::size_t size = std::min(f.ballot(0).size(), f.ballot(1).size());
         f.bytes().replace(first, size, f.bytes().substr(second, size));
       }},
      {"a ballot renamed", kind, "archive",
       [](Forgery& f) {
         f.set_field(f.entry_of(EventType::ballot, 1), tar_name, sha256_hex("something else") + ".data.json");
       }},
      {"the name in upper case", kind, "archive",
       [](Forgery& f) {
         std::string name = sha256_hex(f.ballot(0));
         for (char& digit : name) digit = static_cast<char>(std::toupper(digit));
         f.set_field(f.entry_of(EventType::ballot), tar_name, name + ".data.json");
       }},
      {"a file that climbs out of the folder", kind, "archive",
       [](Forgery& f) {
         f.set_field(f.entry_of(EventType::ballot), tar_name, "../" + sha256_hex("x") + ".data.json");
       }},
      {"a file of another kind", kind, "archive",
       [](Forgery& f) {
         f.set_field(f.entry_of(EventType::ballot), tar_name, sha256_hex(f.ballot(0)) + ".note.json");
       }},
      {"a wrong checksum", kind, "archive",
       [](Forgery& f) { f.set_field(f.entry_of(EventType::ballot), tar_checksum, std::string("000000\0 ", 8)); }},
      {"a size of eight gigabytes", kind, "archive",
       [](Forgery& f) { f.set_field(f.entry_of(EventType::ballot), tar_size, "77777777777"); }},
      {"a size in base 256, as GNU tar writes huge ones", kind, "archive",
       [](Forgery& f) {
         f.set_field(f.entry_of(EventType::ballot), tar_size, "\x80\x7f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff");
       }},
      {"a negative size", kind, "archive",
       [](Forgery& f) { f.set_field(f.entry_of(EventType::ballot), tar_size, "-0000000001"); }},
      {"a size one too small", kind, "archive",
       [](Forgery& f) {
         f.set_field(f.entry_of(EventType::ballot), tar_size, fmt::format("{:011o}", f.ballot(0).size() - 1));
       }},
      {"another time in one entry", kind, "archive",
       [](Forgery& f) { f.set_field(f.entry_of(EventType::ballot), tar_time, fmt::format("{:011o}", 1'700'000'001)); }},
      {"other permissions", kind, "archive",
       [](Forgery& f) { f.set_field(f.entry_of(EventType::ballot), tar_mode, "0000777"); }},
      {"another owner", kind, "archive",
       [](Forgery& f) { f.set_field(f.entry_of(EventType::ballot), tar_owner, "0001750"); }},
      {"a symbolic link", kind, "archive",
       [](Forgery& f) { f.set_field(f.entry_of(EventType::ballot), tar_type, "2"); }},
      {"the magic of a newer tar", kind, "archive",
       [](Forgery& f) { f.set_field(f.entry_of(EventType::ballot), tar_magic, "ustar"); }},
      {"padding that is not zero", kind, "archive",
       [](Forgery& f) { f.set_byte(f.entry_of(EventType::ballot, 1) - 1, 'x'); }},
      {"cut off in a header", kind, "archive",
       [](Forgery& f) { f.bytes().resize(f.entry_of(EventType::ballot, 2) + 100); }},
      {"cut off in a content", kind, "archive",
       [](Forgery& f) { f.bytes().resize(f.entry_of(EventType::ballot, 2) + block + 50); }},
      {"cut off between blocks", kind, "archive",
       [](Forgery& f) { f.bytes().resize(f.entry_of(EventType::ballot, 2) + 2 * block); }},
      {"garbage at the end", kind, "archive", [](Forgery& f) { f.bytes() += "garbage"; }},
      {"end blocks as of an ordinary tar", kind, "archive",
       [](Forgery& f) { f.bytes() += std::string(2 * block, '\0'); }},
      {"an empty entry", kind, "archive",
       [](Forgery& f) {
         std::string entry;
         record::tar::append_entry(entry, "readme.txt", 1'700'000'000, "");
         f.bytes().insert(f.entry_of(EventType::ballot), entry);
       }},
      {"an archive of version 2", kind, "archive", [](Forgery& f) { f.bytes().replace(block, 12, R"({"version":2)"); }},
      {"the time of the archive as a number", kind, "archive",
       [](Forgery& f) {
         std::string header;
         record::tar::append_entry(header, "BELENIOS", 1'700'000'000, R"({"version":1,"timestamp":1700000000})");
         f.bytes().replace(0, 2 * block, header);
       }},
      {"the archive's header left out", kind, "archive", [](Forgery& f) { f.bytes().erase(0, 2 * block); }},
      {"the archive's header renamed", kind, "archive", [](Forgery& f) { f.set_field(0, tar_name, "HELIOS"); }},
      {"nothing at all", kind, "archive", [](Forgery& f) { f.bytes().clear(); }},
  };
}

}  // namespace folkmoot::tamper
