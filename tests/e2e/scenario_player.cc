#include "tests/e2e/scenario_player.h"

#include <algorithm>
#include <cctype>
#include <thread>

#include "tests/e2e/scenario_facts.h"

namespace duban {

using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr const char* office = "office.clerk";
constexpr int looks_after_a_clock = 50;  // until what a timer does is there
constexpr auto between_looks = 200ms;
constexpr int days_of_work = 300;
constexpr int days_of_a_proxy = 5;

const json& usual_report() {
    static const json content = {{"period", "2026-03"}, {"summary", "三月各项任务按期推进"}};
    return content;
}

// Of every route, unless it says otherwise.
const json& usual_route() {
    static const json head = {{"subject", "report"},
                              {"title", "进展报告会审"},
                              {"starts", {{{"unit", "lead"}, {"post", "clerk"}}}},
                              {"material", {"indicators", "summary"}},
                              {"on", {{"pass", {{{"do", "accept_values"}}}}}},
                              {"ver", 1}};
    return head;
}

// The opinions of acts that ask for one, so that steps give one only where it matters.
const std::map<std::string, std::string>& usual_opinions() {
    static const std::map<std::string, std::string> opinions = {
        {"approve", "同意"},        {"reject", "不同意"},     {"return", "请补充材料"},
        {"resolve", "已核对"},      {"jump", "按会议要求"},   {"reassign", "原承办人外出"},
        {"hold", "等待批复"},       {"end", "事项合并办理"},  {"void", "登记有误"},
        {"revoke", "发现数据有误"}, {"migrate", "改用新流程"}};
    return opinions;
}

bool is_decision(const std::string& method) {
    return method == "approval.approve" || method == "approval.reject" ||
           method == "approval.return" || method == "approval.resolve";
}

json seat_of(const std::string& text) {
    const std::size_t dot = text.rfind('.');
    if (dot == std::string::npos) throw ScenarioFault{"no unit.post: " + text, {}, {}};
    return {{"unit", text.substr(0, dot)}, {"post", text.substr(dot + 1)}};
}

json at_path(json value, const std::string& path) {
    for (const std::string& step : scenario_words(path, ".")) {
        const bool index = std::isdigit(static_cast<unsigned char>(step.front())) != 0;
        const json::json_pointer next("/" + step);
        if ((index ? !value.is_array() : !value.is_object()) || !value.contains(next)) {
            throw ScenarioFault{"no " + path + " in the answer", {}, shown(value)};
        }
        value = json(value.at(next));
    }
    return value;
}

void name_inner_routes(json& nodes, const std::map<std::string, json>& names) {
    if (!nodes.is_structured()) return;
    for (json& inner : nodes) name_inner_routes(inner, names);
    if (!nodes.is_object() || nodes.value("kind", "") != "sub" || !nodes.contains("route")) return;
    const auto found = names.find("route:" + nodes.value("route", ""));
    if (found != names.end()) nodes["route"] = found->second;
}

void require_refused(const ScenarioAnswer& answer, const std::string& wanted,
                     const std::string& says) {
    const std::size_t colon = wanted.find(':');
    const std::string word = wanted.substr(0, colon);
    const std::string field = colon == std::string::npos ? "" : wanted.substr(colon + 1);
    const bool named =
        answer.data.value("rule", "") == word || answer.data.value("kind", "") == word;
    const bool right = !answer.accepted && named &&
                       answer.data.value("field", "").ends_with(field) &&
                       (answer.message + answer.data.dump()).find(says) != std::string::npos;
    if (!right) throw ScenarioFault{"refused", wanted + " " + says, answer.shown()};
}

}  // namespace

// An act as it is sent and what is expected of its answer.
struct ScenarioPlayer::Step {
    ScenarioCall call;
    std::string refused;  // rule or kind, "" when it is to be accepted
    std::string says;
    json gives;
    std::vector<std::string> keeps;  // name=path
};

ScenarioPlayer::ScenarioPlayer(ScenarioStage& stage, const Scenario& scenario)
    : stage_(stage), scenario_(scenario) {
    const std::string run = stage.next_name();
    names_ = {{"run", run}, {"plan", run}, {"task", run + "/1"}};
}

