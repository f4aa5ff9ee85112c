// The small texts that the C2SP formats share: decimals, base64 with padding, lines. Each value has one spelling only,
// so that no bit of a signed or proven text can change without being noticed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "ledger/merkle.hpp"

namespace folkmoot::ledger {

// Base64 of RFC 4648 section 4, with its padding. Decoding refuses white space and non-zero trailing bits.
std::string to_padded_base64(ByteView bytes);
Result<Bytes> from_padded_base64(std::string_view text);

// A number in 0..2^63-1: ASCII digits, no leading zero.
Result<std::uint64_t> parse_decimal(std::string_view text);

// One hash as base64, and the reverse.
std::string hash_text(const Hash& hash);
Result<Hash> parse_hash(std::string_view text);

// Takes the first line off `rest` and gives it without its newline; fails if no newline is left.
Result<std::string_view> take_line(std::string_view& rest);

// Takes lines of one hash each off `rest`, up to an empty line, which is taken too. Fails at more than 63 hashes: no
// Merkle proof in a tree of less than 2^63 entries is longer.
Result<Proof> take_proof(std::string_view& rest);
// The reverse without the empty line: a line for each hash.
std::string proof_text(const Proof& proof);

// Fails unless `text` is UTF-8 without control characters below U+0020 other than newline (signed-note, "Format").
Status check_note_characters(std::string_view text);

// Fails unless `name` can name a key: not empty, no Unicode space, no '+', no control character (signed-note,
// "Format").
Status check_key_name(std::string_view name);

}  // namespace folkmoot::ledger
