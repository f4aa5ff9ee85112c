// Requests as people make them: fields as words on a command line, and signatures with keys in files.
#pragma once

#include <functional>
#include <span>

#include "audit/entry.hpp"
#include "charter/process.hpp"
#include "service/signer.hpp"

namespace folkmoot::service {

// "m-0123456789abcdef", or "m-0123456789abcdef:chair" for one who acts in that post.
Result<charter::Actor> read_actor(std::string_view text);

// The body of an act of that type from "FIELD=VALUE" words. A list is separated by commas. "@FILE" stands for a text in
// a file; in place of a hash, `publish` is given the file's bytes and gives their SHA-256. Fails for a field that the
// act has not, or a value that is not of its kind; that none is missing is for decide() to say.
using Publish = std::function<Result<std::string>(std::string_view bytes)>;
Result<charter::Body> read_body(const std::string& type, std::span<const std::string> words, const Publish& publish);

// The fields of an act, for people: a line each.
std::string describe_act(const charter::ActType& type);

// A member's signing key: a secret file (signer.hpp), named after the member. Makes one, and gives the public key, 64
// hexadecimal digits, to be enrolled; or reads one.
Result<std::string> make_member_key(const std::string& member, const fs::path& file);
Result<ledger::Signer> read_member_key(const fs::path& file);

// Adds the signature of the member whose key that is, who asks for it at that time, in the place where the history
// looks for it. Fails if the member need not sign, or has signed.
Status sign(audit::SignedRequest& request, const charter::State& state, std::string_view origin,
            const ledger::Signer& key, charter::Time asked);

}  // namespace folkmoot::service
