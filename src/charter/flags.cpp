#include "charter/flags.hpp"

#include "charter/process.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

class Flags {
 public:
  Flags(const State& state, Time now) : state_(state), now_(now), charter_(state.charter()) {}

  std::vector<Flag> run() {
    check_seats();
    check_composition();
    check_decisions();
    check_views();
    check_answers();
    check_petitions();
    check_ballots();
    check_cases();
    for (const auto& [id, spend] : state_.spends) {
      if (spend.stage == "flagged")
        flag("spending.limit", id, "{} spent without a mandate or a second officer", spend.amount);
    }
    return std::move(flags_);
  }

 private:
  template <class... Args>
  void flag(std::string rule, const std::string& id, fmt::format_string<Args...> format, Args&&... args) {
    flags_.push_back({std::move(rule), id, fmt::format(format, std::forward<Args>(args)...)});
  }

  void check_seats() {
    for (const auto& [id, seat] : state_.seats) {
      const auto post = charter_.posts.find(seat.post);
      if (post == charter_.posts.end()) continue;
      const bool elected_post = !post->second.contest.empty();
      if (seat.stage == "held" && elected_post && seat.electorate.empty()) {
        flag(fmt::format("posts.{}.contest", seat.post), id, "held by {} without an election ({})", seat.holder,
             seat.by);
      } else if (seat.stage == "interim") {
        flag(fmt::format("posts.{}.interim", seat.post), id, "{} stands in until {}", seat.holder, text(seat.until));
      }
      const bool open = seat.stage == "vacant" || seat.stage == "interim";
      if (open && seat.call_by > Time{} && now_ > seat.call_by && !is_contested(id)) {
        flag(fmt::format("posts.{}.call_within", seat.post), id, "vacant since {}, to be called by {}",
             text(seat.vacant_since), text(seat.call_by));
      }
    }
  }

  bool is_contested(const std::string& seat) const {
    for (const auto& [id, contest] : state_.contests) {
      if (contest.stage != "declared" && contest.stage != "abandoned" && contains(contest.seats, seat)) return true;
    }
    return false;
  }

  void check_composition() {
    for (const auto& [name, organ] : charter_.organs) {
      for (const Composition& rule : organ.composition) {
        const Seated seated = composition(state_, name, rule.elected_by);
        if (seated.all == 0 || rule.share.met(seated.elected, seated.all)) continue;
        flag(fmt::format("{}.share", rule.place.path), name, "{} of {} have been elected by \"{}\", and {} are needed",
             seated.elected, seated.all, rule.elected_by, rule.share.needed(seated.all));
      }
    }
  }

  void check_decisions() {
    for (const auto& [id, decision] : state_.decisions) {
      if (decision.stage == "in-breach") flag("organs.*.above", id, "goes against {}", decision.contrary_to);
      for (const std::string& other : decision.challenges)
        flag("organs.*.above", id, "is said to go against {}", other);
    }
  }

  // A view is owed a response before what it is about is decided.
  void check_views() {
    for (const auto& [id, view] : state_.views) {
      if (view.stage == "answered") continue;
      const Thing* on = find_thing(state_, view.on);
      const bool decided = on && (on->stage == "declared" || on->stage == "carried" || on->stage == "in-force" ||
                                  on->stage == "rejected" || on->stage == "balloting" || on->stage == "counting");
      if (decided) {
        flag("affiliates_answered_within", id, "{} is \"{}\" without a response to \"{}\"", view.on, on->stage,
             view.organ);
      } else if (view.stage == "overdue") {
        flag("affiliates_answered_within", id, "no response to \"{}\" by {}", view.organ, text(view.respond_by));
      }
    }
  }

  void check_answers() {
    for (const auto& [id, question] : state_.questions) {
      if (question.stage == "overdue")
        flag("accountability.answer_within", id, "was to be answered by {}", text(question.answer_by));
    }
    for (const auto& [id, report] : state_.reports) {
      if (report.stage == "overdue")
        flag("accountability.report_within", id, "was to be given by {}", text(report.give_by));
    }
  }

  // Nobody can sign in private until the keeper of the roll has done their part.
  void check_petitions() {
    for (const auto& [id, petition] : state_.petitions) {
      const auto rule = charter_.petitions.find(petition.rule);
      const bool waits = rule != charter_.petitions.end() && rule->second.private_signatures && petition.root.empty();
      if (petition.stage == "collecting" && waits) {
        flag(fmt::format("petitions.{}.private_signatures", petition.rule), id, "cannot be signed in private yet");
      }
    }
  }

  void check_ballots() {
    for (const auto& [id, recall] : state_.recalls) {
      if (recall.stage == "dated" && now_ > recall.ballot_on) {
        flag(fmt::format("petitions.{}.ballot_within", recall.rule), id, "its ballot was to open on {}",
             text(recall.ballot_on));
      }
    }
    for (const auto& [id, election] : state_.elections) {
      if (election.stage == "declared" && election.supplement.empty()) {
        flag("elections", id, "declared without the supplement of its record: the strict profile cannot be checked");
      }
    }
    for (const auto& [id, motion] : state_.motions) {
      if (motion.stage == "ready" && now_ > motion.ballot_by) {
        flag(fmt::format("motions.{}.ballot_within", motion.rule), id, "its ballot was to open by {}",
             text(motion.ballot_by));
      }
    }
  }

  void check_cases() {
    for (const auto& [id, found] : state_.cases) {
      if (found.breaches > 0) flag("discipline.decide_within", id, "{} deadlines missed", found.breaches);
    }
    for (const auto& [id, complaint] : state_.complaints) {
      if (complaint.breaches > 0) flag("moderation.decide_within", id, "{} deadlines missed", complaint.breaches);
    }
  }

  const State& state_;
  Time now_;
  const Charter& charter_;
  std::vector<Flag> flags_;
};

}  // namespace

std::vector<Flag> flags(const State& state, Time now) { return Flags(state, now).run(); }

}  // namespace folkmoot::charter
