// Command: what somebody asks to be done, of any type. Opaque: who makes or handles commands of a
// family includes its header (task_commands.h, assignment_commands.h, report_commands.h,
// approval_commands.h, directory_commands.h, plan_commands.h, route_commands.h); all others know
// only what is here.
// Shares its payload: a copy costs a reference. Thread-safety: immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "domain/base/ids.h"

namespace duban {

struct Decision;
struct Facts;
struct TaskState;

// What is known of a type of command at run time. One object a type, so its address names it.
struct CommandKind {
    bool of_task = false;     // is decided on the state of one task
    bool makes_task = false;  // the task need not be there
    bool of_system = false;   // sent by the actor `system`, and by nobody else
    StreamId (*stream)(const void* payload) = nullptr;
    TaskId (*task)(const void* payload) = nullptr;  // of_task only
    // The number of the task's approval or report that it names; nullptr when it names none.
    std::uint32_t (*approval)(const void* payload) = nullptr;
    std::uint32_t (*report)(const void* payload) = nullptr;
    // `task` is nullptr unless of_task.
    Result<Decision> (*decide)(const TaskState* task, const void* payload,
                               const Facts& facts) = nullptr;
};

// Defined where the command is decided (command_kind.ipp).
template <class C>
[[nodiscard]] const CommandKind& command_kind();

class Command {
public:
    // Any command's struct.
    template <class C>
        requires std::is_aggregate_v<C>
    Command(C payload);  // NOLINT(google-explicit-constructor)

    [[nodiscard]] const CommandKind& kind() const { return *kind_; }
    [[nodiscard]] const void* payload() const { return payload_.get(); }
    // The stream whose version an expectation is about.
    [[nodiscard]] StreamId stream() const { return kind_->stream(payload_.get()); }
    // The task on whose state it is decided; nothing for commands about anything else.
    [[nodiscard]] std::optional<TaskId> task() const {
        if (!kind_->of_task) return std::nullopt;
        return kind_->task(payload_.get());
    }

    // nullptr when the command is of another type.
    template <class C>
    [[nodiscard]] const C* get_if() const {
        return kind_ == &command_kind<C>() ? static_cast<const C*>(payload_.get()) : nullptr;
    }

private:
    const CommandKind* kind_;
    std::shared_ptr<const void> payload_;
};

}  // namespace duban

// That the command's kind is defined in another source: in its family's header, after the struct.
#define DUBAN_DECLARE_COMMAND(C)                          \
    extern template const CommandKind& command_kind<C>(); \
    extern template Command::Command(C);
