// Passwords of a moment, from an app that shares a secret with us (RFC 6238, on RFC 4226).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"

namespace folkmoot::account {

enum class TotpHash { sha1, sha256 };

inline constexpr std::int64_t totp_step = 30;  // seconds
inline constexpr int totp_digits = 6;

// RFC 4226 section 5.3: that many digits, at most 9, with leading zeros.
std::string hotp(TotpHash hash, ByteView secret, std::uint64_t counter, int digits);

// The step (RFC 6238 section 4.2) whose password `shown` is, of those later than `last`: the current one, the one
// before or the one after (section 5.2). Compares in constant time. The caller keeps the step as the new `last`, so
// that no password is good twice.
std::optional<std::int64_t> check_totp(TotpHash hash, ByteView secret, std::string_view shown, std::int64_t now,
                                       std::int64_t last);

// Base32 of RFC 4648 section 6, without padding.
std::string to_base32(ByteView bytes);

// What an app is shown, as a QR code or to tap: "otpauth://totp/ISSUER:NAME?secret=…" (Google Authenticator's Key URI
// format, which the apps read).
std::string otpauth_uri(TotpHash hash, ByteView secret, std::string_view issuer, std::string_view name);

}  // namespace folkmoot::account
