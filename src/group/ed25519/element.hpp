// Elements of Ed25519's subgroup of prime order.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "group/ed25519/point.hpp"

namespace folkmoot::group::ed25519 {

// Kept as small as can be, since elections are large: as its two coordinates in 32 bytes each, as they are decoded;
// what an operation gives has a common denominator, which is kept elsewhere until the text is asked for.
class Element {
 public:
  Element() = default;  // the identity
  Element(const Element& other);
  Element(Element&&) noexcept = default;
  Element& operator=(const Element& other);
  Element& operator=(Element&&) noexcept = default;
  ~Element() = default;

  // The element with this canonical text: 64 lower-case hexadecimal digits, the number compress(x, y) of the
  // specification's section 5.2.1, most significant digit first. Refuses what is not on the curve, not canonical
  // (y ≥ p, or "negative" zero x), or not in the subgroup of order q.
  static Result<Element> decode(std::string_view text);
  // The same from RFC 8032's 32 bytes, which are the text's bytes reversed.
  static Result<Element> from_bytes(const std::array<std::uint8_t, 32>& little_endian);
  // A point that the caller knows to lie in the subgroup of order q.
  static Element from_subgroup_point(const Point& point) { return Element(point); }

  void append_to(std::string& out) const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::array<std::uint8_t, 32> bytes() const;
  // With Z = 1 if it was decoded.
  [[nodiscard]] Point point() const;

  friend Element operator*(const Element& a, const Element& b);
  friend Element operator/(const Element& a, const Element& b);
  [[nodiscard]] bool is_identity() const;
  friend bool operator==(const Element& a, const Element& b);

 private:
  explicit Element(const Point& point);

  using Coordinate = std::array<std::uint8_t, 32>;  // canonical, little-endian
  Coordinate x_{}, y_{1};
  std::unique_ptr<const Point> quotient_;  // the point, if its Z is not 1; x_ and y_ say nothing then
};

// The texts of many elements, one after the other in memory.
class Texts {
 public:
  static constexpr std::size_t digits = 64;

  Texts() = default;
  // Of points with Z = 1.
  explicit Texts(std::span<const Point> points);
  // One inversion does for all of them.
  explicit Texts(std::span<const Element> elements);

  [[nodiscard]] std::size_t size() const { return text_.size() / digits; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return std::string_view(text_).substr(i * digits, digits);
  }
  void clear() { text_.clear(); }

 private:
  std::string text_;
};

}  // namespace folkmoot::group::ed25519
