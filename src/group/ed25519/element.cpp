#include "group/ed25519/element.hpp"

#include <algorithm>

#include "group/ed25519/decode_ahead.hpp"

namespace folkmoot::group::ed25519 {

std::string text_of_affine(const Point& p) {
  auto encoding = compress(p);
  std::ranges::reverse(encoding);
  return to_hex(encoding);
}

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
  Point affine = point_;
  normalize({&affine, 1});
  return compress(affine);
}

void Element::append_to(std::string& out) const { out += text(); }

std::string Element::text() const { return std::move(texts({this, 1}).front()); }

std::vector<std::string> texts(std::span<const Element> elements) {
  std::vector<Point> points;
  points.reserve(elements.size());
  for (const Element& element : elements) points.push_back(element.point());
  normalize(points);
  std::vector<std::string> out;
  out.reserve(points.size());
  for (const Point& point : points) out.push_back(text_of_affine(point));
  return out;
}

Element operator*(const Element& a, const Element& b) { return Element((a.point_ + cached(b.point_)).point()); }
Element operator/(const Element& a, const Element& b) { return Element((a.point_ - cached(b.point_)).point()); }
bool Element::is_identity() const { return ed25519::is_identity(point_); }
bool operator==(const Element& a, const Element& b) { return a.point_ == b.point_; }

}  // namespace folkmoot::group::ed25519
