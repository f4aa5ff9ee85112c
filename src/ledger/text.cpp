#include "ledger/text.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace folkmoot::ledger {
namespace {

constexpr std::size_t max_proof = 63;

// The code points of Unicode's White_Space property from U+0080 on; those below are control characters and U+0020.
constexpr std::array<std::string_view, 19> unicode_spaces = {
    "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

}  // namespace

std::string to_padded_base64(ByteView bytes) {
  std::string text = to_base64(bytes);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

Result<Bytes> from_padded_base64(std::string_view text) {
  if (text.size() % 4 != 0) return fail("{} characters cannot be base64 with padding", text.size());
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return from_base64(text);
}

Result<std::uint64_t> parse_decimal(std::string_view text) {
  if (text.empty() || text.size() > 19) return fail("{} characters cannot be a number below 2^63", text.size());
  if (text.size() > 1 && text[0] == '0') return fail("a number with a leading zero");
  std::uint64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return fail("expected a decimal number");
    number = 10 * number + static_cast<std::uint64_t>(c - '0');  // 19 digits fit into 64 bits
  }
  if (number > max_size) return fail("{} is not below 2^63", number);
  return number;
}

std::string hash_text(const Hash& hash) { return to_padded_base64(hash); }

Result<Hash> parse_hash(std::string_view text) {
  const Bytes bytes = TRY(from_padded_base64(text));
  Hash hash;
  if (bytes.size() != hash.size()) return fail("expected a hash of 32 bytes, found {}", bytes.size());
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

Result<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return fail("a line is missing, or its newline");
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

Result<Proof> take_proof(std::string_view& rest) {
  Proof proof;
  for (;;) {
    const std::string_view line = TRY(take_line(rest));
    if (line.empty()) return proof;
    if (proof.size() == max_proof) return fail("a proof of more than {} hashes", max_proof);
    proof.push_back(TRY(in(fmt::format("proof line {}", proof.size() + 1), parse_hash(line))));
  }
}

std::string proof_text(const Proof& proof) {
  std::string text;
  for (const Hash& hash : proof) text += hash_text(hash) + '\n';
  return text;
}

Status check_note_characters(std::string_view text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  if (const auto bad = std::ranges::find_if(text, control); bad != text.end()) {
    return fail("byte {} is a control character", bad - text.begin() + 1);
  }
  if (!is_utf8(text)) return fail("not valid UTF-8");
  return {};
}

Status check_key_name(std::string_view name) {
  TRY(check_note_characters(name));
  if (name.empty()) return fail("an empty key name");
  if (name.find_first_of(" +\n") != std::string_view::npos) return fail("a space or plus in a key name");
  for (const std::string_view space : unicode_spaces) {
    if (name.find(space) != std::string_view::npos) return fail("a space in a key name");
  }
  return {};
}

}  // namespace folkmoot::ledger
