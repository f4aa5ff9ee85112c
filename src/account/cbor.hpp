// CBOR (RFC 8949), as much of it as authenticators write (CTAP2's canonical form): integers, bytes, texts, arrays and
// maps of definite length, false, true and null. Read in order, by whoever knows what has to come.
#pragma once

#include "base/bytes.hpp"

namespace folkmoot::account {

class CborReader {
 public:
  explicit CborReader(ByteView bytes) : rest_(bytes) {}

  // What comes next, of that kind; else an error, and nothing has been read. Views are into the bytes that are read.
  Result<std::int64_t> integer();
  Result<ByteView> bytes();
  Result<std::string_view> text();
  // How many pairs follow. No more than there are bytes left: a map of n pairs takes 2n bytes.
  Result<std::size_t> map();
  // Reads over one item of any of those kinds, in which at most `depth` others lie one in another.
  Status skip(int depth = 4);

  // Whether the next item is an integer; else it may be a text, or something else.
  [[nodiscard]] bool integer_follows() const;
  [[nodiscard]] ByteView rest() const { return rest_; }

 private:
  struct Head {
    unsigned kind = 0;  // major type
    std::uint64_t value = 0;
    std::size_t size = 0;
  };
  // RFC 8949 section 3, in the shortest form only (section 4.2.1).
  [[nodiscard]] Result<Head> head() const;
  Result<ByteView> string(unsigned kind, std::string_view what);

  ByteView rest_;
};

}  // namespace folkmoot::account
