// Proofs are verified many at a time: a verifier of one statement asks for the commitments it must recompute, each a
// product of powers, and leaves a claim that is decided once all of them are known. What computes them (one after the
// other, or eight at a time) is the group's business: G::compute.
//
//   auto A = batch.product({{batch.g, response}, {batch.base(X), challenge}});
//   auto claim = batch.claim([=](const auto& b) { return challenge == hash(…, b.text(A)); });
//   …
//   batch.run();
//   if (!batch.holds(claim)) …
#pragma once

#include <cassert>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "group/group.hpp"

namespace folkmoot::group {

// A base by its number (0: g, 1: y, from 2: those given), with its exponent; `Products` is what an engine computes.
struct TermRef {
  std::uint32_t base;
  std::uint32_t exponent;
};

// Many products of powers, flat: product i has the terms ends[i-1]..ends[i]-1.
template <class G>
struct Products {
  const typename G::FixedBase* y = nullptr;
  std::vector<typename G::Element> bases;  // base number b ≥ 2 is bases[b - 2]
  std::vector<typename G::Scalar> exponents;
  std::vector<TermRef> terms;
  std::vector<std::uint32_t> ends;
};

// The products, of which no one has g or y, as elements: at a fraction of what each costs alone where the group can.
template <PrimeGroup G>
std::vector<typename G::Element> compute_elements(const Products<G>& products) {
  if constexpr (requires { G::compute_elements(products); }) {
    return G::compute_elements(products);
  } else {
    std::vector<typename G::Element> elements;
    std::size_t next = 0;
    for (const std::size_t end : products.ends) {
      std::vector<typename G::Element> bases;
      std::vector<typename G::Scalar> exponents;
      for (; next < end; ++next) {
        bases.push_back(products.bases[products.terms[next].base - 2]);
        exponents.push_back(products.exponents[products.terms[next].exponent]);
      }
      elements.push_back(G::product_of_powers_vartime(bases, exponents));
    }
    return elements;
  }
}

template <PrimeGroup G>
class Batch {
 public:
  using Scalar = typename G::Scalar;
  using Element = typename G::Element;

  struct Base {
    std::uint32_t number;
  };
  struct Product {
    std::uint32_t number;
  };
  struct Claim {
    std::uint32_t number;
  };
  struct Power {
    Base base;
    Scalar exponent;
  };

  // The two bases that nearly every product has: the generator and the election's public key (whose table must
  // outlive the batch).
  static constexpr Base g{0};
  static constexpr Base y{1};

  explicit Batch(const typename G::FixedBase& public_key) { products_.y = &public_key; }

  // A base of products to come. Give an element once and use its Base often: its table is then made once.
  Base base(const Element& element) {
    products_.bases.push_back(element);
    return {static_cast<std::uint32_t>(products_.bases.size() + 1)};
  }

  // The product of the powers, to be computed by run().
  Product product(std::initializer_list<Power> powers) {
    for (const Power& power : powers) add(power);
    return end_product();
  }
  Product product(std::span<const Power> powers) {
    for (const Power& power : powers) add(power);
    return end_product();
  }
  // An element whose text is wanted with the others' (texts are cheaper by the hundred).
  Product encode(Base base) { return product({{base, Scalar(1)}}); }
  Product encode(const Element& element) { return encode(base(element)); }

  // What is to be decided when the products are known. What it refers to must live until run().
  Claim claim(std::function<bool(const Batch&)> decide) {
    claims_.push_back(std::move(decide));
    return {static_cast<std::uint32_t>(claims_.size() - 1)};
  }
  // A claim that is false already (a proof of the wrong shape).
  Claim refuse() {
    return claim([](const Batch&) { return false; });
  }

  // Computes every product, then decides every claim.
  void run() {
    texts_ = G::compute(products_);
    assert(texts_.size() == products_.ends.size());
    holds_.clear();
    for (const auto& decide : claims_) holds_.push_back(decide(*this));
  }
  // Forgets everything but y, for the next batch.
  void clear() {
    const auto* public_key = products_.y;
    products_.bases.clear();
    products_.exponents.clear();
    products_.terms.clear();
    products_.ends.clear();
    products_.y = public_key;
    claims_.clear();
    holds_.clear();
    texts_.clear();
  }

  // The canonical text of a product: known inside claims and after run().
  [[nodiscard]] std::string_view text(Product product) const { return texts_[product.number]; }
  [[nodiscard]] bool holds(Claim claim) const { return holds_[claim.number]; }
  [[nodiscard]] std::size_t products() const { return products_.ends.size(); }
  [[nodiscard]] std::size_t claims() const { return claims_.size(); }

 private:
  void add(const Power& power) {
    products_.exponents.push_back(power.exponent);
    products_.terms.push_back({power.base.number, static_cast<std::uint32_t>(products_.exponents.size() - 1)});
  }
  Product end_product() {
    products_.ends.push_back(static_cast<std::uint32_t>(products_.terms.size()));
    return {static_cast<std::uint32_t>(products_.ends.size() - 1)};
  }

  Products<G> products_;
  std::vector<std::function<bool(const Batch&)>> claims_;
  std::vector<bool> holds_;
  decltype(G::compute(std::declval<const Products<G>&>())) texts_;  // text i is texts_[i]
};

}  // namespace folkmoot::group
