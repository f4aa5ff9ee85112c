// On ballots: whose they are, what they say, what they prove (specification, sections 4.11 to 4.17).
#include "tamper/forgery.hpp"

namespace folkmoot::tamper {
namespace {

// Ballot 1 is voter 1's only one; ballots 0 and 4 are voter 0's.
constexpr std::size_t chosen = 1;

using Change = std::function<void(Tree& ballot)>;

// The forger does not have the voter's credential.
auto unsigned_change(Change change) {
  return [=](Forgery& f) { Forgery::edit(f.ballot(chosen), change); };
}
// The voter is the forger, or has given the credential away.
auto signed_change(Change change) {
  return [=](Forgery& f) { f.edit_signed(chosen, chosen, change); };
}
// Takes a part of another ballot, which the voter then signs.
auto signed_graft(std::function<void(Tree& ballot, Tree& other)> graft) {
  return [=](Forgery& f) {
    Tree other = Tree::parse(f.ballot(2));
    f.edit_signed(chosen, chosen, [&](Tree& ballot) { graft(ballot, other); });
  };
}

void spoil(Tree& proof) { proof["response"] = Tree::string("1"); }

void swap_ballots(Forgery& f, std::size_t a, std::size_t b) { std::swap(f.ballot(a), f.ballot(b)); }

// Encrypts one more than it did.
void add_one(const Insider& insider, Tree& ciphertext) {
  ciphertext["beta"] = Tree::string(insider.multiply(ciphertext["beta"].string(), insider.generator()));
}
auto signed_addition(std::function<Tree&(Tree& ballot)> ciphertext) {
  return [=](Forgery& f) {
    f.edit_signed(chosen, chosen, [&](Tree& ballot) { add_one(f.insider(), ciphertext(ballot)); });
  };
}

std::vector<Attack> whose_ballots() {
  return {
      {"a ballot stuffed with a credential that is not on the list", Kind::choice, "ballot-credential",
       [](Forgery& f) { f.cast(f.insider().foreign_ballot("[[0,1,0,0],[1,0]]")); }},
      {"a ballot stuffed for a voter who did not vote", Kind::choice, "tally",
       [](Forgery& f) { f.cast(f.insider().ballot(4, "[[0,1,0,0],[1,0]]")); }},
      {"a ballot put under another voter's credential", Kind::choice, "ballot-signature ballot-proofs tally",
       [](Forgery& f) {
         const std::string credential = Tree::parse(f.ballot(2))["credential"].text();
         Forgery::edit(f.ballot(chosen), [&](Tree& ballot) { ballot["credential"] = Tree::raw(credential); });
       }},
      {"another voter's ballot copied and signed", Kind::choice, "ballot-proofs tally",
       [](Forgery& f) { f.cast(f.insider().sign(f.ballot(chosen), 4)); }},
      {"another voter's ranking copied and signed", Kind::ranking, "ballot-proofs tally",
       [](Forgery& f) { f.cast(f.insider().sign(f.ballot(chosen), 4)); }},
      {"a ballot dropped", Kind::choice, "tally", [](Forgery& f) { f.remove(EventType::ballot, chosen); }},
      {"a ranking dropped", Kind::ranking, "tally", [](Forgery& f) { f.remove(EventType::ballot, chosen); }},
      {"a voter's last ballot dropped", Kind::choice, "tally", [](Forgery& f) { f.remove(EventType::ballot, 4); }},
      {"a ballot replayed", Kind::choice, "ballot-unique", [](Forgery& f) { f.cast(f.ballot(chosen)); }},
      {"a voter's first ballot replayed after the last", Kind::choice, "ballot-unique",
       [](Forgery& f) { f.cast(f.ballot(0)); }},
      {"a voter's two ballots exchanged", Kind::choice, "tally", [](Forgery& f) { swap_ballots(f, 0, 4); }},
      {"a voter's two weighted ballots exchanged", Kind::weighted, "tally", [](Forgery& f) { swap_ballots(f, 0, 4); }},
      {"a superseded ballot dropped", Kind::choice, "growth", [](Forgery& f) { f.remove(EventType::ballot, 0); },
       Attack::Groups::all, true},
      {"ballots of two voters exchanged", Kind::choice, "growth", [](Forgery& f) { swap_ballots(f, 1, 2); },
       Attack::Groups::all, true},
      {"a whole other record", Kind::choice, "growth",
       [](Forgery& f) { f.bytes() = other_sample(Kind::choice, f.sample().group).record; }, Attack::Groups::all, true},
      {"the end of the record dropped", Kind::choice, "growth",
       [](Forgery& f) { f.bytes().resize(f.entry_of(EventType::partial_decryption)); }, Attack::Groups::all, true},
      {"a ballot of another election", Kind::choice, "ballot-form ballot-credential ballot-proofs tally",
       [](Forgery& f) { f.ballot(chosen) = Forgery(other_sample(Kind::choice, f.sample().group)).ballot(chosen); }},
      {"a ballot of another election, signed for this one", Kind::choice, "ballot-form ballot-proofs tally",
       [](Forgery& f) {
         f.ballot(chosen) =
             f.insider().sign(Forgery(other_sample(Kind::choice, f.sample().group)).ballot(chosen), chosen);
       }},
      {"a ballot that names another election", Kind::choice, "ballot-form",
       signed_change([](Tree& ballot) { ballot["election_uuid"] = Tree::string("TamperSamp1e99"); })},
      {"a ballot with another election's fingerprint", Kind::choice, "ballot-form", signed_change([](Tree& ballot) {
         ballot["election_hash"] = Tree::string("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
       })},
  };
}

std::vector<Attack> signatures() {
  return {
      {"a signature that is none", Kind::choice, "ballot-signature",
       unsigned_change([](Tree& ballot) { spoil(ballot["signature"]["proof"]); })},
      {"another ballot's signature", Kind::choice, "ballot-signature",
       [](Forgery& f) {
         const Tree other = Tree::parse(f.ballot(2))["signature"];
         Forgery::edit(f.ballot(chosen), [&](Tree& ballot) { ballot["signature"] = other; });
       }},
      {"a signature of another hash", Kind::choice, "ballot-signature",
       [](Forgery& f) {
         const Tree other = Tree::parse(f.ballot(2))["signature"]["hash"];
         Forgery::edit(f.ballot(chosen), [&](Tree& ballot) { ballot["signature"]["hash"] = other; });
       }},
      {"a voter's signature of their first ballot under their last", Kind::choice, "ballot-signature",
       [](Forgery& f) {
         const Tree first = Tree::parse(f.ballot(0))["signature"];
         Forgery::edit(f.ballot(4), [&](Tree& ballot) { ballot["signature"] = first; });
       }},
      {"a ballot without a signature", Kind::choice, "ballot-form tally",
       unsigned_change([](Tree& ballot) { ballot.remove("signature"); })},
      {"an answer changed under the old signature", Kind::choice, "ballot-signature ballot-proofs tally",
       [](Forgery& f) {
         Forgery::edit(f.ballot(chosen),
                       [&](Tree& ballot) { add_one(f.insider(), ballot["answers"][0]["choices"][1]); });
       }},
  };
}

std::vector<Attack> proofs() {
  return {
      {"a choice encrypted twice over", Kind::choice, "ballot-proofs tally",
       signed_addition([](Tree& b) -> Tree& { return b["answers"][0]["choices"][1]; })},
      {"a list's choice encrypted twice over", Kind::lists, "ballot-proofs tally",
       signed_addition([](Tree& b) -> Tree& { return b["answers"][0]["choices"][0][1]; })},
      {"a weighted choice encrypted twice over", Kind::weighted, "ballot-proofs tally",
       signed_addition([](Tree& b) -> Tree& { return b["answers"][0]["choices"][0]; })},
      {"a ranking's ciphertext changed", Kind::ranking, "ballot-proofs tally",
       signed_addition([](Tree& b) -> Tree& { return b["answers"][0]["choices"]; })},
      {"an individual proof broken", Kind::choice, "ballot-proofs",
       signed_change([](Tree& b) { spoil(b["answers"][0]["individual_proofs"][2][0]); })},
      {"an overall proof broken, blank allowed", Kind::choice, "ballot-proofs",
       signed_change([](Tree& b) { spoil(b["answers"][0]["overall_proof"][1]); })},
      {"an overall proof broken, no blank", Kind::choice, "ballot-proofs",
       signed_change([](Tree& b) { spoil(b["answers"][1]["overall_proof"][1]); })},
      {"a blank proof broken", Kind::choice, "ballot-proofs",
       signed_change([](Tree& b) { spoil(b["answers"][0]["blank_proof"][0]); })},
      {"a ranking's proof broken", Kind::ranking, "ballot-proofs",
       signed_change([](Tree& b) { spoil(b["answers"][0]["proof"]); })},
      {"a list's individual proof broken", Kind::lists, "ballot-proofs",
       signed_change([](Tree& b) { spoil(b["answers"][0]["individual_proofs"][1][1][0]); })},
      {"a list's overall proof broken", Kind::lists, "ballot-proofs",
       signed_change([](Tree& b) { spoil(b["answers"][0]["overall_proof"]); })},
      {"a list proof broken", Kind::lists, "ballot-proofs",
       signed_change([](Tree& b) { spoil(b["answers"][0]["list_proofs"][0][1]); })},
      {"a nonzero proof broken", Kind::lists, "ballot-proofs",
       signed_change([](Tree& b) { b["answers"][0]["nonzero_proof"]["response"][1] = Tree::string("1"); })},
      {"a nonzero proof with commitment 1", Kind::lists, "ballot-proofs",
       [](Forgery& f) {
         f.edit_signed(chosen, chosen, [&](Tree& b) {
           b["answers"][0]["nonzero_proof"]["commitment"] = Tree::string(f.insider().identity());
         });
       }},
      {"individual proofs of two choices exchanged", Kind::choice, "ballot-proofs", signed_change([](Tree& b) {
         Tree& proofs = b["answers"][0]["individual_proofs"];
         std::swap(proofs[0], proofs[1]);
       })},
      {"the halves of an individual proof exchanged", Kind::choice, "ballot-proofs", signed_change([](Tree& b) {
         Tree& proof = b["answers"][0]["individual_proofs"][0];
         std::swap(proof[0], proof[1]);
       })},
      {"the halves of a blank proof exchanged", Kind::choice, "ballot-proofs", signed_change([](Tree& b) {
         Tree& proof = b["answers"][0]["blank_proof"];
         std::swap(proof[0], proof[1]);
       })},
      {"list proofs exchanged", Kind::lists, "ballot-proofs", signed_change([](Tree& b) {
         Tree& proofs = b["answers"][0]["list_proofs"];
         std::swap(proofs[0], proofs[1]);
       })},
      {"another ballot's individual proofs", Kind::choice, "ballot-proofs", signed_graft([](Tree& b, Tree& other) {
         b["answers"][0]["individual_proofs"] = other["answers"][0]["individual_proofs"];
       })},
      {"another ballot's overall proof", Kind::choice, "ballot-proofs", signed_graft([](Tree& b, Tree& other) {
         b["answers"][0]["overall_proof"] = other["answers"][0]["overall_proof"];
       })},
      {"another ballot's blank proof", Kind::choice, "ballot-proofs",
       signed_graft([](Tree& b, Tree& other) { b["answers"][0]["blank_proof"] = other["answers"][0]["blank_proof"]; })},
      {"another ballot's answer", Kind::choice, "ballot-proofs tally",
       signed_graft([](Tree& b, Tree& other) { b["answers"][1] = other["answers"][1]; })},
      {"another ballot's ranking", Kind::ranking, "ballot-proofs tally",
       signed_graft([](Tree& b, Tree& other) { b["answers"][0] = other["answers"][0]; })},
      {"another ballot's list answer", Kind::lists, "ballot-proofs tally",
       signed_graft([](Tree& b, Tree& other) { b["answers"][0] = other["answers"][0]; })},
      {"a nonzero proof of another ballot", Kind::lists, "ballot-proofs", signed_graft([](Tree& b, Tree& other) {
         b["answers"][0]["nonzero_proof"] = other["answers"][0]["nonzero_proof"];
       })},
      {"an answer of the voter's earlier ballot", Kind::choice, "tally",
       // Good proofs: it is the voter's own, and they may say the same again. But the tally has the other answer.
       [](Forgery& f) {
         Tree first = Tree::parse(f.ballot(0));
         f.edit_signed(4, 0, [&](Tree& b) { b["answers"][1] = first["answers"][1]; });
       }},
  };
}

std::vector<Attack> shapes() {
  return {
      {"the answers to two questions exchanged", Kind::choice, "ballot-form tally",
       signed_change([](Tree& b) { std::swap(b["answers"][0], b["answers"][1]); })},
      {"an answer left out", Kind::choice, "ballot-form tally",
       signed_change([](Tree& b) { b["answers"].fields().pop_back(); })},
      {"an answer more", Kind::choice, "ballot-form tally",
       signed_change([](Tree& b) { b["answers"].push_back(b["answers"][1]); })},
      {"no answers at all", Kind::choice, "ballot-form tally",
       signed_change([](Tree& b) { b["answers"].fields().clear(); })},
      {"a choice left out", Kind::choice, "ballot-form tally",
       signed_change([](Tree& b) { b["answers"][0]["choices"].fields().pop_back(); })},
      {"a choice more", Kind::choice, "ballot-form tally", signed_change([](Tree& b) {
         b["answers"][0]["choices"].push_back(b["answers"][0]["choices"][0]);
         b["answers"][0]["individual_proofs"].push_back(b["answers"][0]["individual_proofs"][0]);
       })},
      {"an individual proof left out", Kind::choice, "ballot-form tally",
       signed_change([](Tree& b) { b["answers"][0]["individual_proofs"].fields().pop_back(); })},
      {"half of an individual proof left out", Kind::choice, "ballot-form tally",
       signed_change([](Tree& b) { b["answers"][0]["individual_proofs"][0].fields().pop_back(); })},
      {"an overall proof of more numbers", Kind::choice, "ballot-form tally",
       signed_change([](Tree& b) { b["answers"][1]["overall_proof"].push_back(b["answers"][1]["overall_proof"][0]); })},
      {"a blank proof left out", Kind::choice, "ballot-form tally",
       signed_change([](Tree& b) { b["answers"][0].remove("blank_proof"); })},
      {"a blank proof where no blank is allowed", Kind::choice, "ballot-form tally",
       signed_change([](Tree& b) { b["answers"][1]["blank_proof"] = b["answers"][0]["blank_proof"]; })},
      {"a candidate moved to another list", Kind::lists, "ballot-form tally", signed_change([](Tree& b) {
         for (const char* part : {"choices", "individual_proofs"}) {
           Tree& lists = b["answers"][0][part];
           lists[1].push_back(lists[0][2]);
           lists[0].fields().pop_back();
         }
       })},
      {"a ranking answered with choices", Kind::ranking, "ballot-form tally", signed_change([](Tree& b) {
         Tree& choices = b["answers"][0]["choices"];
         const std::string one = choices.text();
         choices = Tree::parse("[" + one + "]");
       })},
      {"a ballot that is no object", Kind::choice, "ballot-form tally", [](Forgery& f) { f.ballot(chosen) = "[]"; }},
      {"a ballot that is no JSON", Kind::choice, "ballot-form tally",
       [](Forgery& f) { f.ballot(chosen) = "I vote for Ada."; }},
      {"an empty ballot", Kind::choice, "ballot-form tally", [](Forgery& f) { f.ballot(chosen).clear(); }},
  };
}

}  // namespace

std::vector<Attack> ballot_attacks() {
  std::vector<Attack> all = whose_ballots();
  for (const auto& part : {signatures(), proofs(), shapes()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace folkmoot::tamper
