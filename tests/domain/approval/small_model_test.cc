// An exhaustive small model: on a route with branches, runs of units and returns of every kind,
// every sequence of acts up to a length is played against an oracle that knows nothing of the
// engine: it is a drawing of this one route, with marks on it.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/base/layout.h"
#include "domain/report/report_commands.h"
#include "domain/task/task_commands.h"
#include "tests/support/approval_laws.h"
#include "tests/support/given.h"
#include "tests/support/route_builder.h"

namespace duban {
namespace {

//   fill -> p: ( a | b ) -> e: s of jzy, s of rsj -> f
//
// a returns to fill, jumps back and keeps b; b returns to fill and all goes again; s returns to
// fill or a, goes again and keeps the other run; f returns to any, either way.
Route small_route() {
    auto each_unit = asks("s", {at("$u", Post::head)});
    return route_of(
        {block("p", NodeKind::par,
               {branch({returning(asks("a", {at("lead", Post::section)}), {"start"}, Resume::jump,
                                  Branches::keep)}),
                branch({asks("b", {at("lead", Post::head)})})}),
         each("e", "all", Dissent::record,
              {returning(std::move(each_unit), {"start", "#a"}, Resume::rerun, Branches::keep)}),
         returning(asks("f", {at("office", Post::head)}), {"start", "any"}, Resume::ask)});
}

const std::vector<std::string> runs_of_e = {"s@jzy", "s@rsj"};
const std::map<std::string, std::string> holders_of = {{"fill", "jtj.clerk"}, {"a", "jtj.section"},
                                                       {"b", "jtj.head"},     {"s@jzy", "jzy.head"},
                                                       {"s@rsj", "rsj.head"}, {"f", "office.head"}};

struct Act {
    enum Kind { revise, revise_material, approve, reject, send_back } kind = approve;
    std::string node;
    std::string to = {};
    std::optional<Resume> then = {};
};

std::string words_of(const Act& act) {
    static const char* const names[] = {"revise", "revise material", "approve", "reject", "return"};
    std::string text = std::string(names[act.kind]) + " " + act.node;
    if (!act.to.empty()) text += " to " + act.to;
    if (act.then) text += *act.then == Resume::jump ? " and jump" : " and rerun";
    return text;
}

// ---- The oracle ----------------------------------------------------------------------------

enum class Mark { none, open, passed, refused };

class Oracle {
public:
    Oracle() { enter_p(); }

    [[nodiscard]] Mark mark(const std::string& node) const {
        const auto found = marks_.find(node);
        return found == marks_.end() ? Mark::none : found->second;
    }
    [[nodiscard]] const std::string& end() const { return end_; }
    [[nodiscard]] std::string text() const {
        std::string text = end_.empty() ? "running" : end_;
        for (const auto& [node, mark] : marks_) {
            if (mark == Mark::none) continue;
            text += " " + node + (mark == Mark::open ? "?" : mark == Mark::passed ? "+" : "-");
        }
        for (const Back& back : stack_) {
            text += " [" + back.from + ">" + back.to + (back.jump ? " jump" : "") +
                    (back.keep ? " keep" : "") + "]";
        }
        return text;
    }

    // Whatever somebody whose turn it is may do.
    [[nodiscard]] std::vector<Act> acts() const {
        std::vector<Act> acts;
        for (const auto& [node, mark] : marks_) {
            if (mark != Mark::open) continue;
            if (node == "fill") {
                acts.push_back({Act::revise, node});
                acts.push_back({Act::revise_material, node});
                continue;
            }
            acts.push_back({Act::approve, node});
            acts.push_back({Act::reject, node});
            if (node != "f") acts.push_back({Act::send_back, node, "start"});
            if (node[0] == 's') acts.push_back({Act::send_back, node, "a"});
            if (node != "f") continue;
            for (const Resume then : {Resume::rerun, Resume::jump}) {
                acts.push_back({Act::send_back, node, "start", then});
                for (const char* to : {"a", "b", "s@jzy", "s@rsj"}) {
                    acts.push_back({Act::send_back, node, to, then});
                }
            }
        }
        return acts;
    }

    void take(const Act& act) {
        switch (act.kind) {
            case Act::revise:
            case Act::revise_material:
                return pass_fill(act.kind == Act::revise_material);
            case Act::approve:
                return pass(act.node);
            case Act::reject:
                return refuse(act.node);
            case Act::send_back:
                return send_back(act);
        }
    }

private:
    struct Back {
        std::string from;
        std::string to;
        bool jump;
        bool keep;
    };

    void set(const std::string& node, Mark mark) { marks_[node] = mark; }
    void clear(const std::vector<std::string>& nodes) {
        for (const auto& node : nodes) set(node, Mark::none);
    }
    [[nodiscard]] bool is_through(const std::string& node) const {
        return mark(node) == Mark::passed || mark(node) == Mark::refused;
    }
    // What waits for the node is answered by passing it; the newest says how it goes on.
    std::optional<Back> answer(const std::string& node) {
        std::optional<Back> newest;
        for (const Back& back : stack_) {
            if (back.to == node) newest = back;
        }
        std::erase_if(stack_, [&](const Back& back) { return back.to == node; });
        return newest;
    }