void ScenarioPlayer::play() {
    const auto undo = [&] {
        for (auto step = undo_.rbegin(); step != undo_.rend(); ++step) (void)stage_.call(*step);
        undo_.clear();
    };
    try {
        set_up();
        play_steps(scenario_.play);
    } catch (const ScenarioFault&) {
        undo();
        throw;
    }
    undo();
}

void ScenarioPlayer::set_up() {
    try {
        play_steps(scenario_.before);
        publish_routes();
        import_task();
        submit();
    } catch (ScenarioFault& fault) {
        if (!fault.what.starts_with("line ")) fault.what = "before the play: " + fault.what;
        throw;
    }
}

// Those that others name come first.
void ScenarioPlayer::publish_routes() {
    for (auto route = scenario_.routes.rbegin(); route != scenario_.routes.rend(); ++route) {
        json made = usual_route();
        made.update(route->head);
        made["steps"] = route->nodes;
        made = filled(made);
        if (route->is_default) {
            made["route"] = made["subject"];
            const ScenarioAnswer known =
                stage_.call({"office.head", "route.get", {{"route", made["route"]}}});
            if (known.accepted) made["ver"] = known.result["route"]["ver"].get<int>() + 1;
        } else {
            made["route"] = names_["run"].get<std::string>() + "." +
                            (route->name.empty() ? "main" : route->name);
        }
        name_inner_routes(made["steps"], names_);
        if (!route->name.empty()) names_["route:" + route->name] = made["route"];
        names_["route"] = made["route"];
        names_["subject"] = made["subject"];
        (void)stage_.ask({"office.head", "route.publish", {{"route", made}}});
    }
}

void ScenarioPlayer::import_task() {
    const std::vector<std::string> of = units();
    json listed = json::array();
    for (const std::string& unit : of) {
        listed.push_back({{"code", unit}, {"name", stage_.name_of_unit(unit)}, {"kind", "bureau"}});
    }
    json task = {{"no", 1},
                 {"title", "试点任务 " + scenario_.name},
                 {"lead", of.front()},
                 {"co", std::vector(of.begin() + 1, of.end())}};
    task.update(setting("plan"));
    const json plan = {{"plan", names_["plan"]}, {"title", "试点任务清单"},
                       {"zone", "示范区"},       {"responsibility", "按职责分工负责"},
                       {"units", listed},        {"tasks", {task}}};
    (void)stage_.ask({office, "plan.import", {{"plan", plan}}});
    json issue = {{"task", names_["task"]}, {"due", stage_.day(days_of_work)}};
    if (!scenario_.routes.empty() && !scenario_.routes.front().is_default) {
        issue["routes"] = {{names_["subject"].get<std::string>(), names_["route"]}};
    }
    issue.update(setting("issue"));
    (void)stage_.ask({office, "task.issue", issue});
    if (scenario_.setting("sign") == "none") return;
    for (const std::string& unit : of) {
        (void)stage_.ask({unit + ".clerk", "assignment.sign", {{"task", names_["task"]}}});
    }
}

void ScenarioPlayer::submit() {
    if (scenario_.setting("submit") == "none") return;
    const std::string kind = names_.contains("subject") ? names_["subject"] : json("report");
    json content = kind == "report" ? usual_report() : json::object();
    content["task"] = names_["task"];
    content.update(setting("submit"));
    const std::string starter = scenario_.setting("starter");
    const json answer =
        stage_.ask({starter.empty() ? units().front() + ".clerk" : starter,
                    kind == "report" ? "report.submit" : kind + ".request", content});
    names_["a"] = answer.at("approval");
    names_[kind] = answer.at(kind);
}

void ScenarioPlayer::play_steps(const std::vector<ScenarioStep>& steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const ScenarioStep& step = steps[i];
        try {
            if (step.words.front() == "=") {
                expect_facts(step.words, step.text);
            } else if (step.words.front() == "together") {
                std::vector<std::vector<std::string>> acts;
                for (; i + 1 < steps.size() && steps[i + 1].words.front() == "|"; ++i) {
                    const auto& words = steps[i + 1].words;
                    acts.emplace_back(words.begin() + 1, words.end());
                }
                act_together(step.words, acts);
            } else {
                take(step.words);
            }
        } catch (ScenarioFault& fault) {
            fault.what =
                "line " + std::to_string(step.line) + ", `" + step.text + "`: " + fault.what;
            throw;
        } catch (const json::exception& fault) {
            throw ScenarioFault{"line " + std::to_string(step.line) + ": " + fault.what(), {}, {}};
        }
    }
}

