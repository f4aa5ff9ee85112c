// Elements are cheaper to decode by the hundred than one by one, but readers ask for them one by one. So who is about
// to read a text makes a DecodeAhead of it first: as long as that lives, Element::decode on the same thread finds the
// text's elements decoded already. It changes what decoding costs, never what it says.
//
//   const group::DecodeAhead<G> ahead({text});
//   auto ballot = json::read_canonical(text, reader);
#pragma once

#include <string_view>
#include <vector>

#include "group/ed25519/codec.hpp"
#include "group/modp/codec.hpp"

namespace folkmoot::group {

struct Ed25519;
struct Belenios2048;

// In other groups there is nothing to gain.
template <class G>
class DecodeAhead {
 public:
  explicit DecodeAhead(std::vector<std::string_view>) {}
};

template <>
class DecodeAhead<Ed25519> : public AheadDecoder<ed25519::Codec> {
 public:
  using AheadDecoder::AheadDecoder;
};
template <>
class DecodeAhead<Belenios2048> : public AheadDecoder<modp::Belenios2048Codec> {
 public:
  using AheadDecoder::AheadDecoder;
};

}  // namespace folkmoot::group
