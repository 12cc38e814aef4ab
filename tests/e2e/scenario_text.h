// The text of a scenario: an approval from its route to its end as lines, read into steps that
// scenario_player.h plays. It knows the form and nothing of the words' meaning.
//
//   about  What it shows, in a sentence or two.
//   rules  R19 R23                        the rules of the approval model that it holds
//   lead   jtj                            unit of the task; `co` lists those that cooperate
//   co     rsj czj
//   plan   {"indicators": [...]}          more members of the task, of its issue, of the submission
//   issue  {"key": true}
//   submit {"values": [...]}              or `submit none`; `starter P` submits; `sign none`
//   route  {"reclaim": true}              members besides those of every route; `route default {}`
//     {"id":"fill","do":"fill","who":"lead.clerk"},     publishes it under the subject's name
//     {"id":"adopt","who":"office.head","return":"start"}
//   inner  site {}                        a further route, named by a sub node
//   before                                steps before the task is there
//   play                                  steps
//     rsj.head approve panel              see scenario_player.h
//
// Lines that begin with # are for readers. A step goes on while a bracket is open, and with lines
// that begin with `;`. Thread-safety: immutable values, no state.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace duban {

// What is wrong with a scenario, or with what came of it.
struct ScenarioFault {
    std::string what;
    std::string expected;  // both "" where it is the text that is wrong
    std::string got;
};

struct ScenarioStep {
    int line = 0;
    std::string text;
    std::vector<std::string> words;
};

struct ScenarioRoute {
    std::string name;  // "" is that of the subject
    bool is_default = false;
    nlohmann::json head;   // members
    nlohmann::json nodes;  // with short forms
};

struct Scenario {
    std::string name;  // of the file, without its end
    std::string about;
    std::vector<std::string> rules;
    std::map<std::string, std::string> settings;  // lead, co, plan, issue, submit, starter, sign
    std::vector<ScenarioRoute> routes;            // the first is bound to the task
    std::vector<ScenarioStep> before;
    std::vector<ScenarioStep> play;

    [[nodiscard]] std::string setting(const std::string& name) const;
    [[nodiscard]] bool moves_the_clock() const;
};

// Throws ScenarioFault with the line where the text cannot be read.
[[nodiscard]] Scenario read_scenario(const std::string& name, const std::string& text);

// Words that are separated by `separators`; brackets and quotes keep theirs together.
[[nodiscard]] std::vector<std::string> scenario_words(const std::string& text,
                                                      const std::string& separators = " \t\n");
// JSON where the word is that, otherwise the word as a text.
[[nodiscard]] nlohmann::json scenario_value(const std::string& word);
// "who": "lead.clerk" and "return": "start", wherever they stand, as routes have them.
void expand_route(nlohmann::json& nodes);

}  // namespace duban
