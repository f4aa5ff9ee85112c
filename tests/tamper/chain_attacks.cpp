// On the chain of events and on what each brings (specification, section 4.4).
#include "base/sha256.hpp"
#include "tamper/forgery.hpp"

namespace folkmoot::tamper {
namespace {

// Changes the event of one step; the chain after it is whole again.
auto on_event(EventType type, std::size_t number, std::function<void(std::string&)> change) {
  return [=](Forgery& f) {
    const std::size_t at = f.index_of(type, number);
    f.change_event = [=](std::size_t height, std::string& event) {
      if (height == at) change(event);
    };
  };
}

auto on_event_tree(EventType type, std::size_t number, std::function<void(Tree&)> change) {
  return on_event(type, number, [=](std::string& event) { Forgery::edit(event, change); });
}

void replace_first(std::string& text, std::string_view from, std::string_view to) {
  text.replace(text.find(from), from.size(), to);
}

void move_step(Forgery& f, std::size_t from, std::size_t to) {
  auto step = std::move(f.steps.at(from));
  f.steps.erase(f.steps.begin() + static_cast<std::ptrdiff_t>(from));
  f.steps.insert(f.steps.begin() + static_cast<std::ptrdiff_t>(to), std::move(step));
}

}  // namespace

std::vector<Attack> chain_attacks() {
  using enum EventType;
  const Kind kind = Kind::choice;
  return {
      {"a broken chain: the parent is nobody", kind, "chain",
       on_event_tree(ballot, 2, [](Tree& event) { event["parent"] = Tree::string(sha256_hex("nobody")); })},
      {"a forked chain: two events with one parent", kind, "chain",
       [](Forgery& f) {
         auto earlier = std::make_shared<std::string>();
         const std::size_t at = f.index_of(ballot, 2);
         f.change_event = [=](std::size_t height, std::string& event) {
           if (height == at - 1) *earlier = Tree::parse(event)["parent"].string();
           if (height == at) {
             Forgery::edit(event, [&](Tree& fork) {
               fork["parent"] = Tree::string(*earlier);
               fork["height"] = Tree::raw(std::to_string(at - 1));
             });
           }
         };
       }},
      {"a chain that begins anew", kind, "chain",
       on_event_tree(ballot, 2, [](Tree& event) { event.remove("parent"); })},
      {"a first event with a parent", kind, "chain",
       on_event(
           setup, 0,
           [](std::string& event) { event.insert(1, R"("parent":")" + sha256_hex("an earlier election") + R"(",)"); })},
      {"a wrong height", kind, "chain",
       on_event_tree(ballot, 2, [](Tree& event) { event["height"] = Tree::raw("7"); })},
      {"a height beyond all integers", kind, "chain",
       on_event_tree(ballot, 2, [](Tree& event) { event["height"] = Tree::raw("99999999999999999999"); })},
      {"an event of no known type", kind, "chain",
       on_event_tree(ballot, 2, [](Tree& event) { event["type"] = Tree::string("Recount"); })},
      {"an event with white space", kind, "chain",
       on_event(ballot, 2, [](std::string& event) { replace_first(event, ",", ", "); })},
      {"an event with a field twice", kind, "chain",
       on_event(ballot, 2,
                [](std::string& event) { replace_first(event, R"("height":3)", R"("height":3,"height":3)"); })},
      {"an event with a field more", kind, "chain",
       on_event_tree(ballot, 2, [](Tree& event) { event["comment"] = Tree::string("hello"); })},
      {"an event with its fields in another order", kind, "chain",
       on_event_tree(ballot, 2, [](Tree& event) { std::swap(event.fields()[1], event.fields()[2]); })},
      {"an event that is no JSON", kind, "chain", on_event(ballot, 2, [](std::string& event) { event = "Ballot"; })},
      {"a ballot event without its ballot", kind, "chain",
       on_event_tree(ballot, 2, [](Tree& event) { event.remove("payload"); })},
      {"an event whose payload is not there", kind, "chain",
       on_event_tree(ballot, 2, [](Tree& event) { event["payload"] = Tree::string(sha256_hex("a lost ballot")); })},
      {"a payload where none belongs", kind, "chain",
       [](Forgery& f) { f.step(end_ballots).data.emplace_back(R"({"turnout":1})"); }},
      {"data that no event brings", kind, "chain",
       [](Forgery& f) { f.step(ballot, 2).data.insert(f.step(ballot, 2).data.begin(), R"({"hidden":1})"); }},
      {"data without its event at the end", kind, "chain",
       [](Forgery& f) {
         const std::size_t last = f.entries().back();
         f.bytes().resize(last);
       }},
      {"trustees and credentials in each other's place", kind, "chain",
       [](Forgery& f) {
         f.keep_references = true;
         std::swap(f.step(setup).data[1], f.step(setup).data[2]);
       }},
      {"a tally that the event does not mean", kind, "chain",
       [](Forgery& f) {
         f.keep_references = true;
         f.step(encrypted_tally).content() = "[]";
       }},
      {"the Setup left out", kind, "chain", [](Forgery& f) { f.remove(setup); }},
      {"a second Setup", kind, "chain",
       [](Forgery& f) {
         const Forgery other(other_sample(f.sample().kind, f.sample().group));
         f.steps.insert(f.steps.begin() + 1, other.steps.front());
       }},
      {"EndBallots left out", kind, "chain", [](Forgery& f) { f.remove(end_ballots); }},
      {"EndBallots twice", kind, "chain",
       [](Forgery& f) {
         f.steps.insert(f.steps.begin() + static_cast<std::ptrdiff_t>(f.index_of(end_ballots)), {end_ballots, {}});
       }},
      {"a ballot after EndBallots", kind, "chain",
       [](Forgery& f) {
         f.cast(f.insider().ballot(4, "[[0,1,0,0],[1,0]]"));
         move_step(f, f.index_of(ballot, 5), f.index_of(end_ballots));
       }},
      {"a ballot after the result", kind, "chain",
       [](Forgery& f) {
         f.steps.push_back({ballot, {f.insider().ballot(4, "[[0,1,0,0],[1,0]]")}});
       }},
      {"the encrypted tally left out", kind, "chain", [](Forgery& f) { f.remove(encrypted_tally); }},
      {"the result before the decryptions", kind, "chain",
       [](Forgery& f) { move_step(f, f.steps.size() - 1, f.index_of(partial_decryption)); }},
      {"two results", kind, "chain",
       [](Forgery& f) {
         f.steps.push_back({result, {R"({"result":[[4,0,0,0],[4,0]]})"}});
       }},
      {"a shuffle after EndShuffles", Kind::ranking, "chain",
       [](Forgery& f) { move_step(f, f.index_of(shuffle, 2), f.index_of(end_shuffles)); }},
      {"a shuffle after a decryption", Kind::ranking, "chain decryption-proofs",
       [](Forgery& f) { move_step(f, f.index_of(shuffle, 2), f.index_of(partial_decryption)); }},
      {"EndShuffles left out", Kind::ranking, "chain", [](Forgery& f) { f.remove(end_shuffles); }},
  };
}

}  // namespace folkmoot::tamper
