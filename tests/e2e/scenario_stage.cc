#include "tests/e2e/scenario_stage.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "domain/calendar/calendar.h"
#include "server/ops/clock.h"
#include "tests/e2e/scenario_facts.h"
#include "tests/e2e/scenario_text.h"
#include "tests/e2e/session.h"

namespace duban {

using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr const char* faketime_library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
constexpr int rate_limited_code = 42901;
constexpr int unauthenticated_code = 40101;
constexpr int expired_code = 40102;
constexpr int patience_calls = 100;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

bool takes_command_id(const std::string& method) {
    return !ScenarioStage::is_query(method) && !method.starts_with("auth.");
}

Environment clock_environment(const std::string& file) {
    return {std::string("LD_PRELOAD=") + faketime_library, "FAKETIME_TIMESTAMP_FILE=" + file,
            "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"};
}

// On the calendar that the demonstration publishes.
Date work_date(Date from, int count) {
    static const CalendarBook book = [] {
        CalendarBook made;
        for (const CalendarYear& year : announced_years()) made.years[year.year] = year;
        return made;
    }();
    return add_workdays(book, from, count).day;
}

ScenarioAnswer answer_of(const tl::expected<json, HttpClient::RpcFailure>& reply) {
    ScenarioAnswer answer;
    answer.accepted = reply.has_value();
    if (reply) {
        answer.result = *reply;
        return answer;
    }
    answer.code = reply.error().code;
    answer.message = reply.error().message;
    const json data = json::parse(reply.error().data, nullptr, false);
    answer.data = data.is_object() ? data : json::object();
    return answer;
}

}  // namespace

std::string ScenarioAnswer::shown() const {
    if (accepted) return "accepted: " + duban::shown(result);
    return std::to_string(code) + " " + message + " " + duban::shown(data);
}

ScenarioStage::ScenarioStage(Clock clock) {
    const Arguments options = {"--demo", "--calls-per-s", "5000", "--calls-burst", "20000"};
    server_ = std::make_unique<ServerProcess>(
        data_.path(), options,
        clock == Clock::movable ? clock_environment(offset_.path()) : Environment{});
    client_ = std::make_unique<HttpClient>(server_->url());
}

bool ScenarioStage::is_query(const std::string& method) {
    static const std::set<std::string> queries = {
        "amend.get",      "approval.forecast", "approval.get", "approval.migration", "closing.get",
        "directory.list", "extension.get",     "inbox.list",   "issue.get",          "plan.board",
        "plan.list",      "report.get",        "route.get",    "route.simulate",     "task.get",
        "task.list",      "task.timeline"};
    return queries.contains(method);
}

bool ScenarioStage::can_move_clocks(std::string& why_not) {
    if (sanitized) why_not = "a sanitizer lets no library be loaded before its own";
    if (!std::filesystem::exists(faketime_library)) why_not = "libfaketime is not installed";
    return why_not.empty();
}

std::string ScenarioStage::token_of(HttpClient& client, const std::string& person) {
    auto& token = tokens_[person];
    if (!token.empty()) return token;
    const auto answer = client.login(person, demo_password);
    if (!answer) throw ScenarioFault{"log-in of " + person, "accepted", answer.error().message};
    token = answer->at("token");
    return token;
}

ScenarioAnswer ScenarioStage::send(HttpClient& client, const ScenarioCall& call) {
    ScenarioAnswer answer;
    for (int i = 0; i < patience_calls; ++i) {
        answer = answer_of(client.call(call.method, call.params));
        if (answer.code != rate_limited_code) break;
        std::this_thread::sleep_for(50ms);
    }
    return answer;
}

ScenarioAnswer ScenarioStage::call(ScenarioCall call) {
    if (takes_command_id(call.method) && !call.params.contains("command_id")) {
        call.params["command_id"] = new_command_id();
    }
    client_->set_token(token_of(*client_, call.person));
    ScenarioAnswer answer = send(*client_, call);
    if (answer.code == unauthenticated_code || answer.code == expired_code) {
        forget(call.person);
        client_->set_token(token_of(*client_, call.person));
        answer = send(*client_, call);
    }
    return answer;
}

json ScenarioStage::ask(const ScenarioCall& call) {
    const ScenarioAnswer answer = this->call(call);
    if (answer.accepted) return answer.result;
    throw ScenarioFault{call.person + " " + call.method + " " + duban::shown(call.params),
                        "accepted", answer.shown()};
}

std::vector<ScenarioAnswer> ScenarioStage::call_at_once(std::vector<ScenarioCall> calls) {
    std::vector<ScenarioAnswer> answers(calls.size());
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (ScenarioCall& call : calls) {
        call.params["command_id"] = new_command_id();
        clients.push_back(std::make_unique<HttpClient>(server_->url()));
        clients.back()->set_token(token_of(*client_, call.person));
    }
    std::vector<std::thread> senders;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        senders.emplace_back([&, i] { answers[i] = send(*clients[i], calls[i]); });
    }
    for (std::thread& sender : senders) sender.join();
    return answers;
}

std::string ScenarioStage::next_name() {
    return "s" + std::to_string(++names_);
}

std::string ScenarioStage::name_of_unit(const std::string& code) {
    if (units_.empty()) {
        const json directory = ask({"office.clerk", "directory.list", json::object()});
        for (const json& unit : directory.at("units")) {
            units_[unit.at("code")] = unit.at("name");
        }
    }
    const auto found = units_.find(code);
    if (found == units_.end()) throw ScenarioFault{"no unit " + code, {}, {}};
    return found->second;
}

Timestamp ScenarioStage::now() const {
    const std::chrono::milliseconds ahead = ahead_;
    return {SystemClock().now().ms + ahead.count()};
}

std::string ScenarioStage::day(int days_from_today) const {
    return to_string(add_days(office_date(now()), days_from_today));
}

std::string ScenarioStage::work_day(int work_days_from_today) const {
    return to_string(work_date(office_date(now()), work_days_from_today));
}

void ScenarioStage::move_clock_past_work_day(int work_days_from_today) {
    const Timestamp end = end_of_office_day(work_date(office_date(now()), work_days_from_today));
    move_clock(std::chrono::seconds((end.ms - now().ms) / 1000 + 60));
}

void ScenarioStage::move_clock(std::chrono::seconds by) {
    ahead_ += by;
    // Renamed into its place, so that the server never reads half of it.
    const std::string next = offset_.path() + ".next";
    std::ofstream(next) << "+" << ahead_.count() << "s\n";
    std::filesystem::rename(next, offset_.path());
}

}  // namespace duban
