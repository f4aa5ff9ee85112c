// On what the supplement says besides its acts: the election, key ceremonies, spoiled ballots (docs/strict-profile.md,
// sections 2, 5 and 8). Every record here is valid under version 1.
#include "base/sha256.hpp"
#include "tamper/strict_attacks.hpp"

namespace folkmoot::tamper {
namespace {

using enum EventType;

constexpr std::string_view valid;  // under version 1: no check fails

// Changes the head of the supplement; all trustees sign what comes out.
auto signed_head(std::function<void(Tree& supplement)> change) {
  return [=](StrictForgery& f) {
    f.edit(change);
    f.sign_again();
  };
}
auto in_text(std::string_view from, std::string_view to) {
  return [=](StrictForgery& f) { f.supplement.replace(f.supplement.find(from), from.size(), to); };
}
std::string tracker_of(const std::string& ballot) { return to_base64(sha256(ballot)); }
// Its voter, or somebody who knows the opening, had the ballot of that number spoiled, and yet it was cast.
auto spoiled(std::size_t number) {
  return [=](StrictForgery& f) {
    const std::string tracker = tracker_of(f.record.ballot(number));
    f.edit([&](Tree& s) { s["spoiled"] = Tree::parse(R"([")" + tracker + R"("])"); });
    f.sign_again();
  };
}

std::vector<StrictAttack> texts() {
  return {
      {"no supplement at all", Kind::choice, valid, "supplement", [](StrictForgery& f) { f.supplement.clear(); }},
      {"a supplement that is no JSON", Kind::choice, valid, "supplement",
       [](StrictForgery& f) { f.supplement = f.supplement.substr(1); }},
      {"a supplement with white space", Kind::choice, valid, "supplement", in_text("\"uuid\":", "\"uuid\": ")},
      {"a supplement with a line end", Kind::choice, valid, "supplement",
       [](StrictForgery& f) { f.supplement += "\n"; }},
      {"a supplement with a field more", Kind::choice, valid, "supplement",
       [](StrictForgery& f) { f.edit([](Tree& s) { s["note"] = Tree::string("hello"); }); }},
      {"a supplement without a field", Kind::choice, valid, "supplement",
       [](StrictForgery& f) { f.edit([](Tree& s) { s.remove("spoiled"); }); }},
      {"a supplement of another profile", Kind::choice, valid, "supplement",
       in_text("folkmoot-strict-1", "folkmoot-strict-2")},
      {"a supplement of another election", Kind::choice, valid, "supplement batched-proofs decryption-signatures",
       [](StrictForgery& f) { f.supplement = other_sample(Kind::choice, f.record.sample().group).supplement; }},
      {"a supplement with another uuid", Kind::choice, valid, "supplement",
       signed_head([](Tree& s) { s["uuid"] = Tree::string("TamperSampLez3"); })},
      {"a supplement with another fingerprint", Kind::choice, valid, "supplement decryption-signatures",
       signed_head([](Tree& s) { s["fingerprint"] = Tree::string("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"); })},
  };
}

std::vector<StrictAttack> spoils() {
  constexpr std::string_view changed_head = "decryption-signatures";
  return {
      {"a spoiled ballot cast", Kind::choice, valid, "spoiled", spoiled(1)},
      {"a spoiled ballot cast, and replaced later", Kind::ranking, valid, "spoiled", spoiled(0)},
      {"a ballot spoiled after the trustees signed", Kind::choice, valid, changed_head,
       [](StrictForgery& f) {
         f.edit([](Tree& s) { s["spoiled"].push_back(Tree::string("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz8")); });
       }},
      {"a spoiled ballot forgotten after the trustees signed", Kind::choice, valid, changed_head,
       [](StrictForgery& f) { f.edit([](Tree& s) { s["spoiled"].fields().clear(); }); }},
      {"a spoiled ballot listed twice", Kind::choice, valid, "spoiled",
       signed_head([](Tree& s) { s["spoiled"].push_back(s["spoiled"][0]); })},
      {"spoiled ballots in another order", Kind::choice, valid, "spoiled", signed_head([](Tree& s) {
         s["spoiled"].push_back(Tree::string("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
       })},
      {"something spoiled that is no tracker", Kind::choice, valid, "spoiled",
       signed_head([](Tree& s) { s["spoiled"] = Tree::parse(R"(["AAAA"])"); })},
  };
}

// What the threshold group's trustees say in the ceremony, changed; then all sign.
auto in_ceremony(std::function<void(StrictForgery& f, Tree& ceremony)> change) {
  return [=](StrictForgery& f) {
    f.edit([&](Tree& s) { change(f, s["ceremonies"][0]); });
    f.sign_again();
  };
}
std::string coefexps(StrictForgery& f, std::size_t member) {
  Tree trustees = Tree::parse(f.record.step(setup).data[1]);
  std::string text = trustees[1][1]["coefexps"][member - 1]["message"].string();
  for (std::size_t at = 0; (at = text.find("\\\"", at)) != std::string::npos;) text.erase(at, 1);
  return text;
}

std::vector<StrictAttack> ceremonies() {
  constexpr std::string_view wrong = "key-ceremony";
  const auto other_commitment = [](StrictForgery& f, Tree& ceremony) {
    std::string other = coefexps(f, 2);
    std::swap(other[20], other[21]);
    ceremony["commitments"][1] = Tree::parse(f.insider().commit(2, other));
  };
  return {
      {"a reveal that differs from its commitment, which all say they saw", Kind::threshold, valid, wrong,
       in_ceremony([=](StrictForgery& f, Tree& ceremony) {
         other_commitment(f, ceremony);
         const std::string commitments = ceremony["commitments"].text();
         for (std::size_t i = 0; i < 3; ++i) {
           ceremony["reveals"][i] = Tree::parse(f.insider().reveal(i + 1, commitments));
         }
       })},
      {"a commitment exchanged after the others had revealed", Kind::threshold, valid, wrong,
       in_ceremony(other_commitment)},
      {"a commitment that its trustee did not sign", Kind::threshold, valid, wrong,
       in_ceremony([](StrictForgery&, Tree& ceremony) {
         ceremony["commitments"][0]["signature"]["response"] = Tree::string("7");
       })},
      {"commitments of two trustees exchanged", Kind::threshold, valid, wrong,
       in_ceremony(
           [](StrictForgery&, Tree& ceremony) { std::swap(ceremony["commitments"][0], ceremony["commitments"][1]); })},
      {"a trustee who revealed without having seen the commitments", Kind::threshold, valid, wrong,
       in_ceremony([](StrictForgery&, Tree& ceremony) { ceremony["reveals"][2] = ceremony["reveals"][1]; })},
      {"a commitment left out", Kind::threshold, valid, wrong,
       in_ceremony([](StrictForgery&, Tree& ceremony) { ceremony["commitments"].fields().pop_back(); })},
      {"a ceremony left out", Kind::threshold, valid, wrong,
       signed_head([](Tree& s) { s["ceremonies"].fields().clear(); })},
      {"a ceremony too many", Kind::threshold, valid, wrong,
       signed_head([](Tree& s) { s["ceremonies"].push_back(s["ceremonies"][0]); })},
      {"another election's ceremony", Kind::threshold, valid, wrong,
       [](StrictForgery& f) {
         const Tree other =
             Tree::parse(other_sample(Kind::threshold, f.record.sample().group).supplement)["ceremonies"];
         f.edit([&](Tree& s) { s["ceremonies"] = other; });
         f.sign_again();
       }},
      {"a ceremony of trustees who made their keys alone", Kind::choice, valid, wrong,
       [](StrictForgery& f) {
         const Tree other = Tree::parse(sample(Kind::threshold, f.record.sample().group).supplement)["ceremonies"];
         f.edit([&](Tree& s) { s["ceremonies"] = other; });
         f.sign_again();
       }},
  };
}

}  // namespace

std::vector<StrictAttack> head_attacks() {
  std::vector<StrictAttack> all = texts();
  for (const auto& part : {spoils(), ceremonies()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace folkmoot::tamper
