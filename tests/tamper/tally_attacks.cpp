// On the encrypted tally and the shuffles (specification, sections 4.18 and 4.19).
#include "tamper/forgery.hpp"

namespace folkmoot::tamper {
namespace {

using enum EventType;

auto on_tally(std::function<void(Tree& tally)> change) {
  return [=](Forgery& f) { Forgery::edit(f.step(encrypted_tally).content(), change); };
}
auto on_tally(std::function<void(Tree& tally, Forgery&)> change) {
  return [=](Forgery& f) { Forgery::edit(f.step(encrypted_tally).content(), [&](Tree& tally) { change(tally, f); }); };
}
auto on_sized(std::function<void(Tree& sized)> change) {
  return [=](Forgery& f) { Forgery::edit(f.step(encrypted_tally).payload(), change); };
}

void times(const Insider& insider, Tree& ciphertext, Tree& other) {
  for (const char* part : {"alpha", "beta"}) {
    ciphertext[part] = Tree::string(insider.multiply(ciphertext[part].string(), other[part].string()));
  }
}
void over(const Insider& insider, Tree& ciphertext, Tree& other) {
  for (const char* part : {"alpha", "beta"}) {
    ciphertext[part] = Tree::string(insider.divide(ciphertext[part].string(), other[part].string()));
  }
}

// What a change of ciphertexts that have been decrypted breaks besides.
constexpr std::string_view decrypted = "tally decryption-proofs";

std::vector<Attack> tallies() {
  return {
      {"one more ballot said to be tallied", Kind::choice, "tally",
       on_sized([](Tree& s) { s["num_tallied"] = Tree::raw("5"); })},
      {"all ballots said to be tallied, replaced ones too", Kind::weighted, "tally",
       on_sized([](Tree& s) { s["num_tallied"] = Tree::raw("5"); })},
      {"another total weight", Kind::weighted, "tally", on_sized([](Tree& s) { s["total_weight"] = Tree::raw("15"); })},
      {"the total weight as a string", Kind::choice, "tally",
       on_sized([](Tree& s) { s["total_weight"] = Tree::string("4"); })},
      {"a sized tally with a field more", Kind::choice, "tally",
       on_sized([](Tree& s) { s["note"] = Tree::string("hello"); })},
      {"a vote added to the tally", Kind::choice, "tally result", on_tally([](Tree& tally, Forgery& f) {
         Tree& beta = tally[0][1]["beta"];
         beta = Tree::string(f.insider().multiply(beta.string(), f.insider().generator()));
       })},
      {"a vote added to the tally by all trustees together", Kind::choice, "tally",
       // The factors are the old ones, for α is; and the result has the vote.
       [](Forgery& f) {
         Forgery::edit(f.step(encrypted_tally).content(), [&](Tree& tally) {
           Tree& beta = tally[0][1]["beta"];
           beta = Tree::string(f.insider().multiply(beta.string(), f.insider().generator()));
         });
         f.step(result).payload() = R"({"result":[[1,2,2,2],[1,2]]})";
       }},
      {"a vote moved within the tally", Kind::choice, "tally result", on_tally([](Tree& tally, Forgery& f) {
         Tree& from = tally[1][1]["beta"];
         from = Tree::string(f.insider().divide(from.string(), f.insider().generator()));
         Tree& to = tally[1][0]["beta"];
         to = Tree::string(f.insider().multiply(to.string(), f.insider().generator()));
       })},
      {"the tally of nobody", Kind::choice, decrypted, on_tally([](Tree& tally, Forgery& f) {
         for (std::size_t j = 0; j < 4; ++j) {
           for (const char* part : {"alpha", "beta"}) tally[0][j][part] = Tree::string(f.insider().identity());
         }
       })},
      {"a replaced ballot counted as well", Kind::choice, decrypted, on_tally([](Tree& tally, Forgery& f) {
         Tree ballot = Tree::parse(f.ballot(0));
         for (std::size_t j = 0; j < 4; ++j) times(f.insider(), tally[0][j], ballot["answers"][0]["choices"][j]);
       })},
      {"a replaced ballot counted in place of the last", Kind::choice, decrypted, on_tally([](Tree& tally, Forgery& f) {
         Tree first = Tree::parse(f.ballot(0));
         Tree last = Tree::parse(f.ballot(4));
         for (std::size_t j = 0; j < 4; ++j) {
           times(f.insider(), tally[0][j], first["answers"][0]["choices"][j]);
           over(f.insider(), tally[0][j], last["answers"][0]["choices"][j]);
         }
       })},
      {"a ballot counted with more than its weight", Kind::weighted, decrypted, on_tally([](Tree& tally, Forgery& f) {
         Tree ballot = Tree::parse(f.ballot(1));
         for (std::size_t j = 0; j < 2; ++j) times(f.insider(), tally[0][j], ballot["answers"][0]["choices"][j]);
       })},
      {"candidates exchanged in the tally", Kind::choice, decrypted,
       on_tally([](Tree& tally) { std::swap(tally[0][1], tally[0][2]); })},
      {"questions exchanged in the tally", Kind::choice, "tally",
       on_tally([](Tree& tally) { std::swap(tally[0], tally[1]); })},
      {"a question left out of the tally", Kind::choice, "tally",
       on_tally([](Tree& tally) { tally.fields().pop_back(); })},
      {"lists flattened in the tally", Kind::lists, "tally", on_tally([](Tree& tally) {
         Tree flat = Tree::parse("[]");
         for (std::size_t l = 0; l < 2; ++l) {
           for (auto& [name, value] : tally[0][l].fields()) flat.push_back(value);
         }
         tally[0] = flat;
       })},
      {"a list's votes exchanged in the tally", Kind::lists, decrypted,
       on_tally([](Tree& tally) { std::swap(tally[0][0][1], tally[0][0][2]); })},
      {"rankings in another order in the tally", Kind::ranking, "tally shuffle-proofs",
       on_tally([](Tree& tally) { std::swap(tally[0][0], tally[0][1]); })},
      {"a ranking left out of the tally", Kind::ranking, "tally shuffle-proofs",
       [](Forgery& f) {
         on_tally([](Tree& tally) { tally[0].fields().pop_back(); })(f);
         on_sized([](Tree& s) {
           s["num_tallied"] = Tree::raw("3");
           s["total_weight"] = Tree::raw("3");
         })(f);
       }},
      {"a ranking twice in the tally", Kind::ranking, "tally shuffle-proofs",
       on_tally([](Tree& tally) { tally[0][0] = tally[0][1]; })},
      {"a replaced ranking in the tally", Kind::ranking, "tally shuffle-proofs",
       on_tally([](Tree& tally, Forgery& f) { tally[0][0] = Tree::parse(f.ballot(0))["answers"][0]["choices"]; })},
      {"a tally with white space", Kind::choice, "tally",
       [](Forgery& f) { f.step(encrypted_tally).content().insert(1, " "); }},
      {"a tally that is no array", Kind::choice, "tally", [](Forgery& f) { f.step(encrypted_tally).content() = "{}"; }},
  };
}

auto on_shuffle(std::size_t number, std::function<void(Tree& shuffle)> change) {
  return [=](Forgery& f) { Forgery::edit(f.step(shuffle, number).content(), change); };
}
auto on_owner(std::size_t number, std::string_view owner) {
  return [=](Forgery& f) {
    Forgery::edit(f.step(shuffle, number).payload(), [&](Tree& owned) { owned["owner"] = Tree::raw(owner); });
    f.keep_references = true;
  };
}

// The third shuffle is the last: what it says is decrypted.
constexpr std::size_t last = 2;

// The proof is [t, s, c, ĉ], with t = [t1, t2, t3, [t41, t42], t̂] and s = [s1, s2, s3, s4, ŝ, s'].
auto on_proof(std::function<void(Tree& proof)> change) {
  return on_shuffle(1, [=](Tree& shuffle) { change(shuffle["proofs"][0]); });
}
auto on_scalar(std::function<Tree&(Tree& proof)> part) {
  return on_proof([=](Tree& proof) { part(proof) = Tree::string("1"); });
}
auto on_element(std::function<Tree&(Tree& proof)> part) {
  return [=](Forgery& f) {
    on_proof([&](Tree& proof) {
      Tree& element = part(proof);
      element = Tree::string(f.insider().multiply(element.string(), f.insider().generator()));
    })(f);
  };
}

std::vector<Attack> shuffle_proofs() {
  constexpr std::string_view wrong = "shuffle-proofs";
  return {
      {"a shuffle's t1 changed", Kind::ranking, wrong, on_element([](Tree& p) -> Tree& { return p[0][0]; })},
      {"a shuffle's t2 changed", Kind::ranking, wrong, on_element([](Tree& p) -> Tree& { return p[0][1]; })},
      {"a shuffle's t3 changed", Kind::ranking, wrong, on_element([](Tree& p) -> Tree& { return p[0][2]; })},
      {"a shuffle's t4 changed", Kind::ranking, wrong, on_element([](Tree& p) -> Tree& { return p[0][3][1]; })},
      {"a shuffle's t̂ changed", Kind::ranking, wrong, on_element([](Tree& p) -> Tree& { return p[0][4][3]; })},
      {"a shuffle's s1 changed", Kind::ranking, wrong, on_scalar([](Tree& p) -> Tree& { return p[1][0]; })},
      {"a shuffle's s2 changed", Kind::ranking, wrong, on_scalar([](Tree& p) -> Tree& { return p[1][1]; })},
      {"a shuffle's s3 changed", Kind::ranking, wrong, on_scalar([](Tree& p) -> Tree& { return p[1][2]; })},
      {"a shuffle's s4 changed", Kind::ranking, wrong, on_scalar([](Tree& p) -> Tree& { return p[1][3]; })},
      {"a shuffle's ŝ changed", Kind::ranking, wrong, on_scalar([](Tree& p) -> Tree& { return p[1][4][0]; })},
      {"a shuffle's s' changed", Kind::ranking, wrong, on_scalar([](Tree& p) -> Tree& { return p[1][5][0]; })},
      {"a shuffle's permutation commitment changed", Kind::ranking, wrong,
       on_element([](Tree& p) -> Tree& { return p[2][1]; })},
      {"a shuffle's commitment chain changed", Kind::ranking, wrong,
       on_element([](Tree& p) -> Tree& { return p[3][3]; })},
      {"a shuffle's commitments exchanged", Kind::ranking, wrong,
       on_proof([](Tree& p) { std::swap(p[2][0], p[2][1]); })},
      {"a shuffle's proof with a commitment less", Kind::ranking, wrong,
       on_proof([](Tree& p) { p[2].fields().pop_back(); })},
      {"a shuffle's proof with a response more", Kind::ranking, wrong,
       on_proof([](Tree& p) { p[1][4].push_back(p[1][4][0]); })},
      {"another shuffle's proof", Kind::ranking, wrong,
       [](Forgery& f) {
         const Tree other = Tree::parse(f.step(shuffle, 0).content())["proofs"];
         on_shuffle(1, [&](Tree& s) { s["proofs"] = other; })(f);
       }},
      {"another election's shuffle", Kind::ranking, "shuffle-proofs decryption-proofs",
       [](Forgery& f) {
         Forgery other(other_sample(Kind::ranking, f.sample().group));
         f.step(shuffle, last).content() = other.step(shuffle, last).content();
       }},
  };
}

std::vector<Attack> shuffles() {
  constexpr std::string_view then_decrypted = "shuffle-proofs decryption-proofs";
  return {
      {"a shuffle that drops a ranking", Kind::ranking, "shuffle-proofs decryptions",
       on_shuffle(last, [](Tree& s) { s["ciphertexts"][0].fields().pop_back(); })},
      {"a shuffle that has a ranking twice", Kind::ranking, then_decrypted,
       on_shuffle(last, [](Tree& s) { s["ciphertexts"][0][0] = s["ciphertexts"][0][1]; })},
      {"a shuffle that adds a ranking", Kind::ranking, "shuffle-proofs decryptions",
       on_shuffle(last, [](Tree& s) { s["ciphertexts"][0].push_back(s["ciphertexts"][0][1]); })},
      {"a shuffle that replaces a ranking", Kind::ranking, then_decrypted,
       [](Forgery& f) {
         const Tree mine = Tree::parse(f.insider().ballot(1, "[[3,3,3]]"))["answers"][0]["choices"];
         on_shuffle(last, [&](Tree& s) { s["ciphertexts"][0][0] = mine; })(f);
       }},
      {"a shuffle that changes a ranking", Kind::ranking, "shuffle-proofs result",
       [](Forgery& f) {
         on_shuffle(last, [&](Tree& s) {
           Tree& beta = s["ciphertexts"][0][0]["beta"];
           beta = Tree::string(f.insider().multiply(beta.string(), f.insider().generator()));
         })(f);
       }},
      {"a shuffle permuted once more", Kind::ranking, then_decrypted,
       on_shuffle(last, [](Tree& s) { std::swap(s["ciphertexts"][0][0], s["ciphertexts"][0][1]); })},
      {"a good shuffle of other rankings, decrypted by all", Kind::ranking, "shuffle-proofs result",
       [](Forgery& f) {
         Tree rankings = Tree::parse(f.step(shuffle, 1).content())["ciphertexts"];
         rankings[0][0] = rankings[0][1];
         f.step(shuffle, last).content() = f.insider().shuffle(rankings.text());
         const Tree shuffled = Tree::parse(f.step(shuffle, last).content())["ciphertexts"];
         for (std::size_t i = 0; i < 3; ++i) {
           f.step(partial_decryption, i).content() = f.insider().decrypt(i + 1, shuffled.text());
         }
       }},
      {"an earlier shuffle that drops a ranking", Kind::ranking, "shuffle-proofs",
       on_shuffle(0, [](Tree& s) { s["ciphertexts"][0].fields().pop_back(); })},
      {"the first shuffle left out", Kind::ranking, "shuffle-proofs", [](Forgery& f) { f.remove(shuffle, 0); }},
      {"the last shuffle left out", Kind::ranking, "decryption-proofs", [](Forgery& f) { f.remove(shuffle, last); }},
      {"two shuffles in each other's place", Kind::ranking, "shuffle-proofs",
       [](Forgery& f) { std::swap(f.step(shuffle, 0), f.step(shuffle, 1)); }},
      {"all shuffles left out", Kind::ranking, "shuffles decryption-proofs",
       [](Forgery& f) {
         for (int i = 0; i < 3; ++i) f.remove(shuffle);
       }},
      {"rankings decrypted unshuffled by all", Kind::ranking, "shuffles result",
       [](Forgery& f) {
         for (int i = 0; i < 3; ++i) f.remove(shuffle);
         f.remove(end_shuffles);
         const std::string tally = f.step(encrypted_tally).content();
         for (std::size_t i = 0; i < 3; ++i)
           f.step(partial_decryption, i).content() = f.insider().decrypt(i + 1, tally);
         // In the order of the tally the votes are others' than the result says, though the same in all.
       }},
      {"a shuffle by nobody", Kind::ranking, "shuffles", on_owner(1, "0")},
      {"a shuffle by somebody who is no trustee", Kind::ranking, "shuffles", on_owner(1, "4")},
      {"a shuffle by a negative trustee", Kind::ranking, "shuffles", on_owner(1, "-1")},
      {"a shuffle by a trustee of the largest number", Kind::ranking, "shuffles", on_owner(1, "9223372036854775807")},
      {"a shuffle by a trustee beyond all integers", Kind::ranking, "chain", on_owner(1, "18446744073709551617")},
      {"one trustee shuffles twice", Kind::ranking, "shuffles", on_owner(1, "1")},
      {"a shuffle's owner with a field more", Kind::ranking, "shuffles",
       [](Forgery& f) {
         Forgery::edit(f.step(shuffle, 1).payload(), [](Tree& owned) { owned["note"] = Tree::string("hello"); });
       }},
      {"a shuffle with white space", Kind::ranking, "shuffles",
       [](Forgery& f) { f.step(shuffle, 1).content().insert(1, " "); }},
      {"a shuffle of more questions than there are", Kind::ranking, "shuffle-proofs",
       on_shuffle(last,
                  [](Tree& s) {
                    s["ciphertexts"].push_back(s["ciphertexts"][0]);
                    s["proofs"].push_back(s["proofs"][0]);
                  })},
      {"a shuffle where there is nothing to shuffle", Kind::choice, "shuffles",
       [](Forgery& f) {
         const auto at = f.steps.begin() + static_cast<std::ptrdiff_t>(f.index_of(partial_decryption));
         f.steps.insert(
             at, {{shuffle, {R"({"ciphertexts":[],"proofs":[]})", R"({"owner":1,"payload":""})"}}, {end_shuffles, {}}});
       }},
  };
}

}  // namespace

std::vector<Attack> tally_attacks() {
  std::vector<Attack> all = tallies();
  for (const auto& part : {shuffle_proofs(), shuffles()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace folkmoot::tamper
