#include "charter/processes.hpp"

namespace folkmoot::charter {

std::vector<const Process*> all_processes() {
  return {&organisation_process(), &member_process(),         &seat_process(),      &contest_process(),
          &application_process(),  &election_process(),       &slate_process(),     &endorsement_process(),
          &petition_process(),     &motion_process(),         &amendment_process(), &recall_process(),
          &decision_process(),     &case_process(),           &question_process(),  &report_process(),
          &view_process(),         &recommendation_process(), &caucus_process(),    &mandate_process(),
          &spend_process(),        &statement_process(),      &claim_process(),     &paper_process(),
          &complaint_process()};
}

}  // namespace folkmoot::charter
