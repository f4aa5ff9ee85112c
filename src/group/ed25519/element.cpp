#include "group/ed25519/element.hpp"

#include <algorithm>
#include <cstring>

#include "group/ed25519/decode_ahead.hpp"

namespace folkmoot::group::ed25519 {
namespace {

// The text of a point with Z = 1.
void write_text(const Point& p, char* text) {
  static constexpr auto pairs = [] {  // the two digits of each byte
    std::array<char, 512> digits{};
    for (std::size_t i = 0; i < digits.size(); ++i) digits[i] = "0123456789abcdef"[i % 2 == 0 ? i / 32 : i / 2 % 16];
    return digits;
  }();
  const Encoding bytes = compress(p);
  for (std::size_t i = bytes.size(); i-- > 0; text += 2) std::memcpy(text, &pairs[2 * std::size_t{bytes[i]}], 2);
}

}  // namespace

Result<Element> Element::decode(std::string_view text) {
  std::array<std::uint8_t, 32> bytes;
  if (!from_hex(text, bytes)) return fail("an Ed25519 element is 64 lower-case hexadecimal digits");
  std::ranges::reverse(bytes);
  return from_bytes(bytes);
}

Result<Element> Element::from_bytes(const std::array<std::uint8_t, 32>& little_endian) {
  if (const auto known = DecodeAhead::find(little_endian)) return Element(*known);
  const auto point = uncompress(little_endian);
  if (!point) return fail("not the canonical text of a point of Ed25519's curve");
  if (!in_subgroup(*point)) return fail("a point of Ed25519's curve outside the subgroup of prime order");
  return Element(*point);
}

std::array<std::uint8_t, 32> Element::bytes() const {
  if (is_affine()) return compress(point_);
  Point affine = point_;
  normalize({&affine, 1});
  return compress(affine);
}

void Element::append_to(std::string& out) const {
  const std::size_t before = out.size();
  out.resize(before + Texts::digits);
  Point affine = point_;
  if (!is_affine()) normalize({&affine, 1});
  write_text(affine, &out[before]);
}

std::string Element::text() const {
  std::string text;
  append_to(text);
  return text;
}

Texts::Texts(std::span<const Point> points) : text_(points.size() * digits, '0') {
  for (std::size_t i = 0; i < points.size(); ++i) write_text(points[i], &text_[i * digits]);
}

Texts::Texts(std::span<const Element> elements) {
  std::vector<Point> points;
  points.reserve(elements.size());
  for (const Element& element : elements) points.push_back(element.point());
  normalize(points);
  *this = Texts(points);
}

Element operator*(const Element& a, const Element& b) { return Element((a.point_ + cached(b.point_)).point()); }
Element operator/(const Element& a, const Element& b) { return Element((a.point_ - cached(b.point_)).point()); }
bool Element::is_identity() const { return ed25519::is_identity(point_); }
bool operator==(const Element& a, const Element& b) { return a.point_ == b.point_; }

}  // namespace folkmoot::group::ed25519
