#include "election/read_long.hpp"

#include <algorithm>

#include "base/json_walk.hpp"
#include "group/ahead.hpp"
#include "group/all.hpp"

namespace folkmoot::election {
namespace {

// What is read in pieces; nothing where the text is not of the expected form, or some value of it is wrong.
template <class T>
using Read = std::optional<T>;

constexpr auto write_structure = [](json::Writer& writer, const auto& value) { write(writer, value); };
constexpr auto write_text = [](json::Writer& writer, const auto& value) { writer.decoded(value); };

// A text that is walked along once; its long arrays are read on the way.
template <PrimeGroup G>
class Reader {
 public:
  Reader(const LongText& text, const ForEach& for_each, std::size_t piece)
      : text_(text), for_each_(for_each), piece_(piece), walk_(text) {}

  bool take(std::string_view expected) { return walk_.take(expected); }
  [[nodiscard]] bool at_end() const { return walk_.at_end(); }

  auto ciphertexts() { return array<Ciphertext<G>>(proof::read_ciphertext<G>, write_structure); }
  auto elements() { return array<typename G::Element>(proof::read_element<G>, write_text); }
  auto scalars() { return array<typename G::Scalar>(proof::read_scalar<G>, write_text); }
  auto proofs() { return array<Proof<G>>(proof::read_proof<G>, write_structure); }

  // [v,…], each read by `read_one()`.
  template <class ReadOne>
  auto each(ReadOne read_one) -> Read<std::vector<typename std::invoke_result_t<ReadOne>::value_type>> {
    std::vector<typename std::invoke_result_t<ReadOne>::value_type> all;
    if (!take("[")) return std::nullopt;
    if (take("]")) return all;
    do {
      auto one = read_one();
      if (!one) return std::nullopt;
      all.push_back(*std::move(one));
    } while (take(","));
    if (!take("]")) return std::nullopt;
    return all;
  }
  // The same for the values of a tally's questions; not where one is of lists, whose values are few.
  template <class ReadOne>
  auto questions(ReadOne read_one) {
    using Inner = typename std::invoke_result_t<ReadOne>::value_type::value_type;
    return each([&]() -> Read<Values<Inner>> {
      auto values = read_one();
      if (!values) return std::nullopt;
      return Values<Inner>{*std::move(values), std::nullopt};
    });
  }

  // [[t₁,t₂,t₃,[t₄₁,t₄₂],[t̂…]],[s₁,s₂,s₃,s₄,[ŝ…],[s'…]],[c…],[ĉ…]]
  Read<proof::ShuffleProof<G>> shuffle_proof() {
    proof::ShuffleProof<G> proof;
    auto& [t, s, c, c_hat] = proof;
    const bool good = take("[[") && one(t.t1) && take(",") && one(t.t2) && take(",") && one(t.t3) && take(",[") &&
                      one(t.t41) && take(",") && one(t.t42) && take("],") && all(t.t_hat, elements()) && take("],[") &&
                      one(s.s1) && take(",") && one(s.s2) && take(",") && one(s.s3) && take(",") && one(s.s4) &&
                      take(",") && all(s.s_hat, scalars()) && take(",") && all(s.s_prime, scalars()) && take("],") &&
                      all(c, elements()) && take(",") && all(c_hat, elements()) && take("]");
    return good ? std::optional(std::move(proof)) : std::nullopt;
  }

 private:
  template <class T, class ReadOne, class WriteOne>
  Read<std::vector<T>> array(ReadOne read_one, WriteOne write_one) {
    const auto pieces = walk_.pieces(piece_);
    if (!pieces) return std::nullopt;
    std::vector<T> values(pieces->empty() ? 0 : pieces->back().first + pieces->back().count);
    std::vector<std::uint8_t> good(pieces->size());
    for_each_(pieces->size(), [&](std::size_t i) {
      const json::Piece& piece = (*pieces)[i];
      good[i] = read_piece(piece, values.data() + piece.first, read_one, write_one);
    });
    if (std::ranges::find(good, 0) != good.end()) return std::nullopt;
    return values;
  }

  // Reads a piece, "value,value,…", into so many places from `values` on, and writes each back to compare. Whether it
  // is canonical.
  template <class T, class ReadOne, class WriteOne>
  bool read_piece(const json::Piece& piece, T* values, ReadOne read_one, WriteOne write_one) const {
    std::string text(piece.size + 2, '[');
    text.back() = ']';
    if (!text_.read(piece.at, std::span(text).subspan(1, piece.size))) return false;
    const group::DecodeAhead<G> ahead({text});
    const auto document = json::Document::parse(text);
    const auto array = document ? document->root().array(piece.count) : Failure(document.error());
    if (!array) return false;
    json::Writer comparison(text);
    comparison.begin_array();
    for (const json::Value item : *array) {
      auto value = read_one(item);
      if (!value) return false;
      *values = *std::move(value);
      write_one(comparison, *values++);
    }
    comparison.end_array();
    return comparison.is_expected();
  }

