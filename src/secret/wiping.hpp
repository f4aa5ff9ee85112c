// Vectors of plain values that are secret, or whose order is.
#pragma once

#include <sodium.h>

#include <memory>
#include <vector>

namespace folkmoot::secret {

// An allocator that wipes what it takes back.
template <class T>
struct WipingAllocator {
  using value_type = T;
  WipingAllocator() = default;
  template <class U>
  explicit WipingAllocator(const WipingAllocator<U>&) {}
  T* allocate(std::size_t n) { return std::allocator<T>().allocate(n); }
  void deallocate(T* values, std::size_t n) {
    sodium_memzero(static_cast<void*>(values), n * sizeof(T));
    std::allocator<T>().deallocate(values, n);
  }
  friend bool operator==(const WipingAllocator&, const WipingAllocator&) = default;
};

template <class T>
using SecretVector = std::vector<T, WipingAllocator<T>>;

}  // namespace folkmoot::secret
