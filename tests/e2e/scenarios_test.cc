// Every file of scenarios/ as a test of its own, over HTTP against the program. Those that the list
// scenarios/pending names are not played.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

#include "tests/e2e/scenario_facts.h"
#include "tests/e2e/scenario_player.h"
#include "tests/e2e/session.h"

namespace duban {
namespace {

namespace fs = std::filesystem;

// In the sources of the build in which the test lies, as build/<preset>/tests/e2e. The path is no
// part of what is compiled, so that all checkouts share its result.
fs::path scenario_directory() {
    return fs::read_symlink("/proc/self/exe").parent_path() / "../../../../tests/e2e/scenarios";
}

std::string text_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

std::vector<std::string> scenario_names() {
    std::vector<std::string> names;
    for (const auto& file : fs::directory_iterator(scenario_directory())) {
        if (file.path().extension() == ".txt") names.push_back(file.path().stem());
    }
    std::ranges::sort(names);
    return names;
}

// The first word of each line; the rest says what it waits for.
std::set<std::string> pending_names() {
    std::set<std::string> names;
    std::istringstream lines(text_of(scenario_directory() / "pending"));
    for (std::string line; std::getline(lines, line);) {
        const auto words = scenario_words(line);
        if (!words.empty() && words.front() != "#") names.insert(words.front());
    }
    return names;
}

// One server for all that a process plays, and one with a clock that moves.
ScenarioStage& stage_for(const Scenario& scenario) {
    static std::unique_ptr<ScenarioStage> plain;
    static std::unique_ptr<ScenarioStage> with_clock;
    const bool moves = scenario.moves_the_clock();
    auto& stage = moves ? with_clock : plain;
    if (stage == nullptr) {
        stage = std::make_unique<ScenarioStage>(moves ? ScenarioStage::Clock::movable
                                                      : ScenarioStage::Clock::own);
    }
    return *stage;
}

class Scenarios : public testing::TestWithParam<std::string> {};

TEST_P(Scenarios, Play) {
    const std::string& name = GetParam();
    const bool is_pending = pending_names().contains(name);
    if (is_pending && std::getenv("DUBAN_PLAY_PENDING") == nullptr) {
        GTEST_SKIP() << "pending, see the list";
    }
    try {
        const Scenario scenario =
            read_scenario(name, text_of(scenario_directory() / (name + ".txt")));
        std::string why_not;
        if (scenario.moves_the_clock() && !ScenarioStage::can_move_clocks(why_not)) {
            GTEST_SKIP() << why_not;
        }
        ScenarioPlayer(stage_for(scenario), scenario).play();
    } catch (const ScenarioFault& fault) {
        ADD_FAILURE() << name << ".txt, " << fault.what << "\n  expected: " << fault.expected
                      << "\n  got:      " << fault.got;
    }
}

std::string case_name(const testing::TestParamInfo<std::string>& of) {
    std::string name = of.param;
    std::ranges::replace(name, '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Of, Scenarios, testing::ValuesIn(scenario_names()), case_name);

TEST(PendingScenarios, AreThere) {
    const auto names = scenario_names();
    for (const std::string& pending : pending_names()) {
        EXPECT_TRUE(std::ranges::find(names, pending) != names.end())
            << "scenarios/pending names " << pending << ", which is no scenario";
    }
}

TEST(ScenarioFacts, TellWhatHoldsFromWhatDoesNot) {
    const nlohmann::json approval = {
        {"state", "running"},
        {"waiting", {{{"node", "b"}, {"holders", {"x.head"}}}}},
        {"nodes", {{{"node", "a"}, {"state", "approved"}, {"round", 2}}}},
        {"history", {{{"node", "a"}, {"end", "returned"}}, {{"node", "a"}, {"end", "approved"}}}},
        {"copies", {{{"to", {{"id", "y.head"}}}}}},
        {"stack", nlohmann::json::array()}};
    const auto holds = [&](const char* facts) {
        try {
            check_facts(facts, approval);
            return true;
        } catch (const ScenarioFault&) {
            return false;
        }
    };
    EXPECT_TRUE(holds("running; waits b(x.head); node a approved 2; node c idle; stack 0"));
    EXPECT_TRUE(holds("past a returned; past a approved; copy to=y.head; uncopied x.head"));
    for (const char* wrong :
         {"passed", "waits nobody", "waits b(x.head y.head)", "node a approved 1", "node a open",
          "node c approved", "stack 1", "past a approved; past a returned", "copy to=x.head",
          "uncopied y.head", "closed 1", "has {\"state\":\"passed\"}", "nod a open"}) {
        EXPECT_FALSE(holds(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace duban