  template <class T>
  bool one(T& value) {
    const auto text = walk_.value();
    if (!text || text->size() < 2 || text->front() != '"') return false;
    auto decoded = T::decode(std::string_view(*text).substr(1, text->size() - 2));
    if (!decoded) return false;
    value = *std::move(decoded);
    return true;
  }
  template <class T>
  static bool all(std::vector<T>& values, Read<std::vector<T>> read) {
    if (!read) return false;
    values = *std::move(read);
    return true;
  }

  const LongText& text_;
  const ForEach& for_each_;
  std::size_t piece_;
  json::Walk walk_;
};

// What `read` gives, or else what is said of the text, read as a whole.
template <class T, class ReadWhole>
Result<T> or_else(Read<T> read, const LongText& text, ReadWhole read_whole) {
  if (read) return *std::move(read);
  const std::string whole = TRY(text.part(0, text.size));
  return json::read_canonical(whole, read_whole);
}

}  // namespace

template <PrimeGroup G>
Result<EncryptedTally<G>> read_long_encrypted_tally(const LongText& text, const ForEach& for_each, std::size_t piece) {
  Reader<G> reader(text, for_each, piece);
  Read<EncryptedTally<G>> tally;
  auto questions = reader.questions([&] { return reader.ciphertexts(); });
  if (questions && reader.at_end()) tally = EncryptedTally<G>{*std::move(questions)};
  return or_else(std::move(tally), text, read_encrypted_tally<G>);
}

template <PrimeGroup G>
Result<Shuffle<G>> read_long_shuffle(const LongText& text, const ForEach& for_each, std::size_t piece) {
  Reader<G> reader(text, for_each, piece);
  const auto read = [&]() -> Read<Shuffle<G>> {
    if (!reader.take("{\"ciphertexts\":")) return std::nullopt;
    auto ciphertexts = reader.each([&] { return reader.ciphertexts(); });
    if (!ciphertexts || !reader.take(",\"proofs\":")) return std::nullopt;
    auto proofs = reader.each([&] { return reader.shuffle_proof(); });
    if (!proofs || !reader.take("}") || !reader.at_end()) return std::nullopt;
    return Shuffle<G>{*std::move(ciphertexts), *std::move(proofs)};
  };
  return or_else(read(), text, read_shuffle<G>);
}

template <PrimeGroup G>
Result<PartialDecryption<G>> read_long_partial_decryption(const LongText& text, const ForEach& for_each,
                                                          std::size_t piece) {
  Reader<G> reader(text, for_each, piece);
  const auto read = [&]() -> Read<PartialDecryption<G>> {
    if (!reader.take("{\"decryption_factors\":")) return std::nullopt;
    auto factors = reader.questions([&] { return reader.elements(); });
    if (!factors || !reader.take(",\"decryption_proofs\":")) return std::nullopt;
    auto proofs = reader.questions([&] { return reader.proofs(); });
    if (!proofs || !reader.take("}") || !reader.at_end()) return std::nullopt;
    return PartialDecryption<G>{*std::move(factors), *std::move(proofs)};
  };
  return or_else(read(), text, read_partial_decryption<G>);
}

template <PrimeGroup G>
Result<std::vector<std::vector<Ciphertext<G>>>> read_long_shuffled(const LongText& text, const ForEach& for_each,
                                                                   std::size_t piece) {
  Reader<G> reader(text, for_each, piece);
  if (reader.take("{\"ciphertexts\":")) {
    auto ciphertexts = reader.each([&] { return reader.ciphertexts(); });
    if (ciphertexts) return *std::move(ciphertexts);
  }
  auto shuffle = TRY(read_long_shuffle<G>(text, for_each, piece));
  return std::move(shuffle.ciphertexts);
}

#define FOLKMOOT_INSTANTIATE(G)                                                                                        \
  template Result<EncryptedTally<G>> read_long_encrypted_tally<G>(const LongText&, const ForEach&, std::size_t);       \
  template Result<Shuffle<G>> read_long_shuffle<G>(const LongText&, const ForEach&, std::size_t);                      \
  template Result<PartialDecryption<G>> read_long_partial_decryption<G>(const LongText&, const ForEach&, std::size_t); \
  template Result<std::vector<std::vector<Ciphertext<G>>>> read_long_shuffled<G>(const LongText&, const ForEach&,      \
                                                                                 std::size_t);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
