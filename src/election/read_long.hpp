// Reading the long texts of a tally, some hundred megabytes in a large election: in pieces, on several threads, with as
// much memory besides the values as the pieces that are being read take. What is accepted, and what is said of a text
// that is not, is the same as json::read_canonical's with the functions of tally.hpp.
#pragma once

#include "base/for_each.hpp"
#include "base/long_text.hpp"
#include "election/tally.hpp"

namespace folkmoot::election {

// So many bytes are read at a time by each thread.
inline constexpr std::size_t usual_piece = std::size_t{1} << 18;

template <PrimeGroup G>
Result<EncryptedTally<G>> read_long_encrypted_tally(const LongText& text, const ForEach& for_each,
                                                    std::size_t piece = usual_piece);
template <PrimeGroup G>
Result<Shuffle<G>> read_long_shuffle(const LongText& text, const ForEach& for_each, std::size_t piece = usual_piece);
template <PrimeGroup G>
Result<PartialDecryption<G>> read_long_partial_decryption(const LongText& text, const ForEach& for_each,
                                                          std::size_t piece = usual_piece);

// The ciphertexts only of a shuffle that has been read and accepted before.
template <PrimeGroup G>
Result<std::vector<std::vector<Ciphertext<G>>>> read_long_shuffled(const LongText& text, const ForEach& for_each,
                                                                   std::size_t piece = usual_piece);

}  // namespace folkmoot::election
