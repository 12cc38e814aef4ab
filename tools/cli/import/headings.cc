#include "tools/cli/import/headings.h"

#include <algorithm>
#include <array>

#include "domain/base/text_form.h"

namespace duban {
namespace {

struct Heading {
    const char* words;
    ColumnRole role;
};

constexpr std::array known_headings = {
    Heading{"序号", ColumnRole::no},
    Heading{"no", ColumnRole::no},
    Heading{"工作任务", ColumnRole::task},
    Heading{"重点工作任务", ColumnRole::task},
    Heading{"目标任务", ColumnRole::task},
    Heading{"title", ColumnRole::task},
    Heading{"责任单位", ColumnRole::units},
    // What stands in brackets says that the first unit leads, or nothing about it.
    Heading{"责任单位(首位牵头)", ColumnRole::units},
    Heading{"责任单位(首位为牵头单位)", ColumnRole::units},
    Heading{"责任单位(第一位为牵头单位)", ColumnRole::units},
    Heading{"责任单位(按职责分工负责)", ColumnRole::units},
    Heading{"units", ColumnRole::units},
    Heading{"牵头单位", ColumnRole::lead},
    Heading{"牵头责任单位", ColumnRole::lead},
    Heading{"主要责任单位", ColumnRole::lead},
    Heading{"lead", ColumnRole::lead},
    Heading{"配合单位", ColumnRole::co},
    Heading{"协同配合单位", ColumnRole::co},
    Heading{"co", ColumnRole::co},
    Heading{"完成时限", ColumnRole::due},
    Heading{"due", ColumnRole::due},
};

// Without blanks, and with brackets of one kind.
std::string bare(std::string_view heading) {
    std::string words;
    for (std::size_t at = 0; at < heading.size();) {
        const std::size_t begin = at;
        const char32_t point = next_code_point(heading, at);
        if (is_space(point)) continue;
        if (point == U'（') {
            words += '(';
        } else if (point == U'）') {
            words += ')';
        } else {
            words += heading.substr(begin, at - begin);
        }
    }
    return words;
}

}  // namespace

std::optional<ColumnRole> role_of(std::string_view heading) {
    const std::string words = bare(heading);
    const auto found = std::find_if(known_headings.begin(), known_headings.end(),
                                    [&](const Heading& one) { return one.words == words; });
    if (found == known_headings.end()) return std::nullopt;
    return found->role;
}

std::string names_of(ColumnRole role) {
    switch (role) {
        case ColumnRole::no:
            return "序号 (or no)";
        case ColumnRole::task:
            return "工作任务 (or title)";
        case ColumnRole::units:
            return "责任单位 (or units)";
        case ColumnRole::lead:
            return "牵头单位 (or lead)";
        case ColumnRole::co:
            return "配合单位 (or co)";
        case ColumnRole::due:
            return "完成时限 (or due)";
    }
    return "";
}

}  // namespace duban
