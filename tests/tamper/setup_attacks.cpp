// On the election, its trustees and its credentials (specification, sections 4.5 to 4.10).
#include "base/bytes.hpp"
#include "tamper/forgery.hpp"

namespace folkmoot::tamper {
namespace {

constexpr std::size_t election = 0, trustees = 1, credentials = 2, setup_data = 3;

auto on(std::size_t part, std::function<void(Tree&)> change) {
  return [=](Forgery& f) { Forgery::edit(f.step(EventType::setup).data[part], change); };
}
auto on(std::size_t part, std::function<void(Tree&, const Insider&)> change) {
  return [=](Forgery& f) {
    Forgery::edit(f.step(EventType::setup).data[part], [&](Tree& tree) { change(tree, f.insider()); });
  };
}
auto on_text(std::size_t part, std::string_view from, std::string_view to) {
  return [=](Forgery& f) {
    std::string& text = f.step(EventType::setup).data[part];
    text.replace(text.find(from), from.size(), to);
  };
}

// The parts of the threshold sample's second item.
auto on_threshold(std::function<void(Tree&)> change) {
  return on(trustees, std::function<void(Tree&)>([=](Tree& tree) { change(tree[1][1]); }));
}

Tree& challenge(Tree& proof) { return proof["challenge"]; }

// Changes what a signed message says, so that it is another message under the same signature.
void edit_message(Tree& message, const std::function<void(Tree&)>& change) {
  std::string text = message["message"].string();
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) plain += text[i] == '\\' ? text[++i] : text[i];
  Forgery::edit(plain, change);
  std::string escaped;
  for (const char c : plain) escaped += c == '"' ? "\\\"" : std::string(1, c);
  message["message"] = Tree::string(escaped);
}

// What a change of the election's text breaks: all that is bound to its fingerprint.
constexpr std::string_view bound_to_election = "ballot-form ballot-proofs decryption-proofs";

std::vector<Attack> election_attacks() {
  using T = Tree;
  return {
      {"an election of version 2", Kind::choice, "election", on_text(election, R"("version":1)", R"("version":2)")},
      {"a group that is not known", Kind::choice, "election",
       on(election, [](Tree& e) { e["group"] = T::string("P-256"); })},
      {"another known group", Kind::choice, "election",
       on(election,
          [](Tree& e) { e["group"] = T::string(e["group"].string() == "Ed25519" ? "RFC-3526-2048" : "Ed25519"); })},
      {"a uuid of eight characters", Kind::choice, "election",
       on(election, [](Tree& e) { e["uuid"] = T::string("TamperSa"); })},
      {"a uuid that is not base58", Kind::choice, "election",
       on(election, [](Tree& e) { e["uuid"] = T::string("TamperSampl0O1"); })},
      {"an election with white space", Kind::choice, "election", on_text(election, R"("name":)", R"("name": )")},
      {"an election with a field more", Kind::choice, "election",
       on(election, [](Tree& e) { e["colour"] = T::string("green"); })},
      {"an election with a field twice", Kind::choice, "election",
       on_text(election, R"("version":1,)", R"("version":1,"version":1,)")},
      {"an election with its fields in another order", Kind::choice, "election",
       on(election, [](Tree& e) { std::swap(e.fields()[1], e.fields()[2]); })},
      {"an election with needless escapes", Kind::choice, "election", on_text(election, "Ada", R"(\u0041da)")},
      {"an election with an integer that has a fraction", Kind::choice, "election",
       on_text(election, R"("version":1,)", R"("version":1.0,)")},
      {"an election without its public key", Kind::choice, "election",
       on(election, [](Tree& e) { e.remove("public_key"); })},
      {"JSON too deep for any reader", Kind::choice, "election",
       [](Forgery& f) { f.step(EventType::setup).data[election] = std::string(100'000, '['); }},
      {"JSON that is not UTF-8", Kind::choice, "election", on_text(election, "Ada", "\xff\xfe")},
      {"setup_data with a field more", Kind::choice, "election",
       on(setup_data, [](Tree& s) { s["note"] = T::string("hello"); })},
      {"more numbers than an element carries", Kind::ranking, "election ballot-form ballot-proofs",
       [](Forgery& f) {
         Forgery::edit(f.step(EventType::setup).data[election], [](Tree& e) {
           Tree& answers = e["questions"][0]["value"]["answers"];
           while (answers.size() < 300) answers.push_back(T::string("X"));
         });
         while (f.steps.back().type != EventType::end_ballots) f.steps.pop_back();
       }},
      {"a question's text changed after the vote", Kind::choice, bound_to_election, on_text(election, "Who?", "Whom?")},
      {"candidates exchanged after the vote", Kind::choice, bound_to_election,
       on(election,
          [](Tree& e) {
            Tree& answers = e["questions"][0]["answers"];
            std::swap(answers[0], answers[1]);
          })},
      {"more choices allowed after the vote", Kind::choice, "ballot-form tally decryption-proofs",
       on(election, [](Tree& e) { e["questions"][1]["max"] = T::raw("2"); })},
      {"the public key replaced", Kind::choice, "public-key ballot-form ballot-proofs decryption-proofs",
       on(election,
          [](Tree& e, const Insider& i) {
            e["public_key"] = T::string(i.multiply(e["public_key"].string(), i.generator()));
          })},
      {"a public key that hides nothing", Kind::choice,
       "election public-key ballot-form ballot-proofs decryption-proofs",
       on(election, [](Tree& e, const Insider& i) { e["public_key"] = T::string(i.identity()); })},
  };
}

std::vector<Attack> trustee_attacks() {
  return {
      {"a trustee without a valid proof", Kind::choice, "trustees",
       on(trustees, [](Tree& t) { challenge(t[0][1]["pok"]) = Tree::string("1"); })},
      {"a trustee with another's proof", Kind::choice, "trustees",
       on(trustees, [](Tree& t) { t[0][1]["pok"] = t[1][1]["pok"]; })},
      {"a trustee left out", Kind::choice, "public-key decryptions result",
       on(trustees, [](Tree& t) { t.fields().pop_back(); })},
      {"a trustee more", Kind::choice, "public-key decryptions",
       [](Forgery& f) {
         Forgery::edit(f.step(EventType::setup).data[trustees],
                       [&](Tree& t) { t.push_back(Tree::parse(R"(["Single",)" + f.insider().new_trustee() + "]")); });
       }},
      {"a rogue trustee whose key cancels another's", Kind::choice, "trustees decryption-proofs",
       // The key y/X_1 instead of X_2 leaves the election's key as it is; only who knows its logarithm can prove it.
       [](Forgery& f) {
         const std::string y = Tree::parse(f.step(EventType::setup).data[election])["public_key"].string();
         Forgery::edit(f.step(EventType::setup).data[trustees], [&](Tree& t) {
           const Insider& i = f.insider();
           const Tree mine = Tree::parse(f.insider().new_trustee());
           t[0][1] = mine;
           t[1][1]["public_key"] = Tree::string(i.divide(y, t[0][1]["public_key"].string()));
         });
       }},
      {"trustees in another order", Kind::choice, "decryption-proofs",
       on(trustees, [](Tree& t) { std::swap(t[0], t[1]); })},
      {"a trustee of no known kind", Kind::choice, "trustees",
       on(trustees, [](Tree& t) { t[0][0] = Tree::string("Double"); })},
      {"a signature of a trustee's certificate broken", Kind::threshold, "trustees",
       on_threshold([](Tree& t) { challenge(t["certs"][1]["signature"]) = Tree::string("1"); })},
      {"a certificate of another trustee", Kind::threshold, "trustees",
       on_threshold([](Tree& t) { t["certs"][1] = t["certs"][2]; })},
      {"a certificate for another threshold", Kind::threshold, "trustees", on_threshold([](Tree& t) {
         edit_message(t["certs"][0], [](Tree& keys) { keys["context"]["threshold"] = Tree::raw("1"); });
       })},
      {"the threshold lowered", Kind::threshold, "trustees result",
       on_threshold([](Tree& t) { t["threshold"] = Tree::raw("1"); })},
      {"the threshold raised", Kind::threshold, "trustees decryptions",
       on_threshold([](Tree& t) { t["threshold"] = Tree::raw("3"); })},
      {"a threshold above the number of trustees", Kind::threshold, "trustees decryptions",
       on_threshold([](Tree& t) { t["threshold"] = Tree::raw("4"); })},
      {"a threshold of zero", Kind::threshold, "trustees result",
       on_threshold([](Tree& t) { t["threshold"] = Tree::raw("0"); })},
      {"a signature of coefficients broken", Kind::threshold, "trustees",
       on_threshold([](Tree& t) { challenge(t["coefexps"][0]["signature"]) = Tree::string("1"); })},
      {"another trustee's coefficients", Kind::threshold, "trustees public-key",
       on_threshold([](Tree& t) { t["coefexps"][0] = t["coefexps"][1]; })},
      {"coefficients that were signed for other certificates", Kind::threshold, "trustees",
       on_threshold([](Tree& t) { challenge(t["signatures"][2]) = Tree::string("1"); })},
      {"threshold keys without their signatures, as made before 2.5.1", Kind::threshold, "trustees",
       on_threshold([](Tree& t) {
         t.remove("signatures");
         for (std::size_t i = 0; i < 3; ++i) t["verification_keys"][i].remove("signature");
       })},
      {"a verification key replaced", Kind::threshold, "trustees decryption-proofs",
       [](Forgery& f) {
         Forgery::edit(f.step(EventType::setup).data[trustees], [&](Tree& t) {
           Tree& key = t[1][1]["verification_keys"][0];
           const Tree proven = Tree::parse(f.insider().new_trustee());
           const Tree signature = key["signature"];
           key = proven;
           key["signature"] = signature;
         });
       }},
      {"a verification key that its owner did not sign", Kind::threshold, "trustees",
       on_threshold([](Tree& t) { challenge(t["verification_keys"][0]["signature"]) = Tree::string("1"); })},
      {"a verification key less", Kind::threshold, "trustees decryptions",
       on_threshold([](Tree& t) { t["verification_keys"].fields().pop_back(); })},
      {"trustees with white space", Kind::choice, "trustees", on_text(trustees, R"("pok":)", R"("pok": )")},
  };
}

std::vector<Attack> credential_attacks() {
  // The credential that the voter of that ballot has.
  const auto of_ballot = [](Forgery& f, std::size_t number) {
    return Tree::parse(f.ballot(number))["credential"].string();
  };
  const auto change = [=](std::size_t number, std::function<void(Tree & list, std::size_t at)> what) {
    return [=](Forgery& f) {
      const std::string credential = of_ballot(f, number);
      Forgery::edit(f.step(EventType::setup).data[credentials], [&](Tree& list) {
        for (std::size_t i = 0; i < list.size(); ++i) {
          if (list[i].string().starts_with(credential)) return what(list, i);
        }
      });
    };
  };
  return {
      {"a credential twice", Kind::choice, "credentials", on(credentials, [](Tree& list) { list.push_back(list[0]); })},
      {"a credential twice, with two weights", Kind::weighted, "credentials",
       on(credentials,
          [](Tree& list) {
            const std::string entry = list[0].string();
            list.push_back(Tree::string(entry.substr(0, entry.find(',')) + ",9"));
          })},
      {"a credential that is everybody's", Kind::choice, "credentials",
       on(credentials, [](Tree& list, const Insider& i) { list.push_back(Tree::string(i.identity())); })},
      {"a weight of zero", Kind::weighted, "credentials",
       on(credentials,
          [](Tree& list) {
            const std::string entry = list[0].string();
            list[0] = Tree::string(entry.substr(0, entry.find(',')) + ",0");
          })},
      {"a weight with a leading zero", Kind::weighted, "credentials",
       on(credentials,
          [](Tree& list) {
            std::string entry = list[0].string();
            list[0] = Tree::string(entry.insert(entry.find(',') + 1, "0"));
          })},
      {"a negative weight", Kind::weighted, "credentials",
       on(credentials,
          [](Tree& list) {
            std::string entry = list[0].string();
            list[0] = Tree::string(entry.insert(entry.find(',') + 1, "-"));
          })},
      {"weights that no integer holds", Kind::weighted, "credentials",
       on(credentials,
          [](Tree& list) {
            const std::string entry = list[0].string();
            list[0] = Tree::string(entry.substr(0, entry.find(',')) + ",18446744073709551616");
          })},
      {"a weighted ranking", Kind::ranking, "credentials",
       on(credentials,
          [](Tree& list) {
            for (std::size_t i = 0; i < list.size(); ++i) {
              list[i] = Tree::string(list[i].string() + (i == 0 ? ",2" : ",1"));
            }
          })},
      {"a voter's weight raised", Kind::weighted, "tally",
       change(1,
              [](Tree& list, std::size_t at) {
                const std::string entry = list[at].string();
                list[at] = Tree::string(entry.substr(0, entry.find(',')) + ",100");
              })},
      {"a voter struck off the list", Kind::choice, "ballot-credential tally",
       change(1, [](Tree& list,
                    std::size_t at) { list.fields().erase(list.fields().begin() + static_cast<std::ptrdiff_t>(at)); })},
      {"a voter replaced on the list", Kind::choice, "ballot-credential tally",
       [=](Forgery& f) {
         const std::string stranger =
             Tree::parse(f.insider().foreign_ballot("[[0,1,0,0],[1,0]]"))["credential"].string();
         change(1, [&](Tree& list, std::size_t at) { list[at] = Tree::string(stranger); })(f);
       }},
      {"credentials as numbers", Kind::choice, "credentials",
       on(credentials, [](Tree& list) { list[0] = Tree::raw("1"); })},
      {"credentials with white space", Kind::choice, "credentials", on_text(credentials, "\",\"", "\", \"")},
  };
}

}  // namespace

std::vector<Attack> setup_attacks() {
  std::vector<Attack> all = election_attacks();
  for (const auto& part : {trustee_attacks(), credential_attacks()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace folkmoot::tamper