void ScenarioPlayer::take(const std::vector<std::string>& words) {
    static constexpr const char* person_words[] = {"hire", "dismiss", "grant", "revoke", "deputy"};
    if (std::ranges::find(person_words, words.front()) != std::end(person_words)) {
        change_persons(words);
    } else if (words.front() == "inbox" && words.size() > 3) {
        look_into_inbox(words);
    } else if (words.front() == "clock" && words.size() == 2) {
        move_clock(words[1]);
    } else if (words.size() > 1) {
        act(words);
    } else {
        throw ScenarioFault{"no step", {}, {}};
    }
}

// ---- acts

ScenarioPlayer::Step ScenarioPlayer::read_act(const std::vector<std::string>& words) {
    Step step;
    step.call.person = filled_text(words[0]);
    const std::string& verb = words[1];
    const bool whole = verb.find('.') != std::string::npos;
    const bool of_report = verb == "revise" || verb == "submit";
    step.call.method = whole ? verb : (of_report ? "report." : "approval.") + verb;
    step.call.params = json::object();
    add_defaults(step, verb);
    for (std::size_t i = 2; i < words.size(); ++i) {
        const std::string& word = words[i];
        const bool more = i + 1 < words.size();
        if (word == "refused" && more) {
            step.refused = words[++i];
        } else if (word == "says" && more) {
            step.says = filled_text(words[++i]);
        } else if (word == "gives" && more) {
            step.gives = filled(scenario_value(words[++i]));
        } else if (word == "keeps" && more) {
            step.keeps.push_back(words[++i]);
        } else if (i == 2 && word.find('=') == std::string::npos && !whole) {
            step.call.params["node"] = filled_text(word);
        } else {
            const json given = members_of({word}, 0);
            step.call.params.update(filled(given));
        }
    }
    if (step.call.params.contains("route")) expand_route(step.call.params["route"]);
    json params = json::object();
    for (const auto& [name, value] : step.call.params.items()) {
        if (!value.is_null()) params[name] = value;
    }
    add_revision(step.call, params);
    step.call.params = std::move(params);
    return step;
}

void ScenarioPlayer::add_defaults(Step& step, const std::string& verb) {
    json& params = step.call.params;
    if (step.call.method.starts_with("approval.") && names_.contains("a")) {
        params["approval"] = names_["a"];
    }
    const auto opinion = usual_opinions().find(verb);
    if (opinion != usual_opinions().end()) params["opinion"] = opinion->second;
    if (verb == "revise" || verb == "submit") params = usual_report();
    if (verb == "revise") params["report"] = names_["report"];
    if (verb == "submit") params["task"] = names_["task"];
}

// Who may not read the approval names what the office reads: that is not why it is refused.
void ScenarioPlayer::add_revision(const ScenarioCall& call, json& params) {
    if (!is_decision(call.method)) return;
    const json asked = {{"approval", params["approval"]}};
    ScenarioAnswer read = stage_.call({call.person, "approval.get", asked});
    if (!read.accepted) read = stage_.call({office, "approval.get", asked});
    if (!read.accepted) return;
    for (const char* name : {"revision", "revision_digest"}) {
        if (!params.contains(name)) params[name] = read.result.at(name);
    }
}

void ScenarioPlayer::act(const std::vector<std::string>& words) {
    const Step step = read_act(words);
    ScenarioAnswer answer = stage_.call(step.call);
    if (clock_moved_ && !step.gives.is_null() && ScenarioStage::is_query(step.call.method)) {
        for (int left = looks_after_a_clock; left > 1 && !scenario_fits(step.gives, answer.result);
             --left) {
            std::this_thread::sleep_for(between_looks);
            answer = stage_.call(step.call);
        }
    }
    if (!step.refused.empty()) {
        require_refused(answer, step.refused, step.says);
        return;
    }
    if (!answer.accepted) throw ScenarioFault{step.call.params.dump(), "accepted", answer.shown()};
    if (!step.gives.is_null()) require_fit("the answer", step.gives, answer.result);
    for (const std::string& kept : step.keeps) {
        const std::size_t equals = kept.find('=');
        names_[kept.substr(0, equals)] = at_path(answer.result, kept.substr(equals + 1));
    }
}

