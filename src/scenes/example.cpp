#include "scenes/example.hpp"

#include "charter/standing.hpp"
#include "service/ceremony_folder.hpp"
#include "service/people.hpp"
#include "service/registrar.hpp"
#include "service/supplement.hpp"

namespace folkmoot::scenes {
namespace {

namespace fs = service::fs;

// How long ago things began that are under way: the year was over by then, the ballot and the applications in
// another contest opened four days ago.
constexpr Length year_began = days(215), contest_called = days(46), petitions_opened = days(12);
constexpr std::size_t voters_shown = 3;
constexpr int ordinary_shown = 6;

class ExamplePlay {
 public:
  ExamplePlay(const Place& place, Time now, std::ostream& out, const Progress& progress, Extent extent)
      : folder_(place.folder),
        now_(now),
        out_(out),
        progress_(progress),
        extent_(extent),
        org_({[&] { return place; }, charter_of_last_year(), &out, false,
              now - (extent == Extent::year ? year_began : contest_called)}) {}

  Example play() {
    // Before the database is worked on: names are looked up by whoever shows things.
    name_people();
    if (extent_ == Extent::year) {
      for (const fs::path& record : play_year(org_, out_, progress_)) put_with_elections(record);
    }
    deputy_is_elected();
    expect(org_.organisation().publish());
    return std::move(example_);
  }

 private:
  std::string published(const std::string& words) { return expect(org_.organisation().publish_bytes(words)); }

  void name_people() {
    std::vector<service::Person> people;
    for (const auto& [reference, name] : org_.names()) {
      people.push_back({reference,
                        fmt::format("{:04}", people.size() + 1),
                        name,
                        fmt::format("{}@example.org", reference),
                        "en",
                        {},
                        {}});
    }
    service::People table(org_.organisation().database());
    expect(org_.organisation().database().transact([&] { return table.insert(people); }));
  }

  // Where the server looks for records.
  void put_with_elections(const fs::path& record) {
    const fs::path folder = folder_ / "organisation" / "public" / "elections";
    for (const fs::path& file : {record, service::supplement_file(record)}) {
      expect(service::write_file(folder / file.filename(), expect(service::read_file(file))));
    }
  }

  // The same for the messages by which the trustees made their key.
  void put_with_ceremonies(const service::PlayedElection& played) {
    const fs::path folder = folder_ / "organisation" / "public" / "ceremonies" / played.paper().uuid;
    fs::create_directories(folder.parent_path());
    fs::copy(played.published() / "ceremony", folder);
    expect(service::write_ceremony_settings(folder, {played.paper().group, trustees.count, trustees.threshold}));
    for (const ExampleTrustee& trustee : trustees_of(played)) {
      expect(service::seat_trustee(folder, trustee.number, trustee.member));
    }
  }

  // The ballot is open when this is over; meanwhile other things happen.
  void deputy_is_elected() {
    org_.until(now_ - contest_called);
    org_.act("deputy-chair:", "seat.resign", {{"seat", seat_id("deputy-chair")}});
    const std::string contest = org_.call("deputy-chair");
    const auto stand = [&](int number, const std::string& words) {
      const std::string person = member(number);
      return org_.stand(contest, person, published(fmt::format("{}\n\n{}\n", person, words)));
    };
    stand(20,
          "I have run the Saturday boats for six years. The deputy's work is to make sure that what conference decides "
          "is done, and I will report on it every month, to everybody.");
    const std::string backed = stand(
        21, "Open ferries, open books. I want each local group to see what is spent in its name before it is spent.");
    stand(22,
          "We live on two shores and meet once a year. I will see to it that we meet every month, "
          "in person and from home.");
    const std::string chair = org_.name_of(org_.seat("chair").holder);
    org_.act(chair, "endorsement.give", {{"application", backed}});
    org_.act(
        "north-shore-secretary:", "recommendation.publish",
        {{"organ", "north-shore"}, {"on", backed}, {"position", "for"}, {"hash", published("She knows the books.\n")}});
    org_.act("south-bay-secretary:", "recommendation.publish",
             {{"organ", "south-bay"},
              {"on", backed},
              {"position", "against"},
              {"hash", published("South Bay has asked for boats, not for books.\n")}});
    org_.act("treasurer:", "seat.resign", {{"seat", seat_id("treasurer")}});
    org_.until(now_ - petitions_opened);
    if (extent_ == Extent::year) members_move();
    const std::string other = org_.call("treasurer");

    org_.campaign(contest);
    const std::string election = get(org_.state().contests, contest).election;
    auto played = org_.open_ballot(election, "Who is to be the deputy chair?", own_order, progress_);
    expect(played.fill_box());
    put_with_elections(played.record());
    put_with_ceremonies(played);
    example_ = {folder_ / "organisation", played.paper().uuid, voters_of(played), trustees_of(played), people()};

    org_.stand(other, member(23), published(member(23) + "\n\nI kept the accounts of the harbour co-operative.\n"));
    org_.stand(other, member(29), published(member(29) + "\n\nEvery penny in public, every month.\n"));
    org_.until(now_);
  }

