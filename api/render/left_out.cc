#include "api/render/left_out.h"

#include <nlohmann/json.hpp>

namespace duban {

Status LeftOut::add(const TaskId& task, const Error& error) {
    if (error.code != Errc::corrupt) return tl::unexpected<Error>(error);
    add(task);
    return {};
}

void LeftOut::mark(nlohmann::json& answer) const {
    for (const TaskId& task : tasks_) answer["unreadable"].push_back(to_string(task));
}

schema::Member left_out_member() {
    return schema::optional(
        "unreadable", schema::list(schema::form(Form::task_id), 0, 100'000),
        "Tasks that are left out because what is stored of them cannot be read; "
        "the operator has to run `duban rebuild`.");
}

}  // namespace duban