void ScenarioPlayer::act_together(const std::vector<std::string>& words,
                                  const std::vector<std::vector<std::string>>& acts) {
    if (words.size() < 4 || words[2] != "refused" || acts.size() < 2) {
        throw ScenarioFault{"together N refused RULE, and acts", {}, {}};
    }
    std::vector<ScenarioCall> calls;
    for (const auto& of : acts) calls.push_back(read_act(of).call);
    const auto answers = stage_.call_at_once(std::move(calls));
    const auto accepted = std::ranges::count_if(answers, &ScenarioAnswer::accepted);
    if (std::to_string(accepted) != words[1]) {
        throw ScenarioFault{"accepted", words[1], std::to_string(accepted)};
    }
    for (const ScenarioAnswer& answer : answers) {
        if (!answer.accepted) require_refused(answer, words[3], "");
    }
}

// ---- what is read

void ScenarioPlayer::expect_facts(const std::vector<std::string>& words, const std::string& text) {
    std::string reader = office;
    json approval = names_.contains("a") ? names_["a"] : json();
    std::string facts = text.substr(1);
    if (words.size() > 2 && (words[1] == "of" || words[1] == "by")) {
        const std::string named = filled_text(words[2].substr(0, words[2].find(';')));
        if (words[1] == "of") approval = named;
        if (words[1] == "by") reader = named;
        facts = text.substr(text.find(';') + 1);
    }
    facts = filled_text(facts);
    for (int left = clock_moved_ ? looks_after_a_clock : 1; left > 0; --left) {
        try {
            check_facts(facts, stage_.ask({reader, "approval.get", {{"approval", approval}}}));
            return;
        } catch (const ScenarioFault&) {
            if (left == 1) throw;
            std::this_thread::sleep_for(between_looks);
        }
    }
}

void ScenarioPlayer::look_into_inbox(const std::vector<std::string>& words) {
    json wanted = filled(members_of(words, 4));
    if (!wanted.contains("approval")) wanted["approval"] = names_["a"];
    json items = json::array();
    json params = {{"box", words[2]}, {"limit", 100}};
    do {
        const json page = stage_.ask({filled_text(words[1]), "inbox.list", params});
        for (const json& item : page.at("items")) {
            if (item.value("task", "").starts_with(names_["plan"].get<std::string>() + "/")) {
                items.push_back(item);
            }
        }
        params["cursor"] = page.at("next");
    } while (params["cursor"] != "");
    const bool found = scenario_fits({{"includes", {wanted}}}, items);
    if (found != (words[3] == "has")) {
        throw ScenarioFault{words[2] + " of " + words[1], words[3] + " " + shown(wanted),
                            shown(items)};
    }
}

// ---- names

json ScenarioPlayer::filled(const json& value) const {
    if (value.is_structured()) {
        json made = value;
        for (json& inner : made) inner = filled(inner);
        return made;
    }
    if (!value.is_string()) return value;
    const std::string text = value;
    const auto whole = names_.find(text.empty() ? text : text.substr(1));
    if (text.starts_with('$') && whole != names_.end()) return whole->second;
    return filled_text(text);
}

std::string ScenarioPlayer::filled_text(const std::string& text) const {
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '$') {
            made += text[at++];
            continue;
        }
        std::size_t end = at + 1;
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0))
            ++end;
        const std::string name = text.substr(at + 1, end - at - 1);
        const bool is_day = name == "day" || name == "workday";
        if (is_day && end < text.size() && text[end] == '+') {
            std::size_t digits = 0;
            const int count = std::stoi(text.substr(end + 1), &digits);
            made += name == "day" ? stage_.day(count) : stage_.work_day(count);
            end += 1 + digits;
        } else {
            const auto found = names_.find(name);
            if (name == "u") {
                made += "$u";  // a route's own word for the unit of an each
                at = end;
                continue;
            }
            if (found == names_.end()) throw ScenarioFault{"no name $" + name, {}, {}};
            made +=
                found->second.is_string() ? found->second.get<std::string>() : found->second.dump();
        }
        at = end;
    }
    return made;
}

