// A record whose bytes the page has.
#pragma once

#include "record/source.hpp"

// Fills `out` with bytes of the record; 0 if they could not be read.
extern "C" [[clang::import_module("page"), clang::import_name("read")]] int folkmoot_read(double offset, void* out,
                                                                                          std::size_t size);

namespace folkmoot::wasm {

// Sizes are whole numbers below 2^53, which the page's numbers hold.
class PageSource final : public record::ByteSource {
 public:
  explicit PageSource(double size) : size_(static_cast<std::uint64_t>(size)) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Status read(std::uint64_t offset, std::span<char> out) const override {
    if (folkmoot_read(static_cast<double>(offset), out.data(), out.size()) != 0) return {};
    return fail("at byte {}: the record could not be read", offset);
  }

 private:
  std::uint64_t size_;
};

}  // namespace folkmoot::wasm