    void enter_p() {
        for (const char* node : {"a", "b"}) {
            if (!is_through(node)) set(node, Mark::open);
        }
        if (p_is_through()) end_p();
    }
    void enter_e() {
        for (const auto& node : runs_of_e) {
            if (!is_through(node)) set(node, Mark::open);
        }
        if (e_is_through()) end_e();
    }
    // A return that was deferred to the block is f's, and it jumps.
    void end_p() {
        const auto back = answer("p");
        back && back->jump ? set("f", Mark::open) : enter_e();
    }
    void end_e() {
        answer("e");
        set("f", Mark::open);
    }
    [[nodiscard]] bool p_is_through() const { return is_through("a") && is_through("b"); }
    [[nodiscard]] bool e_is_through() const {
        return is_through(runs_of_e[0]) && is_through(runs_of_e[1]);
    }

    void pass(const std::string& node) {
        set(node, Mark::passed);
        const auto back = answer(node);
        if (node == "f") return close("passed");
        if (back && back->jump) return come_back(*back);
        go_on(node);
    }
    void go_on(const std::string& node) {
        if (node[0] != 's') return enter_p();
        if (e_is_through()) end_e();
    }
    // a jumps back into p, whose other branch goes on where it was; f has all before it.
    void come_back(const Back& back) {
        if (back.from == "a") {
            set("a", Mark::open);
            if (!is_through("b")) set("b", Mark::open);
            return;
        }
        // Not before the block of the one that was asked is through.
        const bool in_p = back.to == "a" || back.to == "b";
        const bool in_e = back.to[0] == 's';
        if ((in_p && !p_is_through()) || (in_e && !e_is_through())) {
            stack_.push_back({back.from, in_p ? "p" : "e", back.jump, back.keep});
            return;
        }
        if (in_p || in_e) answer(in_p ? "p" : "e");
        set("f", Mark::open);
    }
    void pass_fill(bool material) {
        const bool shortens =
            std::ranges::any_of(stack_, [](const Back& back) { return back.jump || back.keep; });
        if (material && shortens) {
            clear({"a", "b", "s@jzy", "s@rsj", "f"});
            for (Back& back : stack_) back.jump = back.keep = false;
        }
        set("fill", Mark::passed);
        const auto back = answer("fill");
        if (back && back->jump) return come_back(*back);
        enter_p();
    }

    void refuse(const std::string& node) {
        if (node[0] != 's') return close("rejected");
        set(node, Mark::refused);
        go_on(node);
    }

    void send_back(const Act& act) {
        const bool jump = act.node == "a" || act.then == Resume::jump;
        const bool keep = act.node == "a" || act.node[0] == 's';
        const std::string to = act.to == "start" ? "fill" : act.to;
        stack_.push_back({act.node, to, jump, keep});
        // What is open elsewhere in the block that is left waits; what was decided there stands
        // where it is kept.
        for (auto& [node, mark] : marks_) {
            const bool leaves = act.node[0] == 's' || to == "fill";
            if (mark == Mark::open && leaves) mark = Mark::none;
        }
        set(act.node, Mark::none);
        if (act.node == "b") clear({"a", "b"});
        if (act.node == "f" && !jump) {
            if (to == "fill") clear({"a", "b"});
            if (to[0] != 's') clear(runs_of_e);
        }
        set(to, Mark::open);
    }

    void close(const std::string& how) {
        end_ = how;
        for (auto& [node, mark] : marks_) {
            if (mark == Mark::open) mark = Mark::none;
        }
        stack_.clear();
    }

    std::map<std::string, Mark> marks_ = {{"fill", Mark::passed}};
    std::vector<Back> stack_;
    std::string end_;
};

// ---- The engine ----------------------------------------------------------------------------

// As the oracle tells it.
std::string text_of(const GivenTask& world) {
    const Approval& approval = world.approval();
    std::string text = is_open(approval) ? "running" : std::string(enum_name(approval.state));
    for (const auto& [node, who] : holders_of) {
        const auto state = world.state(node);
        const bool refused = state == NodeState::rejected && is_open(approval);
        if (state == NodeState::open) text += " " + node + "?";
        if (is_passed(state)) text += " " + node + "+";
        if (refused || (state == NodeState::rejected && node[0] == 's')) text += " " + node + "-";
    }
    for (const PendingReturn& back : approval.stack) {
        text += " [" + back.from + ">" + back.to + (back.then == Resume::jump ? " jump" : "") +
                (back.branches == Branches::keep ? " keep" : "") + "]";
    }
    return text;
}

// What else the engine knows of the approval and may decide by, but for times and numbers.
std::string inner_of(const GivenTask& world) {
    std::string text;
    for (const ApprovalNode& run : world.approval().nodes) {
        text += run.node + " " + std::string(enum_name(run.state)) +
                std::to_string(run.branches.size());
        for (const UnitRun& one : run.units) text += std::string(enum_name(one.state));
        for (const Slot& slot : run.slots) {
            text += " " + slot.slot + std::string(enum_name(slot.state)) + slot.bound.value;
        }
        text += ";";
    }
    return text;
}

Command command_of(const Act& act, const GivenTask& world, int number) {
    switch (act.kind) {
        case Act::revise:
        case Act::revise_material: {
            auto content = *find_report(world.task, 1)->content;
            const bool material = act.kind == Act::revise_material;
            (material ? content.summary : content.problems) = std::to_string(number);
            return ReviseReport{report_1, content, "", {}};
        }
        case Act::approve:
            return world.approve(act.node);
        case Act::reject:
            return world.reject(act.node);
        case Act::send_back:
            break;
    }
    auto command = world.send_back(act.to);
    command.node = act.node;
    command.then = act.then;
    return command;
}

// ---- Both ----------------------------------------------------------------------------------

struct State {
    GivenTask world;
    Oracle oracle;
    std::string way;
    std::size_t sequences = 1;  // that lead here
};

class SmallModel : public testing::Test {
protected:
    using Level = std::map<std::string, State>;

