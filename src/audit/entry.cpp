#include "audit/entry.hpp"

namespace folkmoot::audit {
namespace {

// Nobody but the actor and one second person signs an act.
constexpr std::size_t most_signatures = 2;

Result<Signature> read_signature(json::Value value) {
  Signature signature;
  signature.member = TRY(json::read_field(value, "member", json::read_string));
  if (!charter::is_member(signature.member)) return fail("member: expected a member's reference");
  const std::string asked = TRY(json::read_field(value, "asked", json::read_string));
  signature.asked = TRY(in("asked", charter::read_time(asked)));
  const std::string bytes = TRY(json::read_field(value, "signature", json::read_string));
  TRY(in("signature", from_hex(bytes, signature.signature)));
  return signature;
}

Result<std::vector<Signature>> read_signatures(json::Value value) {
  const json::Array array = TRY(value.array());
  if (array.size() > most_signatures) return fail("more than {}", most_signatures);
  return json::read_array(value, read_signature);
}

void write_signatures(json::Writer& writer, const std::vector<Signature>& signatures) {
  writer.key("signatures").begin_array();
  for (const Signature& signature : signatures) {
    writer.begin_object();
    writer.key("member").string(signature.member);
    writer.key("asked").string(charter::text(signature.asked));
    writer.key("signature").plain_string(to_hex(signature.signature));
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

void write(json::Writer& writer, const Entry& entry) {
  writer.begin_object();
  writer.key("act");
  write(writer, entry.act);
  write_signatures(writer, entry.signatures);
  writer.end_object();
}

Result<Entry> read_entry(std::string_view text) {
  return json::read_canonical(text, [](json::Value value) -> Result<Entry> {
    Entry entry;
    const json::Value act = TRY(value.field("act"));
    entry.act = TRY(in("act", charter::read_act(act)));
    entry.signatures = TRY(json::read_field(value, "signatures", read_signatures));
    return entry;
  });
}

void write(json::Writer& writer, const SignedRequest& request) {
  writer.begin_object();
  writer.key("request");
  write(writer, request.request);
  write_signatures(writer, request.signatures);
  writer.end_object();
}

Result<SignedRequest> read_signed_request(std::string_view text) {
  return json::read_canonical(text, [](json::Value value) -> Result<SignedRequest> {
    SignedRequest request;
    const json::Value asked = TRY(value.field("request"));
    request.request = TRY(in("request", charter::read_request(asked)));
    request.signatures = TRY(json::read_field(value, "signatures", read_signatures));
    return request;
  });
}

std::string signed_text(std::string_view origin, const charter::Request& request, std::string_view member,
                        charter::Time asked) {
  return fmt::format("folkmoot/act/v1\n{}\n{}\n{}\n{}\n", origin, member, charter::text(asked), json::to_text(request));
}

}  // namespace folkmoot::audit
