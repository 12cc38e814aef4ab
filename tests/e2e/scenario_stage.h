// Where scenarios are played: a server with the demonstration's persons, who are logged in when
// they first speak, and its clock, which only moves forward. Many scenarios share one; each takes
// names of its own. Thread-safety: one thread at a time, but for call_at_once.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "domain/base/civil_time.h"
#include "tests/support/data_directory.h"
#include "tests/support/duban_process.h"

namespace duban {

struct ScenarioCall {
    std::string person;
    std::string method;
    nlohmann::json params;
};

struct ScenarioAnswer {
    bool accepted = false;
    nlohmann::json result;
    int code = 0;  // of the refusal, with what it says
    std::string message;
    nlohmann::json data;
    // In one line, for faults.
    [[nodiscard]] std::string shown() const;
};

class ScenarioStage {
public:
    enum class Clock { own, movable };
    explicit ScenarioStage(Clock clock);

    [[nodiscard]] static bool is_query(const std::string& method);
    // Whether this system can move the clock of a program; if not, why.
    [[nodiscard]] static bool can_move_clocks(std::string& why_not);

    // Commands get a command_id.
    [[nodiscard]] ScenarioAnswer call(ScenarioCall call);
    // Throws ScenarioFault when it is refused.
    [[nodiscard]] nlohmann::json ask(const ScenarioCall& call);
    // All are sent before any is answered.
    [[nodiscard]] std::vector<ScenarioAnswer> call_at_once(std::vector<ScenarioCall> calls);
    [[nodiscard]] ServerUrl url() const { return server_->url(); }
    // Of a session of the person, which is opened when it has none.
    [[nodiscard]] std::string token_of(const std::string& person) {
        return token_of(*client_, person);
    }
    // The person has another password or account: it logs in again.
    void forget(const std::string& person) { tokens_.erase(person); }

    [[nodiscard]] std::string next_name();  // "s1", "s2", … on this server
    [[nodiscard]] std::string name_of_unit(const std::string& code);

    // The office's civil day by the server's clock.
    [[nodiscard]] std::string day(int days_from_today) const;
    [[nodiscard]] std::string work_day(int work_days_from_today) const;
    void move_clock(std::chrono::seconds by);
    // To a minute after the end of that day.
    void move_clock_past_work_day(int work_days_from_today);

private:
    [[nodiscard]] ScenarioAnswer send(HttpClient& client, const ScenarioCall& call);
    [[nodiscard]] std::string token_of(HttpClient& client, const std::string& person);
    [[nodiscard]] Timestamp now() const;

    DataDirectory data_;
    TextFile offset_{"offset", "+0s\n"};  // of the clock, as libfaketime reads it
    std::chrono::seconds ahead_{0};
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<HttpClient> client_;
    std::map<std::string, std::string> tokens_;
    std::map<std::string, std::string> units_;
    int names_ = 0;
};

}  // namespace duban
