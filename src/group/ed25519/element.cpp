#include "group/ed25519/element.hpp"

#include <algorithm>
#include <cstring>

#include "group/ed25519/codec.hpp"

namespace folkmoot::group::ed25519 {
namespace {

// The point with Z = 1.
Point normal(Point p) {
  normalize({&p, 1});
  return p;
}

void write_text(const Encoding& bytes, char* text) {
  static constexpr auto pairs = [] {  // the two digits of each byte
    std::array<char, 512> digits{};
    for (std::size_t i = 0; i < digits.size(); ++i) digits[i] = "0123456789abcdef"[i % 2 == 0 ? i / 32 : i / 2 % 16];
    return digits;
  }();
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
  if (const auto known = AheadDecoder<Codec>::find(little_endian)) return Element(*known);
  const auto point = uncompress(little_endian);
  if (!point) return fail("not the canonical text of a point of Ed25519's curve");
  if (!in_subgroup(*point)) return fail("a point of Ed25519's curve outside the subgroup of prime order");
  return Element(*point);
}

Element::Element(const Point& point) {
  if (point.Z.limb != one.limb) {
    quotient_ = std::make_unique<const Point>(point);
    return;
  }
  x_ = fe_to_bytes(point.X);
  y_ = fe_to_bytes(point.Y);
}

Element::Element(const Element& other)
    : x_(other.x_),
      y_(other.y_),
      quotient_(other.quotient_ ? std::make_unique<const Point>(*other.quotient_) : nullptr) {}

Element& Element::operator=(const Element& other) {
  if (this != &other) *this = Element(other);
  return *this;
}

Point Element::point() const {
  if (quotient_) return *quotient_;
  const Fe x = fe_from_bytes(x_), y = fe_from_bytes(y_);
  return {x, y, one, x * y};
}

std::array<std::uint8_t, 32> Element::bytes() const {
  if (quotient_) return compress(normal(*quotient_));
  Encoding bytes = y_;
  bytes.back() |= static_cast<std::uint8_t>((x_.front() & 1) << 7);
  return bytes;
}

void Element::append_to(std::string& out) const {
  const std::size_t before = out.size();
  out.resize(before + Texts::digits);
  write_text(bytes(), &out[before]);
}

std::string Element::text() const {
  std::string text;
  append_to(text);
  return text;
}

Texts::Texts(std::span<const Point> points) : text_(points.size() * digits, '0') {
  for (std::size_t i = 0; i < points.size(); ++i) write_text(compress(points[i]), &text_[i * digits]);
}

Texts::Texts(std::span<const Element> elements) {
  std::vector<Point> points;
  points.reserve(elements.size());
  for (const Element& element : elements) points.push_back(element.point());
  normalize(points);
  *this = Texts(points);
}

Element operator*(const Element& a, const Element& b) { return Element((a.point() + cached(b.point())).point()); }
Element operator/(const Element& a, const Element& b) { return Element((a.point() - cached(b.point())).point()); }
bool Element::is_identity() const { return ed25519::is_identity(point()); }
bool operator==(const Element& a, const Element& b) {
  if (!a.quotient_ && !b.quotient_) return a.x_ == b.x_ && a.y_ == b.y_;
  return a.point() == b.point();
}

}  // namespace folkmoot::group::ed25519