json ScenarioPlayer::setting(const std::string& name) const {
    const std::string text = scenario_.setting(name);
    return text.empty() ? json::object() : filled(scenario_value(text));
}

std::vector<std::string> ScenarioPlayer::units() const {
    std::vector<std::string> of = scenario_words(scenario_.setting("co"));
    const std::string lead = scenario_.setting("lead");
    of.insert(of.begin(), lead.empty() ? "jtj" : lead);
    return of;
}

// ---- persons and the clock

void ScenarioPlayer::keep_undoing(const std::string& person, const std::string& method,
                                  json params) {
    undo_.push_back({person, method, std::move(params)});
}

void ScenarioPlayer::change_persons(const std::vector<std::string>& words) {
    const std::string& word = words[0];
    const std::string person = words.size() > 1 ? filled_text(words[1]) : "";
    if (word == "hire" && words.size() > 1) {
        hire(person, {words.begin() + 2, words.end()});
    } else if (word == "dismiss" && words.size() == 2) {
        json put = {{"person", person}, {"name", "离任人员"}, {"active", false}};
        (void)stage_.ask({"admin.system", "person.put", put});
        put["active"] = true;
        keep_undoing("admin.system", "person.put", put);
        stage_.forget(person);
    } else if (words.size() == 3 && word == "deputy") {
        set_deputy(person, words[2]);
    } else if (words.size() == 3) {
        change_post(person, words[2], word == "grant");
    } else {
        throw ScenarioFault{"no step", {}, {}};
    }
}

void ScenarioPlayer::hire(const std::string& person, const std::vector<std::string>& seats) {
    json put = {{"person", person}, {"name", "新任人员"}, {"active", true}};
    (void)stage_.ask({"admin.system", "person.put", put});
    put["active"] = false;
    keep_undoing("admin.system", "person.put", put);
    (void)stage_.ask({"admin.security",
                      "auth.set_password",
                      {{"person", person}, {"new_password", demo_password}}});
    stage_.forget(person);
    for (const std::string& seat : seats) change_post(person, seat, true);
}

void ScenarioPlayer::change_post(const std::string& person, const std::string& seat, bool grant) {
    const json given = {{"person", person}, {"post", seat_of(seat)}};
    json taken = seat_of(seat);
    taken["person"] = person;
    (void)stage_.ask(
        {"admin.security", grant ? "post.grant" : "post.revoke", grant ? given : taken});
    keep_undoing("admin.security", grant ? "post.revoke" : "post.grant", grant ? taken : given);
}

void ScenarioPlayer::set_deputy(const std::string& principal, const std::string& deputy) {
    const auto proxy = [&](const std::string& from, const std::string& until) {
        return json{{"proxy",
                     {{"principal", principal},
                      {"deputy", filled_text(deputy)},
                      {"from", from},
                      {"until", until}}}};
    };
    (void)stage_.ask(
        {"admin.security", "proxy.set", proxy(stage_.day(0), stage_.day(days_of_a_proxy))});
    keep_undoing("admin.security", "proxy.set", proxy("2026-01-02", "2026-01-01"));
}

void ScenarioPlayer::move_clock(const std::string& by) {
    constexpr std::string_view work_days = "workdays+";
    clock_moved_ = true;
    if (by.starts_with(work_days)) {
        stage_.move_clock_past_work_day(std::stoi(by.substr(work_days.size())));
        return;
    }
    const std::map<char, std::int64_t> seconds = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86'400}};
    const auto unit = seconds.find(by.back());
    if (!by.starts_with('+') || by.size() < 3 || unit == seconds.end()) {
        throw ScenarioFault{"no distance of time: " + by, {}, {}};
    }
    stage_.move_clock(std::chrono::seconds(std::stoll(by.substr(1)) * unit->second));
}

}  // namespace duban
