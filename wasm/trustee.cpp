// The module of trustees and registrar: what they do with secrets (src/role), for the page to send or to let them save.
// Secrets come in as texts and go out as texts, to the page's Worker and no further.
//
//   join(seat)                       {"seed","messages"}; the seat: {"group","trustees","threshold","index"}
//   commit(seed, sent)               {"trustee","messages","polynomial"}; `sent` is what all have sent
//   reveal(seed, sent, polynomial)   {"trustee","messages"}
//   share(seed, sent)                {"trustee","messages"}
//                                    messages, and what all have sent, are [{"name","text"}]; to be sent in that order
//   key(group)                       {"id","private_key","public_key"}, of a trustee who is always needed
//   find(key, decryption_key, size)  {"trustee"}: whose that key is, in the record of that size
//   shuffle(key, decryption_key, supplement, size), decrypt(…)
//                                    {"trustee","text","election","closing","ballots"}: the record verified first,
//                                    then what is to be sent; and which closing of which election that is made of
//   credentials(roll, uuid, group)   {"voters","weight","weighted","hash","public","private","mail","ignored"}
//
// `decryption_key` and `supplement` are empty where there is none. page.progress(step, done, total) is told how far the
// first step is (0: the record verified) and the second (1: what is made).
#include "role/trustee.hpp"
#include "charter/roll.hpp"
#include "interface.hpp"
#include "page_source.hpp"
#include "role/ceremony.hpp"
#include "role/registrar.hpp"
#include "secret/secret_json.hpp"

extern "C" [[clang::import_module("page"), clang::import_name("progress")]] void folkmoot_progress(int step,
                                                                                                   double done,
                                                                                                   double total);

