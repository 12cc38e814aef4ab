// Makes the kinds of commands. Included by the sources that decide commands; each ends with
// DUBAN_DEFINE_COMMAND for every command that it has defined
//     static Result<Decision> decide_one(const TaskState&, const SaveReport&, const Facts&);
// for, or the same without a state for commands that are not about one task. A decision of a task's
// command requires that the task exists, unless the command's struct says `makes_task`.
#pragma once

#include "domain/base/command.h"
#include "domain/base/decide.h"

namespace duban {

namespace command_kinds {

template <class C>
concept DecidedOnTask = requires(const TaskState& task, const C& command, const Facts& facts) {
    decide_one(task, command, facts);
};

template <class C>
const C& as(const void* payload) {
    return *static_cast<const C*>(payload);
}

template <class C>
TaskId task_in(const void* payload) {
    const C& command = as<C>(payload);
    if constexpr (requires { command.task; }) {
        return command.task;
    } else if constexpr (requires { command.report; }) {
        return command.report.task;
    } else if constexpr (requires { command.approval; }) {
        return command.approval.task;
    } else {
        return command.subject.task;
    }
}

template <class C>
StreamId stream_in(const void* payload) {
    if constexpr (DecidedOnTask<C>) {
        return task_stream(task_in<C>(payload));
    } else {
        return as<C>(payload).stream();
    }
}

template <class C>
Result<Decision> decide_in(const TaskState* task, const void* payload, const Facts& facts) {
    if constexpr (DecidedOnTask<C>) {
        DUBAN_ASSERT(task != nullptr);
        return decide_one(*task, as<C>(payload), facts);
    } else {
        return decide_one(as<C>(payload), facts);
    }
}

template <class C>
constexpr CommandKind make_kind() {
    CommandKind kind;
    kind.of_task = DecidedOnTask<C>;
    if constexpr (requires { C::makes_task; }) kind.makes_task = C::makes_task;
    if constexpr (requires { C::of_system; }) kind.of_system = C::of_system;
    kind.stream = &stream_in<C>;
    if constexpr (DecidedOnTask<C>) kind.task = &task_in<C>;
    if constexpr (requires(const C& command) { command.approval.no; }) {
        kind.approval = [](const void* payload) { return as<C>(payload).approval.no; };
    }
    if constexpr (requires(const C& command) { command.report.no; }) {
        kind.report = [](const void* payload) { return as<C>(payload).report.no; };
    }
    kind.decide = &decide_in<C>;
    return kind;
}

}  // namespace command_kinds

template <class C>
const CommandKind& command_kind() {
    static constexpr CommandKind kind = command_kinds::make_kind<C>();
    return kind;
}

template <class C>
    requires std::is_aggregate_v<C>
Command::Command(C payload)
    : kind_(&command_kind<C>()), payload_(std::make_shared<const C>(std::move(payload))) {}

}  // namespace duban

#define DUBAN_DEFINE_COMMAND(C)                    \
    template const CommandKind& command_kind<C>(); \
    template Command::Command(C);
