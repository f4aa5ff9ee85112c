// The registry: one line a process. Each stands in process/NAME.cpp.
#pragma once

#include <vector>

#include "charter/process.hpp"

namespace folkmoot::charter {

const Process& organisation_process();
const Process& member_process();
const Process& seat_process();
const Process& contest_process();
const Process& application_process();
const Process& election_process();
const Process& slate_process();
const Process& endorsement_process();
const Process& petition_process();
const Process& motion_process();
const Process& amendment_process();
const Process& recall_process();
const Process& decision_process();
const Process& case_process();
const Process& question_process();
const Process& report_process();
const Process& view_process();
const Process& recommendation_process();
const Process& caucus_process();
const Process& mandate_process();
const Process& spend_process();
const Process& statement_process();
const Process& claim_process();
const Process& paper_process();
const Process& complaint_process();

std::vector<const Process*> all_processes();

}  // namespace folkmoot::charter