namespace folkmoot::wasm {
namespace {

secret::Random& random() { return secret::Random::system(); }

std::optional<std::string_view> if_any(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

void tell(std::string_view what, std::size_t done, std::size_t total) {
  folkmoot_progress(what == "bytes of the record verified" ? 0 : 1, static_cast<double>(done),
                    static_cast<double>(total));
}

void write_messages(json::Writer& writer, const std::vector<role::Message>& messages) {
  writer.key("messages").begin_array();
  for (const auto& [name, text] : messages) {
    writer.begin_object();
    writer.key("name").string(name);
    writer.key("text").string(text);
    writer.end_object();
  }
  writer.end_array();
}

Result<std::string> join(std::string_view seat_text) {
  const auto document = TRY(json::Document::parse(seat_text));
  const auto count = [](json::Value value) { return value.integer(0, 1000); };
  role::CeremonySeat seat;
  seat.group = TRY(json::read_field(document.root(), "group", json::read_string));
  seat.trustees = TRY(json::read_field(document.root(), "trustees", count));
  seat.threshold = TRY(json::read_field(document.root(), "threshold", count));
  seat.index = TRY(json::read_field(document.root(), "index", count));
  const auto [seed, certificate] = TRY(role::join(seat, random()));
  json::Writer writer;
  writer.begin_object();
  writer.key("seed").raw(secret::quoted(seed.view()).view());
  write_messages(writer, {certificate});
  return writer.end_object().take();
}

Result<role::Message> read_message(json::Value value) {
  auto name = TRY(json::read_field(value, "name", json::read_string));
  auto text = TRY(json::read_field(value, "text", json::read_string));
  return role::Message{std::move(name), std::move(text)};
}
Result<role::Messages> read_messages(std::string_view text) {
  const auto document = TRY(json::Document::parse(text));
  role::Messages messages;
  for (auto& [name, sent] : TRY(json::read_array(document.root(), read_message)))
    messages.emplace(name, std::move(sent));
  return messages;
}

std::string write_step(const role::Step& step, std::optional<std::string_view> polynomial = {}) {
  json::Writer writer;
  writer.begin_object();
  writer.key("trustee").integer(step.trustee);
  write_messages(writer, step.messages);
  if (polynomial) writer.key("polynomial").string(*polynomial);
  return writer.end_object().take();
}

Result<std::string> commit(std::string_view seed_text, std::string_view sent) {
  const auto seed = TRY(secret::Seed::parse(seed_text));
  const auto messages = TRY(read_messages(sent));
  const auto [step, polynomial] = TRY(role::commit(seed, messages, random()));
  return write_step(step, polynomial);
}

Result<std::string> reveal(std::string_view seed_text, std::string_view sent, std::string_view polynomial) {
  const auto seed = TRY(secret::Seed::parse(seed_text));
  const auto messages = TRY(read_messages(sent));
  return write_step(TRY(role::reveal(seed, messages, if_any(polynomial), random())));
}

Result<std::string> share(std::string_view seed_text, std::string_view sent) {
  const auto seed = TRY(secret::Seed::parse(seed_text));
  const auto messages = TRY(read_messages(sent));
  return write_step(TRY(role::share(seed, messages, random())));
}

Result<std::string> key(std::string_view group) {
  const auto key = TRY(role::make_trustee_key(group, random()));
  json::Writer writer;
  writer.begin_object();
  writer.key("id").string(key.id);
  writer.key("private_key").raw(secret::quoted(key.private_key.view()).view());
  writer.key("public_key").string(key.public_key);
  return writer.end_object().take();
}

Result<std::string> find(const role::TrusteeSecret& secret, const PageSource& record) {
  json::Writer writer;
  writer.begin_object();
  writer.key("trustee").integer(TRY(role::find_trustee(record, secret)));
  return writer.end_object().take();
}

Result<std::string> write_sent(Result<role::Sent> made) {
  const role::Sent sent = TRY(std::move(made));
  json::Writer writer;
  writer.begin_object();
  writer.key("trustee").integer(sent.trustee);
  writer.key("text").string(sent.text);
  writer.key("election").string(sent.closing.election);
  writer.key("closing").string(sent.closing.hash);
  writer.key("ballots").integer(static_cast<std::int64_t>(sent.closing.ballots));
  return writer.end_object().take();
}

Result<std::string> credentials(std::string_view roll_text, std::string_view uuid, std::string_view group) {
  const auto roll = charter::read_roll(std::string(roll_text));
  if (!roll) return fail("{}", charter::describe(roll.error()));
  const auto made = TRY(role::make_credentials(*roll, uuid, group, random(), tell));
  json::Writer writer;
  writer.begin_object();
  writer.key("voters").integer(static_cast<std::int64_t>(made.voters));
  writer.key("weight").string(std::to_string(made.total_weight));
  writer.key("weighted").boolean(made.weighted);
  writer.key("hash").string(made.hash);
  writer.key("public").string(made.public_list);
  writer.key("private").string(made.private_list.view());
  writer.key("mail").string(made.mail_merge.view());
  writer.key("ignored").begin_array();
  for (const std::string& column : roll->ignored_columns) writer.string(column);
  writer.end_array();
  return writer.end_object().take();
}

void give(Result<std::string> result) {
  if (result) {
    answer(*std::move(result));
  } else {
    answer(result.error());
  }
}

}  // namespace

FOLKMOOT_EXPORT("join") void export_join(const char* seat, std::size_t size) { give(join({seat, size})); }
FOLKMOOT_EXPORT("commit")
void export_commit(const char* seed, std::size_t seed_size, const char* sent, std::size_t size) {
  give(commit({seed, seed_size}, {sent, size}));
}
FOLKMOOT_EXPORT("reveal")
void export_reveal(const char* seed, std::size_t seed_size, const char* sent, std::size_t size, const char* polynomial,
                   std::size_t polynomial_size) {
  give(reveal({seed, seed_size}, {sent, size}, {polynomial, polynomial_size}));
}
FOLKMOOT_EXPORT("share")
void export_share(const char* seed, std::size_t seed_size, const char* sent, std::size_t size) {
  give(share({seed, seed_size}, {sent, size}));
}
FOLKMOOT_EXPORT("key") void export_key(const char* group, std::size_t size) { give(key({group, size})); }
FOLKMOOT_EXPORT("find")
void export_find(const char* key, std::size_t key_size, const char* decryption_key, std::size_t decryption_key_size,
                 double size) {
  give(find({{key, key_size}, if_any({decryption_key, decryption_key_size})}, PageSource(size)));
}
#define FOLKMOOT_TALLY(NAME, FUNCTION)                                                                         \
  FOLKMOOT_EXPORT(NAME)                                                                                        \
  void export_##FUNCTION(const char* key, std::size_t key_size, const char* decryption_key,                    \
                         std::size_t decryption_key_size, const char* supplement, std::size_t supplement_size, \
                         double size) {                                                                        \
    const PageSource source(size);                                                                             \
    const role::TrusteeSecret secret{{key, key_size}, if_any({decryption_key, decryption_key_size})};          \
    give(write_sent(role::FUNCTION({source, if_any({supplement, supplement_size})}, secret, random(), tell))); \
  }
FOLKMOOT_TALLY("shuffle", shuffle_tally)
FOLKMOOT_TALLY("decrypt", decrypt_tally)
#undef FOLKMOOT_TALLY
FOLKMOOT_EXPORT("credentials")
void export_credentials(const char* roll, std::size_t roll_size, const char* uuid, std::size_t uuid_size,
                        const char* group, std::size_t group_size) {
  give(credentials({roll, roll_size}, {uuid, uuid_size}, {group, group_size}));
}

}  // namespace folkmoot::wasm
