#include "account/cbor.hpp"

#include "base/utf8.hpp"

namespace folkmoot::account {
namespace {

enum Kind : unsigned {
  natural = 0,
  negative = 1,
  byte_string = 2,
  text_string = 3,
  array_of = 4,
  map_of = 5,
  simple = 7
};

}  // namespace

Result<CborReader::Head> CborReader::head() const {
  if (rest_.empty()) return fail("CBOR: ends too early");
  Head head{unsigned{rest_[0]} >> 5, rest_[0] & 31U, 1};
  if (head.value < 24) return head;
  if (head.value > 27) return fail("CBOR: an indefinite length, or none that there is");
  const std::size_t more = std::size_t{1} << (head.value - 24);
  if (rest_.size() < 1 + more) return fail("CBOR: ends too early");
  // What a shorter form could have said.
  const std::uint64_t least = more == 1 ? 24 : std::uint64_t{1} << (4 * more);
  head.size = 1 + more;
  head.value = 0;
  for (const std::uint8_t byte : rest_.subspan(1, more)) head.value = head.value << 8 | byte;
  if (head.value < least || head.kind == simple) return fail("CBOR: not in the shortest form");
  return head;
}

bool CborReader::integer_follows() const { return !rest_.empty() && unsigned{rest_[0]} >> 5 <= negative; }

Result<std::int64_t> CborReader::integer() {
  const Head next = TRY(head());
  if (next.kind > negative || next.value > INT64_MAX) return fail("CBOR: expected an integer");
  rest_ = rest_.subspan(next.size);
  const auto number = static_cast<std::int64_t>(next.value);
  return next.kind == natural ? number : -1 - number;
}

Result<ByteView> CborReader::string(unsigned kind, std::string_view what) {
  const Head next = TRY(head());
  if (next.kind != kind) return fail("CBOR: expected {}", what);
  if (next.value > rest_.size() - next.size) return fail("CBOR: ends too early");
  const auto size = static_cast<std::size_t>(next.value);
  const ByteView string = rest_.subspan(next.size, size);
  rest_ = rest_.subspan(next.size + size);
  return string;
}

Result<ByteView> CborReader::bytes() { return string(byte_string, "bytes"); }

Result<std::string_view> CborReader::text() {
  const ByteView before = rest_;
  const std::string_view text = text_of(TRY(string(text_string, "a text")));
  if (is_utf8(text)) return text;
  rest_ = before;
  return fail("CBOR: a text that is not UTF-8");
}

Result<std::size_t> CborReader::map() {
  const Head next = TRY(head());
  if (next.kind != map_of) return fail("CBOR: expected a map");
  if (next.value > (rest_.size() - next.size) / 2) return fail("CBOR: ends too early");
  rest_ = rest_.subspan(next.size);
  return static_cast<std::size_t>(next.value);
}

Status CborReader::skip(int depth) {
  const Head next = TRY(head());
  switch (next.kind) {
    case natural:
    case negative:
      rest_ = rest_.subspan(next.size);
      return {};
    case byte_string:
    case text_string:
      TRY(string(next.kind, "a string"));
      return {};
    case array_of:
    case map_of: {
      if (depth == 0) return fail("CBOR: nested too deep");
      const std::uint64_t items = next.kind == map_of ? 2 : 1;
      if (next.value > (rest_.size() - next.size) / items) return fail("CBOR: ends too early");
      rest_ = rest_.subspan(next.size);
      for (std::uint64_t i = 0; i < items * next.value; ++i) TRY(skip(depth - 1));
      return {};
    }
    case simple:
      if (next.value < 20 || next.value > 22) return fail("CBOR: a value that is not expected here");
      rest_ = rest_.subspan(next.size);
      return {};
    default:
      return fail("CBOR: a tag, which is not expected here");
  }
}

}  // namespace folkmoot::account
