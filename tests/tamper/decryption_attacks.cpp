// On partial decryptions and the result (specification, sections 4.20 and 4.21).
#include "tamper/forgery.hpp"

namespace folkmoot::tamper {
namespace {

using enum EventType;

auto on_decryption(std::size_t number, std::function<void(Tree& decryption)> change) {
  return [=](Forgery& f) { Forgery::edit(f.step(partial_decryption, number).content(), change); };
}
auto on_owner(std::size_t number, std::string_view owner) {
  return [=](Forgery& f) {
    Forgery::edit(f.step(partial_decryption, number).payload(),
                  [&](Tree& owned) { owned["owner"] = Tree::raw(owner); });
    f.keep_references = true;
  };
}

// The tally that the trustees of an election without rankings decrypt.
std::string tally(Forgery& f) { return f.step(encrypted_tally).content(); }

// Makes a factor another one, which decrypts to one vote less.
void falsify(const Forgery& f, Tree& factor) {
  factor = Tree::string(f.insider().multiply(factor.string(), f.insider().generator()));
}

void add_decryption(Forgery& f, std::string_view owner, std::string content) {
  const auto at = f.steps.begin() + static_cast<std::ptrdiff_t>(f.index_of(result));
  f.steps.insert(at, {partial_decryption, {std::move(content), fmt::format(R"({{"owner":{},"payload":""}})", owner)}});
}

std::vector<Attack> decryptions() {
  constexpr std::string_view wrong = "decryption-proofs";
  return {
      {"a false decryption factor", Kind::choice, wrong,
       [](Forgery& f) { on_decryption(1, [&](Tree& d) { falsify(f, d["decryption_factors"][0][1]); })(f); }},
      {"a false decryption factor, and the result that it gives", Kind::choice, wrong,
       [](Forgery& f) {
         on_decryption(1, [&](Tree& d) { falsify(f, d["decryption_factors"][0][1]); })(f);
         f.step(result).payload() = R"({"result":[[1,0,2,2],[1,2]]})";
       }},
      {"a false factor of a ranking", Kind::ranking, wrong,
       [](Forgery& f) { on_decryption(2, [&](Tree& d) { falsify(f, d["decryption_factors"][0][3]); })(f); }},
      {"a false factor of a list", Kind::lists, wrong,
       [](Forgery& f) { on_decryption(0, [&](Tree& d) { falsify(f, d["decryption_factors"][0][1][1]); })(f); }},
      {"a false factor of a threshold trustee", Kind::threshold, wrong,
       [](Forgery& f) { on_decryption(1, [&](Tree& d) { falsify(f, d["decryption_factors"][0][0]); })(f); }},
      {"factors of two ciphertexts exchanged, proofs too", Kind::choice, wrong,
       on_decryption(0,
                     [](Tree& d) {
                       for (const char* part : {"decryption_factors", "decryption_proofs"}) {
                         std::swap(d[part][0][1], d[part][0][2]);
                       }
                     })},
      {"a decryption proof broken", Kind::choice, wrong,
       on_decryption(0, [](Tree& d) { d["decryption_proofs"][1][0]["challenge"] = Tree::string("1"); })},
      {"decryption proofs exchanged", Kind::choice, wrong,
       on_decryption(0, [](Tree& d) { std::swap(d["decryption_proofs"][0][0], d["decryption_proofs"][0][1]); })},
      {"another trustee's decryption proofs", Kind::choice, wrong,
       [](Forgery& f) {
         const Tree other = Tree::parse(f.step(partial_decryption, 1).content())["decryption_proofs"];
         on_decryption(0, [&](Tree& d) { d["decryption_proofs"] = other; })(f);
       }},
      {"another election's partial decryption", Kind::choice, wrong,
       [](Forgery& f) {
         f.step(partial_decryption).content() =
             Forgery(other_sample(Kind::choice, f.sample().group)).step(partial_decryption).content();
       }},
      {"a decryption with another key, proved for that", Kind::choice, wrong,
       [](Forgery& f) { f.step(partial_decryption, 1).content() = f.insider().decrypt(0, tally(f)); }},
      {"decryptions under each other's name", Kind::choice, wrong,
       [](Forgery& f) { std::swap(f.step(partial_decryption, 0).content(), f.step(partial_decryption, 1).content()); }},
      {"a decryption of another tally", Kind::choice, wrong,
       [](Forgery& f) {
         std::string other = tally(f);
         Forgery::edit(other, [](Tree& t) { std::swap(t[0][0], t[0][1]); });
         f.step(partial_decryption, 1).content() = f.insider().decrypt(2, other);
       }},
      {"a false decryption beyond the threshold", Kind::threshold, wrong,
       [](Forgery& f) { add_decryption(f, "3", f.insider().decrypt(0, tally(f))); }},
      {"a trustee's decryption missing", Kind::choice, "decryptions",
       [](Forgery& f) { f.remove(partial_decryption, 1); }},
      {"fewer than the threshold", Kind::threshold, "decryptions", [](Forgery& f) { f.remove(partial_decryption, 2); }},
      {"the threshold without the single trustee", Kind::threshold, "decryptions",
       [](Forgery& f) {
         f.remove(partial_decryption, 0);
         add_decryption(f, "3", f.insider().decrypt(3, tally(f)));
       }},
      {"one trustee's decryption for two", Kind::choice, "decryptions",
       [](Forgery& f) {
         f.remove(partial_decryption, 1);
         add_decryption(f, "1", f.insider().decrypt(1, tally(f)));
       }},
      {"one trustee decrypts twice, besides all others", Kind::choice, "decryptions",
       [](Forgery& f) { add_decryption(f, "1", f.insider().decrypt(1, tally(f))); }},
      {"one threshold trustee's decryption for two", Kind::threshold, "decryptions",
       [](Forgery& f) {
         f.remove(partial_decryption, 2);
         add_decryption(f, "2", f.insider().decrypt(2, tally(f)));
       }},
      {"a decryption by nobody", Kind::choice, "decryptions", on_owner(1, "0")},
      {"a decryption by somebody who is no trustee", Kind::choice, "decryptions", on_owner(1, "3")},
      {"a decryption by a trustee of the largest number", Kind::choice, "decryptions",
       on_owner(1, "9223372036854775807")},
      {"a decryption by a trustee beyond all integers", Kind::choice, "chain", on_owner(1, "18446744073709551618")},
      {"a decryption by somebody besides all trustees", Kind::choice, "decryptions",
       [](Forgery& f) { add_decryption(f, "3", f.insider().decrypt(0, tally(f))); }},
      {"a factor left out", Kind::choice, "decryptions",
       on_decryption(0,
                     [](Tree& d) {
                       d["decryption_factors"][0].fields().pop_back();
                       d["decryption_proofs"][0].fields().pop_back();
                     })},
      {"a proof left out", Kind::choice, "decryptions",
       on_decryption(0, [](Tree& d) { d["decryption_proofs"][0].fields().pop_back(); })},
      {"a question's factors left out", Kind::choice, "decryptions",
       on_decryption(0,
                     [](Tree& d) {
                       d["decryption_factors"].fields().pop_back();
                       d["decryption_proofs"].fields().pop_back();
                     })},
      {"no factors at all", Kind::choice, "decryptions",
       [](Forgery& f) {
         f.step(partial_decryption).content() = R"({"decryption_factors":[],"decryption_proofs":[]})";
       }},
      {"a decryption with white space", Kind::choice, "decryptions",
       [](Forgery& f) { f.step(partial_decryption).content().insert(1, " "); }},
      {"a decryption with a field more", Kind::choice, "decryptions",
       on_decryption(0, [](Tree& d) { d["note"] = Tree::string("hello"); })},
      {"a decryption's owner with a field more", Kind::choice, "decryptions",
       [](Forgery& f) {
         Forgery::edit(f.step(partial_decryption).payload(),
                       [](Tree& owned) { owned["note"] = Tree::string("hello"); });
       }},
  };
}

auto result_is(std::string_view text) {
  return [=](Forgery& f) { f.step(result).payload() = text; };
}
auto on_result(std::function<void(Tree& questions)> change) {
  return [=](Forgery& f) { Forgery::edit(f.step(result).payload(), [&](Tree& r) { change(r["result"]); }); };
}

std::vector<Attack> results() {
  constexpr std::string_view wrong = "result";
  return {
      {"a vote moved in the result", Kind::choice, wrong, result_is(R"({"result":[[1,2,1,2],[1,2]]})")},
      {"a vote added to the result", Kind::choice, wrong, result_is(R"({"result":[[1,1,2,2],[1,3]]})")},
      {"a blank vote counted as one for a candidate", Kind::choice, wrong,
       result_is(R"({"result":[[0,2,2,2],[1,2]]})")},
      {"a result that a wrong combination of factors would give", Kind::threshold, wrong,
       on_result([](Tree& r) { std::swap(r[0][0], r[0][1]); })},
      {"a weighted result without the weights", Kind::weighted, wrong, result_is(R"({"result":[[3,1]]})")},
      {"a list's result changed", Kind::lists, wrong, on_result([](Tree& r) { std::swap(r[0][0][1], r[0][0][2]); })},
      {"a list's result flattened", Kind::lists, wrong, on_result([](Tree& r) {
         Tree flat = Tree::parse("[]");
         for (std::size_t l = 0; l < 2; ++l) {
           for (auto& [name, value] : r[0][l].fields()) flat.push_back(value);
         }
         r[0] = flat;
       })},
      {"a ranking changed in the result", Kind::ranking, wrong,
       on_result([](Tree& r) { r[0][0][0] = Tree::raw("7"); })},
      {"rankings in another order in the result", Kind::ranking, wrong,
       on_result([](Tree& r) { std::swap(r[0][0], r[0][1]); })},
      {"a ranking left out of the result", Kind::ranking, wrong, on_result([](Tree& r) { r[0].fields().pop_back(); })},
      {"a ranking more in the result", Kind::ranking, wrong, on_result([](Tree& r) { r[0].push_back(r[0][0]); })},
      {"a ranking with a number more", Kind::ranking, wrong,
       on_result([](Tree& r) { r[0][0].push_back(Tree::raw("0")); })},
      {"a ranking with a number above 255", Kind::ranking, wrong, on_result([](Tree& r) {
         Tree& number = r[0][0][2];
         number = Tree::raw(std::to_string(std::stoi(number.text()) + 256));
       })},
      {"totals where rankings belong", Kind::ranking, wrong, result_is(R"({"result":[[1,2,3,4]]})")},
      {"rankings where totals belong", Kind::weighted, wrong, result_is(R"({"result":[[[1],[2]]]})")},
      {"a question left out of the result", Kind::choice, wrong, result_is(R"({"result":[[1,1,2,2]]})")},
      {"a question more in the result", Kind::choice, wrong, result_is(R"({"result":[[1,1,2,2],[1,2],[0,0]]})")},
      {"an answer left out of the result", Kind::choice, wrong, result_is(R"({"result":[[1,1,2],[1,2]]})")},
      {"a negative total", Kind::choice, wrong, result_is(R"({"result":[[1,1,2,2],[1,-2]]})")},
      {"a total as a string", Kind::choice, wrong, result_is(R"({"result":[[1,1,2,2],[1,"2"]]})")},
      {"a total with a fraction", Kind::choice, wrong, result_is(R"({"result":[[1,1,2,2],[1,2.0]]})")},
      {"a total beyond all integers", Kind::choice, wrong,
       result_is(R"({"result":[[1,1,2,2],[1,18446744073709551618]]})")},
      {"a result with white space", Kind::choice, wrong, result_is(R"({"result":[[1,1,2,2], [1,2]]})")},
      {"a result with a field more", Kind::choice, wrong, result_is(R"({"result":[[1,1,2,2],[1,2]],"note":"hello"})")},
      {"a result that is no object", Kind::choice, wrong, result_is("[[1,1,2,2],[1,2]]")},
      {"an empty result", Kind::choice, wrong, result_is("")},
  };
}

}  // namespace

std::vector<Attack> decryption_attacks() {
  std::vector<Attack> all = decryptions();
  for (const auto& attack : results()) all.push_back(attack);
  return all;
}

}  // namespace folkmoot::tamper