    // Submitted, and after these acts.
    static State begin(const std::vector<Act>& acts) {
        State state;
        state.world.publish(small_route()).signed_in();
        AmendTask amend;
        amend.task = task_1;
        amend.co = {jzy, rsj};
        amend.reason = "why";
        state.world.does("office.head", amend);
        state.world.does("jtj.clerk", SubmitReport{task_1, jtj, content_1()});
        for (const Act& act : acts) EXPECT_TRUE(take(state, act));
        return state;
    }

    // Whether both say the same afterwards, and every law holds.
    static bool take(State& state, const Act& act) {
        const std::string& actor = holders_of.at(act.node);
        state.way += "\n  " + words_of(act);
        const auto outcome = state.world.when(
            actor, command_of(act, state.world, static_cast<int>(state.way.size())));
        if (!outcome.accepted()) {
            ADD_FAILURE() << "refused: " << outcome.detail() << state.way;
            return false;
        }
        state.world.fold(*outcome.result(), actor);
        state.world.now.ms += 60'000;
        state.oracle.take(act);
        return agrees(state);
    }

    static bool agrees(const State& state) {
        const auto engine = text_of(state.world);
        const auto oracle = state.oracle.text();
        EXPECT_EQ(engine, oracle) << "after" << state.way;
        const Approval& approval = state.world.approval();
        const auto& plan = *find_route(state.world.routes, approval.route, approval.route_version);
        const auto flow = broken_flow(approval, plan);
        EXPECT_FALSE(flow) << flow.value_or(Broken{}).detail << state.way;
        const auto slots = broken_slots(approval, state.world);
        EXPECT_FALSE(slots) << slots.value_or(Broken{}).detail << state.way;
        return engine == oracle && !flow && !slots;
    }

    // What is not offered is refused: deciding where nothing is open.
    static void check_refused(const State& state) {
        for (const auto& [node, who] : holders_of) {
            if (state.oracle.mark(node) == Mark::open || node == "fill") continue;
            const auto outcome = state.world.when(who, state.world.approve(node));
            EXPECT_FALSE(outcome.accepted()) << node << state.way;
        }
    }

    // Every sequence up to that length. States that are equal but for times and numbers go on once.
    void play(State first, int length) {
        Level level;
        level.emplace("", std::move(first));
        for (int depth = 0; depth < length && !HasFailure(); ++depth) {
            Level next;
            for (auto& [key, state] : level) {
                check_refused(state);
                for (const Act& act : state.oracle.acts()) {
                    State then = state;
                    sequences_ += then.sequences;
                    if (!take(then, act)) return;
                    const auto name = then.oracle.text() + inner_of(then.world);
                    const auto [found, fresh] = next.try_emplace(name, then);
                    if (!fresh) found->second.sequences += then.sequences;
                }
            }
            states_ += next.size();
            level = std::move(next);
        }
    }

    std::size_t sequences_ = 0;
    std::size_t states_ = 0;
};

TEST_F(SmallModel, EverySequenceOfSixActsGoesAsTheOracleSays) {
    play(begin({}), 6);
    EXPECT_GE(sequences_, 2260U);
    EXPECT_GE(states_, 374U);
    RecordProperty("sequences", static_cast<int>(sequences_));
    RecordProperty("states", static_cast<int>(states_));
}

// From where all have approved but the last, who may return it to each of them.
TEST_F(SmallModel, EverySequenceOfSixActsFromTheLastNodeGoesAsTheOracleSays) {
    play(begin({{Act::approve, "a"},
                {Act::approve, "b"},
                {Act::approve, "s@jzy"},
                {Act::approve, "s@rsj"}}),
         6);
    EXPECT_GE(sequences_, 2260U);
    EXPECT_GE(states_, 374U);
    RecordProperty("sequences", static_cast<int>(sequences_));
    RecordProperty("states", static_cast<int>(states_));
}

}  // namespace
}  // namespace duban
