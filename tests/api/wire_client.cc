#include "tests/api/wire_client.h"

#include <gtest/gtest.h>

#include <thread>

#include "api/schema/push_schema.h"

namespace duban {

using Json = nlohmann::json;

WireClient::WireClient(ApiBench& bench) : WireClient(bench, bench.context(), bench.dispatcher()) {}

WireClient::WireClient(ApiBench& bench, ApiContext& context, Dispatcher& dispatcher)
    : bench_(bench) {
    Connection::Hooks hooks;
    hooks.post = [this](std::function<void()> work) {
        const std::lock_guard lock(mutex_);
        posted_.push_back(std::move(work));
    };
    hooks.wake = [] {};
    hooks.close = [this](CloseCode code, const std::string&) { closed_ = code; };
    connection_ = std::make_shared<Connection>(context, dispatcher, std::move(hooks), "192.0.2.7");
}

WireClient::~WireClient() {
    connection_->on_closed();
}

void WireClient::open(const std::string& person) {
    const Json answer = call("session.open", {{"token", bench_.token(person)}});
    ASSERT_TRUE(answer.contains("result")) << answer;
    expect_valid_result("session.open", answer.at("result"));
}

Json WireClient::call(const std::string& method, Json params) {
    const int id = ++calls_;
    send(Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump());
    for (int i = 0; i < 5000 && !answers_.contains(id); ++i) {
        pump();
        if (!answers_.contains(id)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (!answers_.contains(id)) {
        ADD_FAILURE() << "no answer to " << method;
        return Json::object();
    }
    const Json answer = answers_.at(id);
    if (answer.contains("result")) expect_valid_result(method, answer.at("result"));
    return answer;
}

void WireClient::send(const std::string& text) {
    connection_->on_message(text);
}

Json WireClient::open_sub(const std::string& sub, const Json& start, const Json& filter) {
    const Json answer = call("sub.open", {{"sub", sub}, {"start", start}, {"filter", filter}});
    pump();
    return answer;
}

void WireClient::run_posted() {
    for (;;) {
        std::function<void()> work;
        {
            const std::lock_guard lock(mutex_);
            if (posted_.empty()) return;
            work = std::move(posted_.front());
            posted_.pop_front();
        }
        work();
    }
}

void WireClient::pump() {
    for (;;) {
        run_posted();
        if (auto text = connection_->next_output()) {
            receive(*text);
            continue;
        }
        const std::lock_guard lock(mutex_);
        if (posted_.empty()) return;
    }
}

void WireClient::take(std::size_t count) {
    for (std::size_t taken = 0; taken < count; ++taken) {
        const auto text = connection_->next_output();
        if (!text) return;
        receive(*text);
    }
}

void WireClient::pass(std::chrono::milliseconds time) {
    bench_.node().clock().advance(time);
    connection_->on_tick(bench_.node().clock().steady());
}

std::vector<Json> WireClient::pushed(const std::string& method) {
    std::vector<Json> found;
    std::erase_if(pushed_, [&](const Json& message) {
        if (message.at("method") != method) return false;
        found.push_back(message.at("params"));
        return true;
    });
    return found;
}

const std::vector<std::uint64_t>& WireClient::positions(const std::string& sub) {
    return positions_[sub];
}

void WireClient::receive(const std::string& text) {
    Json message = Json::parse(text);
    ASSERT_EQ(message.at("jsonrpc"), "2.0");
    if (!message.contains("method")) {
        const Json result = message.value("result", Json::object());
        if (result.contains("mode")) cursors_[result.at("sub")] = result.at("cursor");
        if (message.at("id").is_number_integer()) {
            answers_[message.at("id").get<int>()] = message;
        } else {
            faults_.push_back(message);
        }
        return;
    }
    const std::string method = message.at("method");
    for (const PushMessage& push : push_messages()) {
        if (push.method != method) continue;
        const Status valid = push.params.check(message.at("params"));
        EXPECT_TRUE(valid.has_value()) << valid.error().detail << " " << text;
    }
    if (method == "events" || method == "checkpoint") follow(message);
    pushed_.push_back(std::move(message));
}

void WireClient::follow(const Json& message) {
    const Json& params = message.at("params");
    const std::string sub = params.at("sub");
    EXPECT_EQ(params.at("from"), cursors_[sub]) << "a gap or a repetition";
    cursors_[sub] = params.at("to");
    if (!params.contains("events")) return;
    for (const Json& event : params.at("events")) {
        const std::string sequence = event.at("sequence");
        const std::uint64_t position = std::stoull(sequence);
        auto& known = positions_[sub];
        EXPECT_TRUE(known.empty() || known.back() < position);
        EXPECT_LE(static_cast<std::int64_t>(position),
                  std::stoll(params.at("to").get<std::string>()));
        known.push_back(position);
    }
}

}  // namespace duban
