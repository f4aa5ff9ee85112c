// On what trustees prove and sign (docs/strict-profile.md, sections 3 and 4). Unless it says otherwise, an attack
// leaves a record that is valid under version 1.
#include "tamper/strict_attacks.hpp"

namespace folkmoot::tamper {
namespace {

using enum EventType;

constexpr std::string_view valid;  // under version 1: no check fails
constexpr std::string_view signatures = "shuffle-signatures decryption-signatures";

// A factor that is false and proved for good, in the decryption of that number by that trustee.
void falsify(StrictForgery& f, std::size_t number, std::size_t trustee, std::size_t ciphertext,
             const std::string& tally) {
  std::string& decryption = f.record.step(partial_decryption, number).content();
  decryption = f.insider().falsify(trustee, tally, decryption, 0, ciphertext);
}
// The same of rankings: every trustee goes on from what comes out.
auto garbled(std::vector<std::size_t> ciphertexts) {
  return [=](StrictForgery& f) {
    const std::string tally = f.insider().shuffled_tally(f.record.sample().record);
    for (const std::size_t ciphertext : ciphertexts) falsify(f, 2, 3, ciphertext, tally);
    Forgery decrypted = f.record;
    f.record.step(result).payload() = f.insider().result(decrypted.bytes());
    f.remake();
  };
}

std::vector<StrictAttack> decryptions() {
  return {
      {"a false factor beyond the threshold, whose version 1 proof is good", Kind::threshold, valid, "batched-proofs",
       [](StrictForgery& f) {
         const std::string tally = f.record.step(encrypted_tally).content();
         const auto at = f.record.steps.begin() + static_cast<std::ptrdiff_t>(f.record.index_of(result));
         f.record.steps.insert(at,
                               {partial_decryption, {f.insider().decrypt(3, tally), R"({"owner":3,"payload":""})"}});
         falsify(f, 2, 4, 0, tally);  // trustees 2 and 3 are enough, and come before 4
         f.remake();
       }},
      {"a ballot garbled by a false factor", Kind::ranking, valid, "batched-proofs", garbled({1})},
      {"all ballots garbled by false factors", Kind::ranking, valid, "batched-proofs", garbled({0, 1, 2, 3})},
      {"a false factor that decrypts to no total", Kind::choice, "result", "batched-proofs",
       [](StrictForgery& f) {
         falsify(f, 0, 1, 2, f.record.step(encrypted_tally).content());
         f.remake();
       }},
      {"a batched proof with another challenge", Kind::choice, valid, "batched-proofs",
       [](StrictForgery& f) {
         f.edit([](Tree& s) { s["decryptions"][0]["proof"]["challenge"] = Tree::string("7"); });
         f.sign_again();
       }},
      {"a batched proof with another response", Kind::ranking, valid, "batched-proofs",
       [](StrictForgery& f) {
         f.edit([](Tree& s) { s["decryptions"][1]["proof"]["response"] = Tree::string("7"); });
         f.sign_again();
       }},
      {"another trustee's batched proof", Kind::choice, valid, "batched-proofs",
       [](StrictForgery& f) {
         f.edit([](Tree& s) { s["decryptions"][0]["proof"] = s["decryptions"][1]["proof"]; });
         f.sign_again();
       }},
      {"another election's batched proof", Kind::choice, valid, "batched-proofs",
       [](StrictForgery& f) {
         const Tree other = Tree::parse(other_sample(Kind::choice, f.record.sample().group).supplement)["decryptions"];
         f.edit([&](Tree& s) { s["decryptions"][0]["proof"] = Tree(other)[0]["proof"]; });
         f.sign_again();
       }},
      {"a batched proof of the factors before they were falsified", Kind::ranking, valid, "batched-proofs",
       [](StrictForgery& f) {
         const Tree before = Tree::parse(f.supplement)["decryptions"][2]["proof"];
         garbled({1})(f);
         f.edit([&](Tree& s) { s["decryptions"][2]["proof"] = before; });
         f.sign_again();
       }},
      {"a decryption without its entry", Kind::choice, valid, "batched-proofs decryption-signatures",
       [](StrictForgery& f) { f.edit([](Tree& s) { s["decryptions"].fields().pop_back(); }); }},
      {"a decryption's entry twice", Kind::choice, valid, "batched-proofs decryption-signatures",
       [](StrictForgery& f) { f.edit([](Tree& s) { s["decryptions"].push_back(s["decryptions"][1]); }); }},
      {"entries of decryptions exchanged", Kind::choice, valid, "batched-proofs decryption-signatures",
       [](StrictForgery& f) { f.edit([](Tree& s) { std::swap(s["decryptions"][0], s["decryptions"][1]); }); }},
      {"a decryption's entry under another trustee's name", Kind::choice, valid, "batched-proofs decryption-signatures",
       [](StrictForgery& f) {
         f.edit([](Tree& s) { s["decryptions"][0]["owner"] = Tree::raw("2"); });
         f.sign_again();
       }},
      {"a decryption signed by another trustee", Kind::choice, valid, "decryption-signatures",
       [](StrictForgery& f) {
         StrictForgery other = f;
         other.edit([](Tree& s) { s["decryptions"][0]["owner"] = Tree::raw("2"); });
         other.sign_again();
         const Tree signature = Tree::parse(other.supplement)["decryptions"][0]["signature"];
         f.edit([&](Tree& s) { s["decryptions"][0]["signature"] = signature; });
       }},
      {"a decryption's signature with another response", Kind::threshold, valid, "decryption-signatures",
       [](StrictForgery& f) {
         f.edit([](Tree& s) { s["decryptions"][2]["signature"]["response"] = Tree::string("7"); });
       }},
      {"a decryption signed before its proof was changed", Kind::choice, valid, "batched-proofs decryption-signatures",
       [](StrictForgery& f) { f.edit([](Tree& s) { s["decryptions"][0]["proof"]["response"] = Tree::string("7"); }); }},
  };
}

std::vector<StrictAttack> shuffles() {
  return {
      {"a shuffle that nobody signed", Kind::ranking, valid, "shuffle-signatures",
       [](StrictForgery& f) { f.edit([](Tree& s) { s["shuffles"].fields().pop_back(); }); }},
      {"shuffles without any entries", Kind::ranking, valid, "shuffle-signatures",
       [](StrictForgery& f) { f.edit([](Tree& s) { s["shuffles"].fields().clear(); }); }},
      {"an entry for a shuffle that there is not", Kind::ranking, valid, "shuffle-signatures",
       [](StrictForgery& f) { f.edit([](Tree& s) { s["shuffles"].push_back(s["shuffles"][2]); }); }},
      {"entries of shuffles exchanged", Kind::ranking, valid, "shuffle-signatures",
       [](StrictForgery& f) { f.edit([](Tree& s) { std::swap(s["shuffles"][0], s["shuffles"][1]); }); }},
      {"a shuffle with another shuffle's signature", Kind::ranking, valid, "shuffle-signatures",
       [](StrictForgery& f) {
         f.edit([](Tree& s) { s["shuffles"][0]["signature"] = s["shuffles"][1]["signature"]; });
       }},
      {"a shuffle signed with another key than its trustee's", Kind::ranking, valid, "shuffle-signatures",
       [](StrictForgery& f) {
         StrictForgery other = f;
         other.edit([](Tree& s) { s["shuffles"][0]["owner"] = Tree::raw("3"); });
         other.sign_again();
         const Tree signature = Tree::parse(other.supplement)["shuffles"][0]["signature"];
         f.edit([&](Tree& s) { s["shuffles"][0]["signature"] = signature; });
       }},
      {"a shuffle by somebody else under a trustee's name", Kind::ranking, valid, "shuffle-signatures",
       // The last one of them: the decryptions are made anew.
       [](StrictForgery& f) {
         const std::string before = Tree::parse(f.record.step(shuffle, 1).content())["ciphertexts"].text();
         f.record.step(shuffle, 2).content() = f.insider().shuffle(before);
         const std::string tally = Tree::parse(f.record.step(shuffle, 2).content())["ciphertexts"].text();
         for (std::size_t i = 0; i < 3; ++i) {
           f.record.step(partial_decryption, i).content() = f.insider().decrypt(i + 1, tally);
         }
         Forgery decrypted = f.record;
         f.record.step(result).payload() = f.insider().result(decrypted.bytes());
         // Whose signature cannot be had is left as it was.
         const Tree signature = Tree::parse(f.supplement)["shuffles"][2]["signature"];
         f.remake();
         f.edit([&](Tree& s) { s["shuffles"][2]["signature"] = signature; });
       }},
      {"a shuffle by somebody who is no trustee, signed by them", Kind::ranking, "shuffles", "shuffle-signatures",
       [](StrictForgery& f) {
         Forgery::edit(f.record.step(shuffle, 1).payload(), [](Tree& owned) { owned["owner"] = Tree::raw("4"); });
         f.remake();
       }},
      {"a shuffle signed for another election", Kind::ranking, valid, "shuffle-signatures",
       [](StrictForgery& f) {
         const Tree other = Tree::parse(other_sample(Kind::ranking, f.record.sample().group).supplement)["shuffles"];
         f.edit([&](Tree& s) { s["shuffles"][0]["signature"] = Tree(other)[0]["signature"]; });
       }},
      {"a shuffle's signature with another challenge", Kind::ranking, valid, "shuffle-signatures",
       [](StrictForgery& f) {
         f.edit([](Tree& s) { s["shuffles"][1]["signature"]["challenge"] = Tree::string("7"); });
       }},
  };
}

// What no verifier can see in a version 1 record (docs/differences.md): the trustees have signed which ballots there
// were when they acted.
std::vector<StrictAttack> ballots() {
  return {
      {"a replaced ballot left out, the chain made anew", Kind::choice, valid, "decryption-signatures",
       [](StrictForgery& f) { f.record.remove(EventType::ballot, 0); }},
      {"a replaced ranking left out, the chain made anew", Kind::ranking, valid, signatures,
       [](StrictForgery& f) { f.record.remove(EventType::ballot, 0); }},
      {"ballots of two voters in each other's place", Kind::choice, valid, "decryption-signatures",
       [](StrictForgery& f) { std::swap(f.record.ballot(1), f.record.ballot(2)); }},
      {"another credential for a voter who did not vote", Kind::choice, valid, "decryption-signatures",
       [](StrictForgery& f) {
         Forgery::edit(f.record.step(setup).data[2], [&](Tree& credentials) {
           std::vector<std::string> used;
           for (std::size_t i = 0; i < ballot_count; ++i) {
             used.push_back(Tree::parse(f.record.ballot(i))["credential"].string());
           }
           for (auto& [name, credential] : credentials.fields()) {
             if (std::ranges::find(used, credential.string()) != used.end()) continue;
             credential = Tree::string(f.insider().multiply(credential.string(), f.insider().generator()));
           }
         });
       }},
  };
}

}  // namespace

std::vector<StrictAttack> act_attacks() {
  std::vector<StrictAttack> all = decryptions();
  for (const auto& part : {shuffles(), ballots()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace folkmoot::tamper
