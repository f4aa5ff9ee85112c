// A ledger in memory for the tests of the audit: an organisation under an example charter, whose founder and officers
// sign with keys of their own, its log, a witness, and what is published beside it.
#pragma once

#include <fstream>
#include <sstream>

#include "audit/history.hpp"
#include "audit/verify.hpp"
#include "base/sha256.hpp"
#include "charter/process.hpp"
#include "charter/signers.hpp"
#include "charter/standing.hpp"
#include "ledger/cosignature.hpp"
#include "ledger/support.hpp"

namespace folkmoot::audit::test {

using charter::Body;
using ledger::test::MemoryStorage;
using ledger::test::need;
using ledger::test::origin;

inline std::string example_charter(const std::string& name) {
  std::ifstream file(FOLKMOOT_SOURCE_DIR "/examples/" + name + ".toml");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The reference of an invented person.
inline std::string ref_of(const std::string& person) { return "m-" + sha256_hex(person).substr(0, 16); }

// Everybody's key is made from their reference.
inline ledger::Signer key_of(const std::string& member) {
  std::array<std::uint8_t, 32> seed = sha256(member);
  ledger::PublicKey key;
  std::array<std::uint8_t, 64> secret;
  crypto_sign_seed_keypair(key.data(), secret.data(), seed.data());
  return {need(ledger::VerifierKey::make("member", ledger::SignatureType::note, key)),
          [secret](std::string_view message) -> Result<ledger::Signature> {
            ledger::Signature signature;
            crypto_sign_detached(signature.data(), nullptr, bytes_of(message).data(), message.size(), secret.data());
            return signature;
          }};
}
inline std::string public_key(const std::string& member) { return to_hex(key_of(member).key.key()); }

inline Signature sign(const charter::Request& request, const std::string& member, charter::Time asked,
                      const std::string& log = origin) {
  return {member, asked, need(key_of(member).sign(signed_text(log, request, member, asked)))};
}

inline ledger::Signer witness_signer() {
  return ledger::test::signer("witness.example/w1", ledger::SignatureType::cosignature_v1, 60);
}
// The log's key, and that witness as a quorum.
inline ledger::Policy policy() {
  return need(ledger::Policy::parse(fmt::format(
      "log {}\nwitness w1 {}\nquorum w1\n", ledger::test::log_signer().key.to_text(), witness_signer().key.to_text())));
}

// Published files in memory.
class Shelf final : public Library {
 public:
  std::map<std::string, std::string> files;
  bool listed = true;

  [[nodiscard]] Result<std::unique_ptr<record::ByteSource>> open(const std::string& name) const override {
    const auto found = files.find(name);
    if (found == files.end()) return nullptr;
    return std::make_unique<record::MemorySource>(found->second);
  }
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list() const override {
    if (!listed) return std::nullopt;
    std::vector<std::string> names;
    for (const auto& [name, content] : files) names.push_back(name);
    return names;
  }
};

// What is at hand to whoever verifies: the log's files and what is published; and the entries that it was made of.
struct Copy {
  std::vector<std::string> entries;
  std::map<std::string, Bytes> files;
  std::map<std::string, std::string> texts;  // by their SHA-256
  bool listed = true;

  std::string add(const std::string& text) { return texts.emplace(sha256_hex(text), text).first->first; }
  // Makes the log anew from the entries, with a checkpoint signed by the log, and cosigned unless `time` is 0.
  void publish(std::int64_t time) {
    MemoryStorage storage;
    ledger::Log log = need(ledger::Log::create(storage, ledger::test::log_signer()));
    std::vector<ByteView> views;
    for (const std::string& entry : entries) views.push_back(bytes_of(entry));
    need(log.append(views));
    std::string note = need(log.sign_head());
    if (time != 0) {
      const std::string text = need(ledger::parse_note(note)).text;
      note += to_text(need(ledger::cosign(witness_signer(), text, static_cast<std::uint64_t>(time))));
    }
    need(log.publish(note));
    files = std::move(storage.files);
    files.erase("journal");
  }
  [[nodiscard]] std::string checkpoint() const { return std::string(text_of(files.at("checkpoint"))); }

  // With the policy above unless the options have another.
  [[nodiscard]] Report verify(VerifyOptions options = {}) const {
    const ledger::Policy known = policy();
    if (!options.policy) options.policy = &known;
    return verify_with(options);
  }
  [[nodiscard]] Report verify_with(const VerifyOptions& options) const {
    MemoryStorage log;
    log.files = files;
    Shelf shelf;
    shelf.files = texts;
    shelf.listed = listed;
    return audit::verify(log, shelf, options);
  }
};

// The organisation's own side.
class Book {
 public:
  explicit Book(const std::string& charter, int members = 8) {
    const std::string text = example_charter(charter);
    act("Fen Founder", "organisation.found", {{"text", text}, {"key", public_key(ref_of("Fen Founder"))}});
    std::vector<std::string> references;
    for (int i = 1; i <= members; ++i) references.push_back(ref_of(member(i)));
    act("Fen Founder", "member.admit", {{"members", references}, {"joined", "2024-01-01T00:00:00Z"}});
    int next = 0;
    for (const auto& [post, rule] : history_.state().charter().posts) {
      for (int number = 1; number <= rule.seats; ++number) {
        act("Fen Founder", "seat.found",
            {{"seat", fmt::format("seat-{}-{}", post, number)},
             {"member", references[static_cast<std::size_t>(next++ % members)]},
             {"until", charter::text(now + rule.term)}});
      }
    }
    for (int i = 1; i <= members; ++i) {
      act(member(i), "member.enrol_key", {{"member", ref_of(member(i))}, {"key", public_key(ref_of(member(i)))}});
    }
    act("Fen Founder", "organisation.constitute", {});
  }

  [[nodiscard]] static std::string member(int number) { return "Member " + std::to_string(number); }
  // A person, or "chair:" for whoever holds that post first, acting in it.
  [[nodiscard]] charter::Actor actor(const std::string& who) const {
    if (!who.ends_with(':')) return {ref_of(who), ""};
    const std::string post = who.substr(0, who.size() - 1);
    return {charter::holders(state(), post).at(0), post};
  }
  [[nodiscard]] charter::Request request(const std::string& who, const std::string& type, Body body,
                                         const std::string& second = "") const {
    charter::Request request{type, actor(who), {}, std::move(body)};
    if (!second.empty()) request.seconded_by.push_back(actor(second));
    return request;
  }
  // The request with the signatures it needs, asked for now.
  [[nodiscard]] SignedRequest signed_request(const charter::Request& request) const {
    SignedRequest made{request, {}};
    for (const charter::Signer& signer : charter::signers(state(), request)) {
      made.signatures.push_back(sign(request, signer.member, now));
    }
    return made;
  }

  // Enters what was decided on the request, with the clock's acts before and after.
  charter::Act act(const std::string& who, const std::string& type, Body body, const std::string& second = "") {
    settle();
    const SignedRequest asked = signed_request(request(who, type, std::move(body), second));
    const charter::Decided decided = charter::decide(state(), asked.request, now);
    if (const auto* refusal = std::get_if<charter::Refusal>(&decided)) {
      if (!refusal->recorded) throw std::runtime_error(type + ": " + refusal->rule + ": " + refusal->message);
      enter({charter::recorded(state(), asked.request, *refusal, now), asked.signatures});
      return {};
    }
    const charter::Act granted = std::get<charter::Act>(decided);
    enter({granted, asked.signatures});
    settle();
    return granted;
  }
  void pass(charter::Length length) { until(now + length); }
  void until(charter::Time time) {
    while (now < time) {
      now = std::min(time, now + charter::days(1));
      settle();
    }
  }
  void enter(const Entry& entry) {
    need(history_.take(entry));
    copy.entries.push_back(json::to_text(entry));
  }
  // The thing that the last act opened: "statement-17".
  [[nodiscard]] std::string last(const std::string& process) const {
    for (std::int64_t i = state().acts; i-- > 0;) {
      const std::string id = fmt::format("{}-{}", process, i);
      if (charter::find_thing(state(), id)) return id;
    }
    throw std::runtime_error("there is no " + process);
  }

  [[nodiscard]] const charter::State& state() const { return history_.state(); }
  [[nodiscard]] const History& history() const { return history_; }

  charter::Time now = need(charter::read_time("2026-01-05T09:00:00Z"));
  Copy copy;

 private:
  void settle() {
    for (auto due = charter::due(state(), now); !due.empty(); due = charter::due(state(), now)) {
      const charter::Decided decided = charter::decide(state(), due.front(), now);
      enter({std::get<charter::Act>(decided), {}});
    }
  }

  History history_{origin};
};

// The ids of the checks that failed.
inline std::string failed(const Report& report) {
  std::vector<std::string_view> ids;
  for (const Check* check : report.checks()) {
    if (check->failed()) ids.push_back(check->id());
  }
  return fmt::format("{}", fmt::join(ids, " "));
}
// All that a check says is wrong.
inline std::string details(const Report& report, CheckId id) {
  return fmt::format("{}", fmt::join(report[id].details(), "; "));
}

}  // namespace folkmoot::audit::test
