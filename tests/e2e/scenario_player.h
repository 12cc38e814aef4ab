// Plays a scenario on a stage: publishes its route, imports a task of its own, issues it, has the
// units sign for it, submits, and takes the steps.
//
//   jtj.head approve head opinion=同意      an act on the approval ($a) and a node; opinions that
//   an
//                                          act asks for are given unless the step gives one
//   jtj.clerk revise problems=…            the report, with the content of before
//   jtj.head task.get task=$task           any method; values are JSON or words
//     … refused RULE [says TEXT]           a rule, or a kind with the end of the field
//                                          (invalid_params:route.starts)
//     … gives {…}                          what the answer holds
//     … keeps v=waiting.0.slot             for $v
//   = running; waits head(jtj.head)        facts of the approval (scenario_facts.h), as the
//   office's
//                                          clerk reads it; `= by jtj.head; …`, `= of $b; …`
//   inbox jtj.head todo has node=head      an item of the approval; `lacks`
//   together 1 refused already_decided     of the lines with | that follow so many are accepted
//     | jtj.head approve head
//   hire jtj.head2 jtj.head                a person with posts; `dismiss P`; `grant P unit.post`;
//                                          `revoke P unit.post`; `deputy P D`: undone at the end
//   clock +9h                              s, m, h, d; only forward; `clock workdays+2` goes past
//                                          the end of the second working day from today
//
// Names: $a $report $task $plan $route $run and what was kept; $day+300 is a day of the office,
// $workday+2 a working day.
// A decision names revision and digest as its person reads them at that moment.
// Thread-safety: one thread.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/e2e/scenario_stage.h"
#include "tests/e2e/scenario_text.h"

namespace duban {

class ScenarioPlayer {
public:
    ScenarioPlayer(ScenarioStage& stage, const Scenario& scenario);

    // Throws ScenarioFault, whose `what` names the step; undoes what it did to persons either way.
    void play();

private:
    struct Step;

    void set_up();
    void publish_routes();
    void import_task();
    void submit();
    void play_steps(const std::vector<ScenarioStep>& steps);
    void take(const std::vector<std::string>& words);
    void act(const std::vector<std::string>& words);
    void act_together(const std::vector<std::string>& words,
                      const std::vector<std::vector<std::string>>& acts);
    void expect_facts(const std::vector<std::string>& words, const std::string& text);
    void look_into_inbox(const std::vector<std::string>& words);
    void change_persons(const std::vector<std::string>& words);
    void hire(const std::string& person, const std::vector<std::string>& seats);
    void change_post(const std::string& person, const std::string& seat, bool grant);
    void set_deputy(const std::string& principal, const std::string& deputy);
    void move_clock(const std::string& by);

    [[nodiscard]] Step read_act(const std::vector<std::string>& words);
    void add_defaults(Step& step, const std::string& verb);
    void add_revision(const ScenarioCall& call, nlohmann::json& params);
    void keep_undoing(const std::string& person, const std::string& method, nlohmann::json params);
    [[nodiscard]] nlohmann::json filled(const nlohmann::json& value) const;
    [[nodiscard]] std::string filled_text(const std::string& text) const;
    [[nodiscard]] nlohmann::json setting(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> units() const;  // the lead first

    ScenarioStage& stage_;
    const Scenario& scenario_;
    std::map<std::string, nlohmann::json> names_;
    std::vector<ScenarioCall> undo_;
    bool clock_moved_ = false;
};

}  // namespace duban