  void members_move() {
    org_.act(member(24), "petition.open",
             {{"rule", "policy"},
              {"title", "A boat on Sundays"},
              {"hash", published("That a boat runs on Sundays, from March to October, on both shores.\n")}});
    const std::string wanting = org_.last("petition");
    for (int i = 1; i <= 2; ++i) org_.act(member(i), "petition.sign", {{"petition", wanting}});

    org_.act(member(25), "petition.open",
             {{"rule", "policy"},
              {"title", "Free crossings for under-sixteens"},
              {"hash", published("That nobody under sixteen pays for a crossing.\n")}});
    const std::string reached = org_.last("petition");
    const auto needed = static_cast<int>(get(org_.state().petitions, reached).needed);
    for (int i = 1; i <= needed; ++i) org_.act(member(i), "petition.sign", {{"petition", reached}});
    const std::string motion = get(org_.state().petitions, reached).outcome;
    org_.pass(days(1));
    org_.act(member(26), "amendment.propose",
             {{"motion", motion}, {"hash", published("Replace \"sixteen\" by \"eighteen\".\n")}});
    const std::string amendment = org_.last("amendment");
    for (int i = 27; i <= 28; ++i) org_.act(member(i), "amendment.second", {{"amendment", amendment}});
    org_.act("general-secretary:", "recommendation.publish",
             {{"organ", "coordinating"},
              {"on", motion},
              {"position", "against"},
              {"hash", published("The crossings of one summer would cost what two boats do.\n")}});
    org_.act("north-shore-secretary:", "recommendation.publish",
             {{"organ", "north-shore"},
              {"on", motion},
              {"position", "for"},
              {"hash", published("Half of our members came to us as children, on a boat.\n")}});
  }

  static std::vector<ExampleVoter> voters_of(const service::PlayedElection& played) {
    std::set<std::size_t> voted;
    for (const service::InventedVote& vote : played.election().votes) voted.insert(vote.member);
    std::vector<ExampleVoter> voters;
    for (std::size_t i = 0; i < played.election().members.size() && voters.size() < voters_shown; ++i) {
      const auto& [number, name, email] = played.election().members[i];
      if (voted.contains(i)) continue;
      const auto credential = expect(service::recover_credential(played.folder() / "registrar", number));
      voters.push_back({number, name, std::string(credential.view())});
    }
    return voters;
  }

  static std::vector<ExampleTrustee> trustees_of(const service::PlayedElection& played) {
    std::vector<ExampleTrustee> all;
    for (std::int64_t number = 1; number <= trustees.count; ++number) {
      const std::string name(election_staff.at(static_cast<std::size_t>(number)));
      const auto key = expect(service::read_lines(played.secret(number).key));
      all.push_back({number, id_of(name), name, key.at(0)});
    }
    return all;
  }

  // Those with a post, in the order of the posts, with who holds elections first; then those with a role in the
  // election, and voters.
  [[nodiscard]] std::vector<ExamplePerson> people() const {
    std::vector<ExamplePerson> people;
    const auto add = [&](const std::string& member, const std::string& role) {
      const auto found = std::ranges::find(people, member, &ExamplePerson::member);
      if (found == people.end()) {
        people.push_back({member, org_.name_of(member), role, seed_of(member)});
      } else {
        found->role += ", " + role;
      }
    };
    for (const std::string& post : org_.charter().duties.at("contests")) {
      for (const std::string& holder : charter::holders(org_.state(), post)) add(holder, post);
    }
    for (const auto& [post, rule] : org_.charter().posts) {
      if (charter::contains(org_.charter().duties.at("contests"), post)) continue;
      for (const std::string& holder : charter::holders(org_.state(), post)) add(holder, post);
    }
    for (const std::string_view name : election_staff) {
      add(id_of(std::string(name)), name == election_staff[0] ? "registrar" : "trustee");
    }
    for (int number = 1; number <= ordinary_shown; ++number) add(id_of(member(number)), "member");
    return people;
  }

  fs::path folder_;
  Time now_;
  std::ostream& out_;
  Progress progress_;
  Extent extent_;
  Stage org_;
  Example example_;
};

}  // namespace

Result<Example> make_example(const Place& place, Time now, std::ostream& out, const Progress& progress, Extent extent) {
  std::error_code none;
  if (fs::exists(place.folder) && !fs::is_empty(place.folder, none)) {
    return fail("{}: is there already; name a folder that is not", place.folder.string());
  }
  try {
    return ExamplePlay(place, now, out, progress, extent).play();
  } catch (const Broken& broken) {
    return fail("{}", broken.what());
  }
}

}  // namespace folkmoot::scenes
