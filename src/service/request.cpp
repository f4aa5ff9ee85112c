#include "service/request.hpp"

#include <algorithm>
#include <charconv>

#include "charter/signers.hpp"

namespace folkmoot::service {
namespace {

using charter::Kind;

Result<charter::Value> read_count(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return fail("expected a whole number, not \"{}\"", text);
  return number;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    if (comma > from) parts.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return parts;
}

Result<charter::Value> read_value(Kind kind, const std::string& text, const Publish& publish) {
  if (text.starts_with('@')) {
    std::string content = TRY(read_file(text.substr(1)));
    if (kind == Kind::hash) return publish(content);
    return content;
  }
  switch (kind) {
    case Kind::count:
      return read_count(text);
    case Kind::flag:
      if (text != "true" && text != "false") return fail("expected true or false, not \"{}\"", text);
      return text == "true";
    case Kind::members:
    case Kind::names:
    case Kind::hashes:
      return split(text);
    case Kind::member:
    case Kind::name:
    case Kind::hash:
    case Kind::title:
    case Kind::text:
    case Kind::time:
      break;
  }
  return text;
}

}  // namespace

Result<charter::Actor> read_actor(std::string_view text) {
  const std::size_t colon = text.find(':');
  charter::Actor actor{std::string(text.substr(0, colon)), ""};
  if (colon != std::string_view::npos) actor.office = text.substr(colon + 1);
  if (!charter::is_member(actor.member))
    return fail("\"{}\": expected a member's reference, as m-0123456789abcdef", text);
  if (colon != std::string_view::npos && actor.office.empty()) return fail("\"{}\": names no post", text);
  return actor;
}

Result<charter::Body> read_body(const std::string& type_name, std::span<const std::string> words,
                                const Publish& publish) {
  const charter::ActType* type = charter::find_act_type(type_name);
  if (!type) return fail("there is no act \"{}\"", type_name);
  charter::Body body;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const charter::Field* field = type->field(name);
    if (equals == std::string::npos || !field || field->derived) {
      return fail("\"{}\": {} has the fields\n{}", word, type_name, describe_act(*type));
    }
    auto value = TRY(in(name, read_value(field->kind, word.substr(equals + 1), publish)));
    body.set(name, std::move(value));
  }
  return body;
}

std::string describe_act(const charter::ActType& type) {
  std::string text;
  for (const charter::Field& field : type.fields) {
    if (field.derived) continue;
    text +=
        fmt::format("  {}={}{}\n", field.name, charter::describe(field.kind), field.optional ? " (may be absent)" : "");
  }
  return text;
}

Result<std::string> make_member_key(const std::string& member, const fs::path& file) {
  if (!charter::is_member(member)) return fail("\"{}\": expected a member's reference, as m-0123456789abcdef", member);
  const ledger::VerifierKey key = TRY(make_signer(file, member, ledger::SignatureType::note));
  return to_hex(key.key());
}

Result<ledger::Signer> read_member_key(const fs::path& file) {
  auto signer = TRY(read_signer(file, ledger::SignatureType::note));
  if (!charter::is_member(signer.key.name())) return fail("{}: is not a member's key", file.string());
  return signer;
}

Status sign(audit::SignedRequest& request, const charter::State& state, std::string_view origin,
            const ledger::Signer& key, charter::Time asked) {
  const std::string& member = key.key.name();
  const auto needed = charter::signers(state, request.request);
  const auto place = [&](const std::string& who) { return std::ranges::find(needed, who, &charter::Signer::member); };
  if (place(member) == needed.end()) return fail("{} need not sign this", member);
  if (std::ranges::find(request.signatures, member, &audit::Signature::member) != request.signatures.end()) {
    return fail("{} has signed this", member);
  }
  const ledger::Signature signature = TRY(key.sign(audit::signed_text(origin, request.request, member, asked)));
  request.signatures.push_back({member, asked, signature});
  std::ranges::sort(request.signatures, {}, [&](const audit::Signature& one) { return place(one.member); });
  return {};
}

}  // namespace folkmoot::service
